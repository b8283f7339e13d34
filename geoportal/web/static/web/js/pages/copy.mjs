/** Buttons that copy an address; where the clipboard is closed, the text is selected instead. */

const SHOWN_MS = 2500;

for (const button of document.querySelectorAll("button.copy")) {
  const source = document.getElementById(button.dataset.copies);
  const label = button.querySelector("span");
  const usual = label.textContent;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      return;
    }
    label.textContent = button.dataset.done;
    setTimeout(() => {
      label.textContent = usual;
    }, SHOWN_MS);
  });
}
