/** Buttons that copy an address; where the clipboard is closed, the text is selected instead. */

import { listIn, need, needIn } from "../../../interface/js/finding.mjs";

const SHOWN_MS = 2500;

for (const button of listIn(document, "button.copy")) {
  const source = need(button.dataset.copies ?? "", HTMLInputElement);
  const label = needIn(button, "span");
  const usual = label.textContent;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      return;
    }
    label.textContent = button.dataset.done ?? "";
    setTimeout(() => {
      label.textContent = usual;
    }, SHOWN_MS);
  });
}
