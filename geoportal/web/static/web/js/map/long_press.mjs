/** A long press of a finger, or the other button of a mouse, on the map. */

const HOLD_MS = 550;

/**
 * `tell(place)` hears of it once, in degrees; browsers that tell of a long press themselves are heard.
 *
 * @param {MapLibre} map
 * @param {(place: Degrees) => void} tell
 */
export function onLongPress(map, tell) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let told = 0;
  /** @type {(place: Degrees) => void} */
  const once = (place) => {
    clearTimeout(waiting);
    if (Date.now() - told < 2 * HOLD_MS) return;
    told = Date.now();
    tell(place);
  };
  const stop = () => clearTimeout(waiting);
  map.on("contextmenu", (event) => {
    event.preventDefault();
    once(event.lngLat);
  });
  map.on("touchstart", ({ lngLat, originalEvent }) => {
    stop();
    if (originalEvent.touches.length === 1) waiting = setTimeout(() => once(lngLat), HOLD_MS);
  });
  for (const event of /** @type {const} */ (["touchmove", "touchend", "touchcancel", "movestart"]))
    map.on(event, stop);
}
