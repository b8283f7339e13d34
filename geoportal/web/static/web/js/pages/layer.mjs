/** The map of a layer's page: the ground and the layer; an object that is pressed opens its page. */

import { need, readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { pageUrl } from "../../../mapkit/js/addresses.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { findSwitched } from "../../../mapkit/js/metadata.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";

const EDGE_PX = 24;
const CLUSTER_ZOOMS = 2;
const REACH_PX = 10;

/** @type {LayerMapConfig} */
const config = readJson("place-config");
const container = need("place-map");
useLanguage(config.language, config.words);

/** The objects stand below as a table: without the map nothing is lost, so a failure only hides it. */
async function start() {
  container.hidden = false;
  const map = await createMap(container, {
    config,
    overlays: new Overlays(),
    isShown: (slug) => slug === config.layer,
    start: config.bounds ? { bounds: config.bounds } : {},
    padding: EDGE_PX,
  });
  map.scrollZoom.disable();
  map.on("click", ({ point }) => {
    /** @type {ScreenBox} */
    const around = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    const hit = map
      .queryRenderedFeatures(around)
      .find(({ layer }) => findSwitched(layer) === config.layer);
    if (!hit) return;
    const key = hit.properties._key;
    if (key) location.assign(pageUrl({ layer: config.layer, key: String(key) }));
    else map.easeTo({ center: map.unproject(point), zoom: map.getZoom() + CLUSTER_ZOOMS });
  });
}

try {
  await start();
} catch (error) {
  container.hidden = true;
  console.warn("the map of the layer did not start", error);
}
