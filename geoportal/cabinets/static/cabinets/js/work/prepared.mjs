/** Prepared words: pressing one puts it into the field, where it may be changed. */

import { listIn, need } from "../../../interface/js/finding.mjs";

export function offerPrepared(root = document) {
  for (const group of listIn(root, "[data-fills]")) {
    const field = need(group.dataset.fills ?? "", HTMLTextAreaElement);
    for (const chip of listIn(group, "[data-words]")) {
      chip.hidden = false;
      chip.addEventListener("click", () => {
        field.value = chip.dataset.words ?? "";
        field.focus();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }
}
