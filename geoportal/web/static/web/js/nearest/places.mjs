/** Numbered places on a map, as they are numbered in the list beside it. */

const DISC = { light: "#1d5bd6", dark: "#8db4ff" };
const TEXT = { light: "#ffffff", dark: "#10151d" };
const HALO = { light: "#ffffff", dark: "#14171b" };
const SOURCE = "numbered";
export const DISCS = "numbered--disc";

/** A part of a map for `createMap`, in the place of `extras`. */
export class NumberedPlaces {
  /** @type {GeoJSON.FeatureCollection} */
  #data;

  /** @param {GeoJSON.Feature[]} results */
  constructor(results) {
    const features = results.map(({ geometry }, place) => ({
      type: /** @type {const} */ ("Feature"),
      geometry,
      properties: { place, number: String(place + 1) },
    }));
    // The first are drawn last: over those that are farther away.
    this.#data = { type: "FeatureCollection", features: features.reverse() };
  }

  attach() {}

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    style.sources[SOURCE] = { type: "geojson", data: this.#data };
    style.layers.push(
      {
        id: DISCS,
        type: "circle",
        source: SOURCE,
        paint: {
          "circle-radius": 14,
          "circle-color": DISC[theme],
          "circle-stroke-color": HALO[theme],
          "circle-stroke-width": 2,
        },
      },
      {
        id: "numbered--number",
        type: "symbol",
        source: SOURCE,
        layout: {
          "text-field": ["get", "number"],
          "text-font": ["Onest Variable"],
          "text-size": 13,
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": TEXT[theme] },
      },
    );
  }
}
