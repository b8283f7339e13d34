/** A small map with one pin; where it does not come, the address and coordinates stand as text. */

import { useLanguage } from "../../../interface/js/i18n.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";

const EDGE_PX = 8;

/** The map and `move(lon, lat)`, or `null` when it cannot be drawn. */
export async function showPin(containerId, configId) {
  const config = JSON.parse(document.getElementById(configId).textContent);
  const container = document.getElementById(containerId);
  useLanguage(config.language, config.words);
  container.hidden = false;
  const overlays = new Overlays();
  const move = (lon, lat) => {
    const geometry = { type: "Point", coordinates: [lon, lat] };
    overlays.choose({ ...config.feature, geometry }, config.drawn);
  };
  move(...config.feature.geometry.coordinates);
  try {
    const map = await createMap(container, {
      config,
      overlays,
      isShown: () => false,
      start: { bounds: config.bounds },
      padding: EDGE_PX,
    });
    map.scrollZoom.disable();
    return { map, move };
  } catch (error) {
    container.hidden = true;
    console.warn("the small map did not start", error);
    return null;
  }
}
