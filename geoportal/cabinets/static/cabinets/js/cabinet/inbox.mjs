/** The list of a cabinet beside its map: the same problems, selected rows, one action for many. */

import { findAround, findIn, listIn, need, needIn } from "../../../interface/js/finding.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { startMap } from "../work/page.mjs";
import { offerPrepared } from "../work/prepared.mjs";

const page = need("inbox");
const rows = listIn(document, ".problems-table tbody tr");
const boxes = listIn(document, "input[name=numbers]", HTMLInputElement);
const bulk = findIn(document, "#bulk-form", HTMLFormElement);

offerPrepared();

// On a wide screen there is room for the whole filter.
const more = findIn(document, "#filter-more", HTMLDetailsElement);
if (more && matchMedia("(min-width: 1001px)").matches) more.open = true;

async function showMap() {
  /** @type {GeoJSON.FeatureCollection<GeoJSON.Geometry, WorkProperties>} */
  const { features } = await fetchJson(page.dataset.places ?? "");
  const map = await startMap(features, {
    onChoose(number) {
      const row = rows.find((each) => Number(each.dataset.number) === number);
      if (!row) return location.assign(`${page.dataset.cabinet}${number}/`);
      mark(row);
      row.scrollIntoView({ block: "center" });
      return row.focus({ preventScroll: true });
    },
  });
  /** @type {(row: HTMLElement) => void} */
  const mark = (row) => {
    for (const each of rows) each.classList.toggle("is-chosen", each === row);
    map?.choose(Number(row.dataset.number), { move: false });
  };
  for (const row of rows) {
    row.addEventListener("click", (event) => {
      if (findAround(event, "a, input")) return;
      mark(row);
      map?.choose(Number(row.dataset.number));
    });
    row.addEventListener("focusin", () => mark(row));
  }
}

/**
 * The bar below is there only while something is selected.
 *
 * @param {HTMLFormElement} bar
 * @param {HTMLInputElement} all
 */
function countSelected(bar, all) {
  const count = boxes.filter((box) => box.checked).length;
  const badge = need("bulk-count");
  badge.hidden = false;
  badge.textContent = String(count);
  bar.classList.toggle("is-folded", count === 0);
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
}

/**
 * Only the fields of the chosen action; those that are hidden are not sent.
 *
 * @param {HTMLFormElement} bar
 */
function showFields(bar) {
  const action = needIn(bar, "#bulk-action", HTMLSelectElement).value;
  for (const part of listIn(bar, "[data-for]")) {
    part.hidden = part.dataset.for !== action;
    for (const field of part.querySelectorAll("select, input"))
      field.toggleAttribute("disabled", part.hidden);
  }
}

if (bulk && boxes.length) {
  const all = need("select-all", HTMLInputElement);
  const count = () => countSelected(bulk, all);
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  needIn(bulk, "#bulk-action").addEventListener("change", () => showFields(bulk));
  count();
  showFields(bulk);
}

showMap().catch((error) => console.warn("the map of the list did not start", error));
