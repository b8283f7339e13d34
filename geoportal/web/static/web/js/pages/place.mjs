/** The small map of an object's page: the ground, the object's layer, the object marked. */

import { need, needIn, readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { itemUrl } from "../../../mapkit/js/addresses.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";

const EDGE_PX = 40;

/** @type {PlaceConfig} */
const config = readJson("place-config");
const container = need("place-map");
useLanguage(config.language, config.words);

/** The coordinates stand below: without the map nothing is lost, so a failure only hides it. */
async function start() {
  container.hidden = false;
  const overlays = new Overlays();
  const map = await createMap(container, {
    config,
    overlays,
    isShown: (slug) => slug === config.layer,
    start: { bounds: config.bounds },
    padding: EDGE_PX,
  });
  map.scrollZoom.disable();
  /** @type {GeoJSON.Feature} */
  const object = await fetchJson(itemUrl(config));
  overlays.choose(object, config.drawn, needIn(document, "h1").textContent);
}

try {
  await start();
} catch (error) {
  container.hidden = true;
  console.warn("the small map did not start", error);
}
