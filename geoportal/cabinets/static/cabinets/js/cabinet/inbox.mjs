/** The list of a cabinet beside its map: the same problems, selected rows, one action for many. */

import { fetchJson } from "../../../interface/js/requests.mjs";
import { startMap } from "../work/page.mjs";
import { offerPrepared } from "../work/prepared.mjs";

const page = document.getElementById("inbox");
const rows = [...document.querySelectorAll(".problems-table tbody tr")];
const boxes = [...document.querySelectorAll("input[name=numbers]")];
const all = document.getElementById("select-all");
const bulk = document.getElementById("bulk-form");

offerPrepared();

// On a wide screen there is room for the whole filter.
const more = document.getElementById("filter-more");
if (more && matchMedia("(min-width: 1001px)").matches) more.open = true;

async function showMap() {
  const { features } = await fetchJson(page.dataset.places);
  const map = await startMap(features, {
    onChoose(number) {
      const row = rows.find((each) => Number(each.dataset.number) === number);
      if (!row) return location.assign(`${page.dataset.cabinet}${number}/`);
      mark(row);
      row.scrollIntoView({ block: "center" });
      return row.focus({ preventScroll: true });
    },
  });
  const mark = (row) => {
    for (const each of rows) each.classList.toggle("is-chosen", each === row);
    map?.choose(Number(row.dataset.number), { move: false });
  };
  for (const row of rows) {
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, input")) return;
      mark(row);
      map?.choose(Number(row.dataset.number));
    });
    row.addEventListener("focusin", () => mark(row));
  }
}

/** The bar below is there only while something is selected. */
function countSelected() {
  const count = boxes.filter((box) => box.checked).length;
  const badge = document.getElementById("bulk-count");
  badge.hidden = false;
  badge.textContent = String(count);
  bulk.classList.toggle("is-folded", count === 0);
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
}

/** Only the fields of the chosen action; those that are hidden are not sent. */
function showFields() {
  const action = document.getElementById("bulk-action").value;
  for (const part of bulk.querySelectorAll("[data-for]")) {
    part.hidden = part.dataset.for !== action;
    for (const field of part.querySelectorAll("select, input")) field.disabled = part.hidden;
  }
}

if (bulk && boxes.length) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    countSelected();
  });
  for (const box of boxes) box.addEventListener("change", countSelected);
  bulk.querySelector("#bulk-action").addEventListener("change", showFields);
  countSelected();
  showFields();
}

showMap().catch((error) => console.warn("the map of the list did not start", error));
