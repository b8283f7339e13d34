/** The map of the form: a tap, a drag or the arrows of the keyboard put the pin. */

import { element } from "../../../interface/js/elements.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import * as maplibre from "../../../vendor/maplibre-gl/maplibre-gl.mjs";

const NEAR_ZOOM = 17;
const STEP_PX = 8;
const LONG_STEP_PX = 48;
const EDGE_PX = 40;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Record<string, number>} */
const ZOOMS = { "+": 1, "=": 1, "-": -1 };
const PIN =
  "M16 1a13 13 0 0 0-13 13c0 8.6 8.4 15.6 12 19.4.6.6 1.4.6 2 0C20.6 29.6 29 22.600 29 14A13 13 0 0 0 16 1Z";

/**
 * `place` holds the point; `start`: `{center, zoom}` or `{bounds}`; `part(id)` finds elements.
 *
 * @param {HTMLElement} container
 * @param {{ config: MapConfig, place: Place, start: MapStart, part: Part }} tools
 */
export async function createPinMap(container, { config, place, start, part }) {
  const overlays = new Overlays();
  const map = await createMap(container, {
    config,
    overlays,
    // What is known already may be what somebody is about to report.
    isShown: (slug) => slug === PROBLEMS,
    start,
    padding: EDGE_PX,
  });
  const marker = new maplibre.Marker({ element: buildPin(), anchor: "bottom", draggable: true });
  /** @type {(place: Degrees) => void} */
  const put = ({ lng, lat }) => place.set(lng, lat, { by: "map" });
  marker.on("dragend", () => put(marker.getLngLat()));
  map.on("click", ({ lngLat }) => put(lngLat));
  map.keyboard?.disable();
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-label", gettext("Map: choose the place"));
  canvas.setAttribute("aria-describedby", "map-help");
  canvas.addEventListener("keydown", (event) => press(event, map, place, put));
  part("zoom-in").addEventListener("click", () => map.zoomIn());
  part("zoom-out").addEventListener("click", () => map.zoomOut());
  part("ground-attribution").textContent = config.ground.attribution;

  /** @type {(by: string) => void} */
  const show = (by) => {
    const { point } = place;
    part("map-tip").hidden = point !== null;
    if (!point) {
      marker.remove();
      return;
    }
    marker.setLngLat([point.lon, point.lat]).addTo(map);
    if (by !== "map" && by !== "keys") {
      map.easeTo({ center: [point.lon, point.lat], zoom: Math.max(map.getZoom(), NEAR_ZOOM) });
    } else keepInSight(map, point);
  };
  place.addEventListener("point", (event) =>
    show(/** @type {CustomEvent<{ by: string }>} */ (event).detail.by),
  );
  show("map");
  return { map, overlays };
}

function buildPin() {
  const pin = element("div", {
    class: "pin",
    role: "img",
    "aria-label": gettext("The chosen place"),
  });
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 32 36");
  picture.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", PIN);
  const hole = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of [
    ["cx", "16"],
    ["cy", "14"],
    ["r", "5"],
  ])
    hole.setAttribute(name, value);
  picture.append(shape, hole);
  pin.append(picture);
  return pin;
}

/**
 * Arrows move the pin; without one the first key puts it into the middle of the map.
 *
 * @param {KeyboardEvent} event
 * @param {MapLibre} map
 * @param {Place} place
 * @param {(place: Degrees) => void} put
 */
function press(event, map, place, put) {
  const zoom = ZOOMS[event.key];
  const arrow = ARROWS[event.key];
  const { point } = place;
  if (zoom) map.zoomTo(map.getZoom() + zoom);
  else if (!point && (arrow || event.key === "Enter" || event.key === " ")) put(map.getCenter());
  else if (arrow && point) {
    const step = event.shiftKey ? LONG_STEP_PX : STEP_PX;
    const { x, y } = map.project([point.lon, point.lat]);
    const { lng, lat } = map.unproject([x + arrow[0] * step, y + arrow[1] * step]);
    place.set(lng, lat, { by: "keys" });
  } else return;
  event.preventDefault();
}

/**
 * @param {MapLibre} map
 * @param {LonLat} point
 */
function keepInSight(map, { lon, lat }) {
  const { x, y } = map.project([lon, lat]);
  const { clientWidth, clientHeight } = map.getContainer();
  const seen =
    x > EDGE_PX && y > EDGE_PX && x < clientWidth - EDGE_PX && y < clientHeight - EDGE_PX;
  if (!seen) map.panTo([lon, lat]);
}
