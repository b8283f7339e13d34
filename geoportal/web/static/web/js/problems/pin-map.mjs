/** A small map with one pin; where it does not come, the address and coordinates stand as text. */

import { need, readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";

const EDGE_PX = 8;

/**
 * The map and `move(lon, lat)`, or `null` when it cannot be drawn.
 *
 * @param {string} containerId
 * @param {string} configId
 */
export async function showPin(containerId, configId) {
  /** @type {PinConfig} */
  const config = readJson(configId);
  const container = need(containerId);
  useLanguage(config.language, config.words);
  container.hidden = false;
  const overlays = new Overlays();
  /** @type {(lon: number, lat: number) => void} */
  const move = (lon, lat) => {
    const geometry = { type: /** @type {const} */ ("Point"), coordinates: [lon, lat] };
    overlays.choose({ ...config.feature, geometry }, config.drawn);
  };
  const [lon, lat] = config.feature.geometry.coordinates;
  move(lon, lat);
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
