/** Boxes of the form that say something and offer what to do: an icon, and beside it the rest. */

import { element, icon } from "../../../interface/js/elements.mjs";

/**
 * @param {HTMLElement} box
 * @param {string} mark
 * @param {...HTMLElement} parts
 */
export function fillBox(box, mark, ...parts) {
  box.hidden = false;
  box.replaceChildren(icon(mark), element("div", {}, ...parts));
}

/** @param {HTMLElement} box */
export function emptyBox(box) {
  box.hidden = true;
  box.replaceChildren();
}

/** @param {...HTMLElement} actions */
export function buildActions(...actions) {
  return element("p", { class: "row-actions" }, ...actions);
}
