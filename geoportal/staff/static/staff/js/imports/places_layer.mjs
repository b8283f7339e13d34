/** Pins of the page where addresses are placed: what may be, what is placed, the one at hand. */

import { stateColour } from "../../../mapkit/js/states.mjs";

const COLOURS = {
  light: { now: "#1d5bd6", maybe: "#a3437f", halo: "#ffffff" },
  dark: { now: "#8db4ff", maybe: "#f0a6d0", halo: "#14171b" },
};
const SOURCE = "placing";

/**
 * `house`, `street`: it may be there; `placed`: another address; `now`: where the chosen one is.
 *
 * @typedef {{ state: "house" | "street" | "placed" | "now", position: GeoJSON.Position }} Pin
 */

/** Keeps the data, so that a new style (another theme) shows them too. */
export class PlacesLayer {
  /** @type {GeoJSON.FeatureCollection} */
  #data = { type: "FeatureCollection", features: [] };
  /** @type {MapLibre | null} */
  #map = null;

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /** @param {Pin[]} pins */
  show(pins) {
    this.#data = {
      type: "FeatureCollection",
      features: pins.map(({ state, position }) => ({
        type: "Feature",
        properties: { state },
        geometry: { type: "Point", coordinates: position },
      })),
    };
    /** @type {GeoJSONSource | undefined} */
    const source = this.#map?.getSource(SOURCE);
    source?.setData(this.#data);
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    style.sources[SOURCE] = { type: "geojson", data: this.#data, maxzoom: 22, tolerance: 0 };
    style.layers.push(buildLayer(theme));
  }
}

/**
 * A house is a full circle, a street a ring: its place is only near.
 *
 * @param {Theme} theme
 * @returns {StyleLayer}
 */
function buildLayer(theme) {
  const { now, maybe, halo } = COLOURS[theme];
  /** @type {(values: Record<string, unknown>, other: unknown) => any} */
  const byState = (values, other) => [
    "match",
    ["get", "state"],
    ...Object.entries(values).flat(),
    other,
  ];
  const placed = stateColour("closed");
  return {
    id: "placing--pins",
    type: "circle",
    source: SOURCE,
    layout: { "circle-sort-key": byState({ now: 3, house: 2, street: 1 }, 0) },
    paint: {
      "circle-radius": byState({ now: 10, house: 8, street: 8 }, 5),
      "circle-color": byState({ now, house: maybe, street: halo }, placed),
      "circle-stroke-color": byState({ street: maybe }, halo),
      "circle-stroke-width": byState({ street: 3 }, 2),
    },
  };
}
