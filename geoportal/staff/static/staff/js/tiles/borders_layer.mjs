/** Borders of tiles on a map, with what is known of each. */

import { tokenValue } from "../../../interface/js/tokens.mjs";

const SOURCE = "tile-borders";

/** Keeps what it shows, so that a new style (another theme) shows it too. */
export class BordersLayer {
  /** @type {GeoJSON.FeatureCollection} */
  #data = { type: "FeatureCollection", features: [] };
  /** @type {MapLibre | null} */
  #map = null;

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /** @param {MapStyle} style */
  addTo(style) {
    const [line, bad] = [tokenValue("--text"), tokenValue("--danger")];
    const halo = tokenValue("--surface");
    /** @type {Expression} */
    const color = ["case", ["get", "bad"], bad, line];
    style.sources[SOURCE] = { type: "geojson", data: this.#data };
    style.layers.push(
      {
        id: "tile-borders--fill",
        type: "fill",
        source: SOURCE,
        paint: { "fill-color": color, "fill-opacity": ["case", ["get", "bad"], 0.12, 0] },
      },
      {
        id: "tile-borders--line",
        type: "line",
        source: SOURCE,
        paint: { "line-color": color, "line-width": ["case", ["get", "bad"], 2.5, 1] },
      },
      {
        id: "tile-borders--name",
        type: "symbol",
        source: SOURCE,
        filter: ["==", ["geometry-type"], "Point"],
        layout: {
          "text-field": ["get", "text"],
          "text-font": ["Onest Variable"],
          "text-size": 12,
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": color, "text-halo-color": halo, "text-halo-width": 1.5 },
      },
    );
  }

  /** @param {GeoJSON.Feature[]} features with `text` and `bad` */
  show(features) {
    this.#data = { type: "FeatureCollection", features };
    /** @type {GeoJSONSource | undefined} */
    const source = this.#map?.getSource(SOURCE);
    source?.setData(this.#data);
  }
}
