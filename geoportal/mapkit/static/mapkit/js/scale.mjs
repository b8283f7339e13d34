/** The scale bar: a round distance and its length on the screen. */

import { formatDistance } from "../../interface/js/format.mjs";

const LONGEST_PX = 96;
const EQUATOR_M = 40075016.686;
const TILE_PX = 512;

/**
 * @param {MapLibre} map
 * @param {HTMLElement} bar
 * @param {HTMLElement} label
 */
export function showScale(map, bar, label) {
  const update = () => {
    const { lat } = map.getCenter();
    const metresAPixel =
      (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** map.getZoom());
    const metres = roundDown(metresAPixel * LONGEST_PX);
    bar.style.width = `${metres / metresAPixel}px`;
    label.textContent = formatDistance(metres);
    bar.dataset.ready = "";
  };
  map.on("move", update);
  update();
}

/**
 * The largest of 1, 2, 3, 5 × 10ⁿ that is not more.
 *
 * @param {number} metres
 */
function roundDown(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 3, 2].find((digit) => digit * power <= metres) ?? 1) * power;
}
