/** Brings the map when its place on the page is seen; without it the address list does the work. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { setUpLocation } from "../../../mapkit/js/overlays.mjs";

const NEAR_ZOOM = 17;

/** @typedef {{ config: ReportConfig, place: Place, say: Say, part: Part }} Tools */

/**
 * Where the map begins: the point, the view that the visitor came from, else the town.
 *
 * @param {{ config: ReportConfig, place: Place, query: URLSearchParams }} given
 * @returns {MapStart}
 */
function findStart({ config, place, query }) {
  const { point } = place;
  if (point) return { center: [point.lon, point.lat], zoom: NEAR_ZOOM };
  const [zoom, lat, lon] = (query.get("map") ?? "").split("/").map(Number);
  if (Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 5 && zoom <= 20)
    return { center: [lon, lat], zoom };
  return config.focus ? { bounds: config.focus } : {};
}

function canDraw() {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** @param {Tools & { steps: Steps, query: URLSearchParams }} tools */
export function setUpMap({ config, place, steps, say, part, query }) {
  const box = part("report-map-box");
  const container = part("report-map");
  /** @type {Overlays | null} */
  let overlays = null;
  setUpLocations({ config, place, say, part, overlays: () => overlays });
  if (!canDraw()) {
    container.dataset.mapState = "failed";
    return;
  }
  box.hidden = false;
  let started = false;
  const start = async () => {
    if (started || container.clientWidth === 0) return;
    started = true;
    try {
      const { createPinMap } = await import("./pin_map.mjs");
      const made = await createPinMap(container, {
        config,
        place,
        part,
        start: findStart({ config, place, query }),
      });
      overlays = made.overlays;
    } catch (error) {
      container.dataset.mapState = "failed";
      box.hidden = true;
      addEventListener("online", again, { once: true });
      console.warn("the map did not start", error);
      say(gettext("The map did not load. Choose the address from the list instead."));
    }
  };
  const again = () => {
    started = false;
    box.hidden = false;
    start();
  };
  steps.addEventListener("step", start);
  addEventListener("resize", start);
  start();
}

/**
 * Both buttons of «My location»; the place is taken because it was asked for.
 *
 * @param {Tools & { overlays: () => Overlays | null }} tools
 */
function setUpLocations({ config, place, say, part, overlays }) {
  for (const id of ["locate", "locate-me"]) {
    setUpLocation(part(id), {
      overlays: { locate: (...circle) => overlays()?.locate(...circle) },
      say,
      bounds: config.bounds,
      move: (lon, lat) => place.set(lon, lat, { by: "here" }),
    });
  }
}
