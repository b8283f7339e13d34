/** Addresses placed by hand: the chosen one's candidates as pins, a click for the place, undo. */

import { element } from "../../../interface/js/elements.mjs";
import { listIn, need, needIn, readJson } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, useLanguage } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { readPosition } from "../editing/reshaping.mjs";
import { PlacesLayer } from "./places_layer.mjs";

/**
 * @typedef {{ title: string, lon: number, lat: number, is_house: boolean }} Found
 * @typedef {import("./places_layer.mjs").Pin} Pin
 */

const DECIMALS = 7;
const NEAR_ZOOM = 16.5;
const EDGE_PX = 60;

/** @type {MapConfig} */
const config = readJson("map-config");
useLanguage(config.language, config.words);

const form = need("placing", HTMLFormElement);
const undo = need("placing-undo", HTMLButtonElement);
const items = listIn(form, ".placing-item");
const layer = new PlacesLayer();
/** @type {MapLibre | null} */
let map = null;
/** @type {HTMLElement | null} */
let chosen = null;
/** @type {{ item: HTMLElement, before: string }[]} */
const past = [];
/** @type {WeakMap<HTMLElement, string>} what each field held when it was last noted */
const noted = new WeakMap();

/** @param {HTMLElement} item */
function fieldOf(item) {
  return needIn(item, "input[name^=place-]", HTMLInputElement);
}

/** @param {HTMLElement} item */
function radiosOf(item) {
  return listIn(item, "input[type=radio]", HTMLInputElement);
}

/**
 * @param {HTMLElement} item
 * @returns {GeoJSON.Position | null}
 */
function placeOf(item) {
  return readPosition(fieldOf(item).value);
}

/**
 * @param {HTMLElement} item
 * @param {string} text
 */
function put(item, text) {
  fieldOf(item).value = text;
  note(item);
}

/**
 * The field of an item says something else now: to be undone, and shown.
 *
 * @param {HTMLElement} item
 */
function note(item) {
  const before = noted.get(item) ?? "";
  const { value } = fieldOf(item);
  if (value === before) return;
  past.push({ item, before });
  noted.set(item, value);
  tell();
}

function stepBack() {
  const step = past.pop();
  if (!step) return;
  fieldOf(step.item).value = step.before;
  noted.set(step.item, step.before);
  choose(step.item);
}

function tell() {
  undo.disabled = !past.length;
  /** @type {Pin[]} */
  const pins = [];
  let placed = 0;
  for (const item of items) {
    const place = placeOf(item);
    item.classList.toggle("is-placed", Boolean(fieldOf(item).value.trim()));
    item.classList.toggle("is-chosen", item === chosen);
    if (fieldOf(item).value.trim()) placed += 1;
    for (const radio of radiosOf(item)) {
      radio.checked = radio.value === fieldOf(item).value;
      const at = item === chosen ? readPosition(radio.value) : null;
      if (at) pins.push({ state: radio.dataset.house ? "house" : "street", position: at });
    }
    if (place) pins.push({ state: item === chosen ? "now" : "placed", position: place });
  }
  layer.show(pins);
  need("placing-count").textContent = interpolate(gettext("%(shown)s of %(count)s"), {
    shown: placed,
    count: items.length,
  });
  need("placing-now").textContent = chosen ? needIn(chosen, "legend").textContent : "";
}

/** @param {HTMLElement | null} item */
function choose(item) {
  chosen = item;
  tell();
  if (item) approach(item);
}

/**
 * The place, else all that it may be.
 *
 * @param {HTMLElement} item
 */
function approach(item) {
  const place = placeOf(item);
  const may = radiosOf(item).map(({ value }) => readPosition(value));
  const places = (place ? [place] : may).filter((each) => each !== null);
  if (!map || !places.length) return;
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  /** @type {Bounds} */
  const bounds = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  map.fitBounds(bounds, { padding: EDGE_PX, maxZoom: NEAR_ZOOM, animate: false });
}

/** The next one that has no place yet, from the top again where there is none below. */
function goOn() {
  const at = chosen ? items.indexOf(chosen) + 1 : 0;
  const next = [...items.slice(at), ...items.slice(0, at)].find(
    (item) => item !== chosen && !fieldOf(item).value.trim(),
  );
  if (!next) return;
  fieldOf(next).focus();
  next.scrollIntoView({ block: "center" });
}

/**
 * The register is asked for what was written, and its answers take the place of those before.
 *
 * @param {HTMLElement} item
 */
async function find(item) {
  const asked = fieldOf(item).value.trim() || (needIn(item, "legend").textContent ?? "");
  const query = new URLSearchParams({ address: asked });
  /** @type {{ places: Found[] }} */
  const { places } = await fetchJson(`${form.dataset.find}?${query}`);
  for (const old of listIn(item, ".choice, .placing-none")) old.remove();
  const number = item.dataset.number ?? "";
  const shown = places.map(({ title, lon, lat, is_house: isHouse }) =>
    element(
      "label",
      { class: "choice" },
      element("input", {
        type: "radio",
        name: `pick-${number}`,
        value: `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`,
        "data-house": isHouse ? "1" : "",
      }),
      element(
        "span",
        {},
        `${title} `,
        element(
          "span",
          { class: "muted" },
          isHouse ? gettext("house") : gettext("only the street"),
        ),
      ),
    ),
  );
  const none = element(
    "p",
    { class: "muted placing-none" },
    gettext("The register has nothing like it."),
  );
  needIn(item, "input[type=hidden]").after(...(shown.length ? shown : [none]));
  choose(item);
}

/** @param {HTMLElement} item */
function listen(item) {
  noted.set(item, fieldOf(item).value);
  needIn(item, ".placing-ways").hidden = false;
  item.addEventListener("focusin", () => chosen !== item && choose(item));
  item.addEventListener("click", () => chosen !== item && choose(item));
  item.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.type === "radio") put(item, target.value);
    else note(item);
  });
  item.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const deed = button?.dataset.do;
    if (deed === "skip") goOn();
    else if (deed === "clear") put(item, "");
    else if (deed === "find") {
      try {
        await find(item);
      } catch {
        need("placing-now").textContent = gettext("The portal does not answer; try once more.");
      }
    }
  });
}

async function start() {
  const container = need("placing-map");
  container.hidden = false;
  const { bounds } = config;
  map = await createMap(container, {
    config,
    overlays: new Overlays(),
    extras: [layer],
    isShown: () => false,
    start: bounds ? { bounds } : { center: [31, 49], zoom: 5 },
    padding: EDGE_PX,
  });
  map.on("click", ({ lngLat }) => {
    if (chosen) put(chosen, `${lngLat.lat.toFixed(DECIMALS)}, ${lngLat.lng.toFixed(DECIMALS)}`);
  });
  if (chosen) approach(chosen);
}

for (const item of items) listen(item);
undo.hidden = false;
undo.addEventListener("click", stepBack);
addEventListener("beforeunload", (event) => {
  if (past.length && !form.dataset.sent) event.preventDefault();
});
form.addEventListener("submit", () => {
  form.dataset.sent = "1";
});
choose(items.find((item) => !fieldOf(item).value.trim()) ?? items[0] ?? null);
start().catch((error) => {
  need("placing-map").hidden = true;
  console.warn("the map of the addresses did not start", error);
});
