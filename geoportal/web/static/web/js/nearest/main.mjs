/** «Nearest»: the place from the browser, and the list's places on a map; the list needs neither. */

import { findIn, listIn, need, readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { askLocation, Overlays } from "../../../mapkit/js/overlays.mjs";
import { DISCS, NumberedPlaces } from "./places.mjs";

const EDGE_PX = 48;
const DEGREE_DIGITS = 6;

/** @type {NearestConfig} */
const config = readJson("nearest-config");
useLanguage(config.language, config.words);
const form = need("nearest-form", HTMLFormElement);
const locate = need("nearest-locate", HTMLButtonElement);

locate.hidden = false;
askLocation(locate, {
  say: (text) => {
    need("nearest-say").textContent = text;
  },
  found: (lon, lat) => {
    const query = new URLSearchParams({
      lon: lon.toFixed(DEGREE_DIGITS),
      lat: lat.toFixed(DEGREE_DIGITS),
      from: "me",
    });
    for (const { name, value } of listIn(form, "input[type=hidden]", HTMLInputElement))
      query.set(name, value);
    location.assign(`${form.action}?${query}`);
  },
});

/**
 * The list stands beside it: without the map nothing is lost, so a failure only hides it.
 *
 * @param {HTMLElement} container
 * @param {[number, number]} here
 */
async function showMap(container, [lon, lat]) {
  container.hidden = false;
  const overlays = new Overlays();
  overlays.locate(lon, lat, 0);
  try {
    const map = await createMap(container, {
      config,
      overlays,
      isShown: () => false,
      extras: [new NumberedPlaces(config.results)],
      start: config.bounds ? { bounds: config.bounds } : {},
      padding: EDGE_PX,
    });
    map.scrollZoom.disable();
    tieToList(map, overlays);
  } catch (error) {
    container.hidden = true;
    console.warn("the map of the nearest did not start", error);
  }
}

/**
 * A line of the list shows its place, a place its line.
 *
 * @param {MapLibre} map
 * @param {Overlays} overlays
 */
function tieToList(map, overlays) {
  const lines = listIn(document, "#nearest-list a", HTMLAnchorElement);
  for (const [place, line] of lines.entries()) {
    const show = () => overlays.hint(config.results[place]?.geometry ?? null);
    const hide = () => overlays.hint(null);
    line.addEventListener("pointerenter", show);
    line.addEventListener("focus", show);
    line.addEventListener("pointerleave", hide);
    line.addEventListener("blur", hide);
  }
  map.on("click", ({ point }) => {
    const [hit] = map.queryRenderedFeatures(point, { layers: [DISCS] });
    if (hit) lines[Number(hit.properties.place)]?.focus();
  });
}

const container = findIn(document, "#nearest-map");
if (container && config.here) await showMap(container, config.here);
