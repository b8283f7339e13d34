/** The residents' map while the database is away: layers, names, and a look whether it is back. */

import { element } from "../../../interface/js/elements.mjs";
import { findAround, need, needIn, readJson } from "../../../interface/js/finding.mjs";
import { gettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { Camera } from "../../../mapkit/js/camera.mjs";
import { applyLayers, createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { pickAt } from "../../../mapkit/js/picking.mjs";
import { formatValue, nameFeature } from "../../../mapkit/js/values.mjs";
import { setUpSwitches } from "../map/panel.mjs";
import { setUpSheet } from "../map/sheet.mjs";
import { MapState } from "../map/state.mjs";
import { waitForReturn } from "./waiting.mjs";

/** @type {HomeConfig} */
const config = readJson("map-config");
useLanguage(config.language, config.words);
waitForReturn();

const layers = new Map(config.layers.map((layer) => [layer.slug, layer]));
const switchable = config.layers.filter((layer) => !layer.is_basemap);
const state = new MapState(
  new Set(switchable.map((layer) => layer.slug)),
  switchable.filter((layer) => layer.shown_by_default).map((layer) => layer.slug),
);
const setHeight = setUpSheet(need("panel"), need("sheet-handle"));
setUpSwitches(need("layer-switches"), state);
await startMap();

async function startMap() {
  const container = need("map");
  const overlays = new Overlays();
  /** @type {(slug: string) => boolean} */
  const isShown = (slug) => state.layers.has(slug);
  const { view } = state;
  try {
    const map = await createMap(container, {
      config,
      overlays,
      isShown,
      start: view ? { center: [view.lon, view.lat], zoom: view.zoom } : {},
    });
    const camera = new Camera(map, {
      panel: need("panel"),
      top: needIn(document, ".top"),
      bounds: config.bounds,
    });
    if (!view) camera.showWhole({ animate: false });
    map.on("moveend", () => state.rememberView(camera.view()));
    state.addEventListener("layers", () => applyLayers(map, isShown));
    map.on("click", ({ point }) => showHits(pickAt(map, point, "touch", layers)));
    need("zoom-in").addEventListener("click", () => map.zoomIn());
    need("zoom-out").addEventListener("click", () => map.zoomOut());
    need("whole").addEventListener("click", () => camera.showWhole());
  } catch (error) {
    container.dataset.mapState = "failed";
    need("map-unavailable").hidden = false;
    console.warn("the map did not start", error);
  }
}

/**
 * What the tiles say of the objects at a place; nothing else can be asked.
 *
 * @param {Hit[]} hits
 */
function showHits(hits) {
  const card = need("card");
  card.replaceChildren(...hits.slice(0, 5).map(describe));
  if (hits.length) card.prepend(buildClose(card));
  card.hidden = hits.length === 0;
  need("browse").hidden = hits.length > 0;
  if (hits.length) setHeight("half");
}

/** @param {HTMLElement} card */
function buildClose(card) {
  const close = element("button", { type: "button", class: "button-quiet" }, gettext("Close"));
  card.addEventListener(
    "click",
    (event) => {
      if (findAround(event, "button", HTMLButtonElement) === close) showHits([]);
    },
    { once: true },
  );
  return close;
}

/** @param {Hit} hit */
function describe({ layer: slug, properties }) {
  const layer = /** @type {LayerDocument} */ (layers.get(slug));
  const facts = layer.fields
    .filter(({ name, type }) => name in properties && type !== "photos")
    .filter(({ name }) => name !== layer.title_field)
    .map((field) => ({ title: field.title, ...formatValue(field, properties[field.name]) }))
    .filter(({ text }) => text);
  return element(
    "section",
    { class: "card-scroll" },
    element("h2", {}, nameFeature(layer, properties)),
    element("p", { class: "card-layer" }, layer.title),
    element(
      "dl",
      { class: "facts" },
      ...facts.map(({ title, text }) =>
        element("div", { class: "fact" }, element("dt", {}, title), element("dd", {}, text)),
      ),
    ),
  );
}
