/** A list and a map of the same problems: choosing in one marks it in the other. */

import { listIn, readJson } from "../../../interface/js/finding.mjs";
import { startMap } from "./page.mjs";

const MARKED = "is-chosen";
const rows = listIn(document, "[data-number]");

/** @type {WorkPlace[]} */
const pins = readJson("pins");
const map = await startMap(pins, {
  onChoose(number) {
    const row = rows.find((each) => Number(each.dataset.number) === number);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
    mark(row);
  },
});

/** @param {HTMLElement | undefined} row */
function mark(row) {
  for (const each of rows) each.classList.toggle(MARKED, each === row);
  if (row) map?.choose(Number(row.dataset.number));
}

for (const row of rows) row.addEventListener("click", () => mark(row));
