/** A list and a map of the same problems: choosing in one marks it in the other. */

import { readJson, startMap } from "./page.mjs";

const MARKED = "is-chosen";
const rows = [...document.querySelectorAll("[data-number]")];

const map = await startMap(readJson("pins"), {
  onChoose(number) {
    const row = rows.find((each) => Number(each.dataset.number) === number);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
    mark(row);
  },
});

function mark(row) {
  for (const each of rows) each.classList.toggle(MARKED, each === row);
  if (row) map?.choose(Number(row.dataset.number));
}

for (const row of rows) row.addEventListener("click", () => mark(row));
