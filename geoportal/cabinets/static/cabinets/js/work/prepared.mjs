/** Prepared words: pressing one puts it into the field, where it may be changed. */

export function offerPrepared(root = document) {
  for (const group of root.querySelectorAll("[data-fills]")) {
    const field = document.getElementById(group.dataset.fills);
    for (const chip of group.querySelectorAll("[data-words]")) {
      chip.hidden = false;
      chip.addEventListener("click", () => {
        field.value = chip.dataset.words;
        field.focus();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }
}
