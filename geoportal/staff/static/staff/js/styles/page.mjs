/** The style editor: what is filled in is drawn on the map beside it, before it is saved. */

import { element } from "../../../interface/js/elements.mjs";
import { findIn, listIn, need, needIn, readJson } from "../../../interface/js/finding.mjs";
import { gettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { post, Refused } from "../sending.mjs";
import { startPreviewMap } from "./map.mjs";
import { listFaults, loadValidator } from "./validator.mjs";

/**
 * @typedef {{
 *   faults: string[],
 *   checked?: boolean,
 *   rows?: string,
 *   light?: StyleLayer[],
 *   dark?: StyleLayer[],
 *   legend?: { color: string, shape: string, title: string }[],
 * }} PreviewAnswer
 */

const WAIT_MS = 350;
const work = need("style-work");
const state = need("style-state");
const faults = need("style-faults");
const legend = need("style-legend");
/** @type {HTMLFormElement | null} */
const form = findIn(document, "#style-form, #style-raw", HTMLFormElement);
const isRaw = form?.id === "style-raw";
/** @type {MapConfig} */
const config = readJson("map-config");
useLanguage(config.language, config.words);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let latest = 0;
let unsaved = false;
const map = startPreviewMap(need("style-map"), config, work.dataset.layer ?? "", (zoom) => {
  const shown = document.getElementById("style-zoom");
  if (shown) shown.textContent = zoom.toFixed(1);
});

/** @param {string} action */
async function refresh(action) {
  if (!form) return;
  latest += 1;
  const asked = latest;
  const fields = new FormData(form);
  fields.set("action", action);
  /** @type {PreviewAnswer} */
  const answer = await post(work.dataset.preview ?? "", fields);
  if (asked !== latest) return;
  if (answer.rows !== undefined) putRows(answer.rows);
  const found = [...answer.faults, ...(await checkHere(answer))];
  if (asked !== latest) return;
  sayFaults(found);
  if (isRaw) needIn(form, "[name=checked]", HTMLInputElement).value = found.length ? "0" : "1";
  if (found.length || !answer.light || !answer.dark) return;
  (await map)?.show({ light: answer.light, dark: answer.dark });
  sayLegend(answer.legend ?? []);
}

/**
 * Where the server could not ask MapLibre's validator, it is asked here.
 *
 * @param {PreviewAnswer} answer
 */
async function checkHere({ checked = true, light = [], dark = [] }) {
  return checked ? [] : listFaults({ light, dark }, await loadValidator());
}

/** @param {string} html a part of the portal's own page */
function putRows(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  need("style-classes").replaceChildren(...fresh.body.childNodes);
}

/** @param {string[]} found */
function sayFaults(found) {
  faults.hidden = !found.length;
  faults.replaceChildren(...found.map((text) => element("p", {}, text)));
  state.textContent = found.length
    ? gettext("The map shows the last style without faults.")
    : gettext("Only you see this preview until you save.");
}

/** @param {{ color: string, shape: string, title: string }[]} entries */
function sayLegend(entries) {
  legend.replaceChildren(
    ...entries.map(({ color, shape, title }) => {
      const sign = element("span", { class: `style-sign style-sign-${shape}` });
      sign.style.backgroundColor = color;
      return element("li", {}, sign, title);
    }),
  );
}

/** What does not concern the chosen way of colouring is not shown. */
function showParts() {
  const chosen = form && findIn(form, "[name=classify]:checked", HTMLInputElement)?.value;
  for (const part of listIn(document, "[data-when]"))
    part.hidden = !part.dataset.when?.split(" ").includes(chosen ?? "");
}

/** @param {string} action */
function refreshOrSay(action) {
  refresh(action).catch((error) => {
    state.textContent =
      error instanceof Refused && error.message
        ? error.message
        : gettext("There is no preview now; saving goes on as always.");
  });
}

/** @param {Event} event */
function followChange(event) {
  unsaved = true;
  const name = event.target instanceof Element ? event.target.getAttribute("name") : "";
  if (isRaw && form) needIn(form, "[name=checked]", HTMLInputElement).value = "0";
  showParts();
  clearTimeout(timer);
  const remakes = ["classify", "value_field", "number_field", "method", "count"];
  const action = isRaw ? "raw" : remakes.includes(name ?? "") ? "classes" : "look";
  timer = setTimeout(() => refreshOrSay(action), WAIT_MS);
}

/** @param {MouseEvent} event */
function press(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!(button instanceof HTMLButtonElement) || !form) return;
  if (button.dataset.icon !== undefined) {
    event.preventDefault();
    const field = needIn(form, "[name=icon]", HTMLInputElement);
    field.value = button.dataset.icon;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if ("remake" in button.dataset || button.value === "look") {
    event.preventDefault();
    refreshOrSay(button.value);
  }
}

form?.addEventListener("input", followChange);
form?.addEventListener("click", press);
form?.addEventListener("submit", () => {
  unsaved = false;
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
showParts();
refreshOrSay(isRaw ? "raw" : "look");
