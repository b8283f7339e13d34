/** The objects of the layer on the map of the editor: as they are, changed, chosen, and as others have them. */

import { stateColour } from "../../../mapkit/js/states.mjs";

const COLORS = {
  light: {
    same: "#5a626c",
    chosen: "#1d5bd6",
    theirs: "#a3437f",
    halo: "#ffffff",
  },
  dark: {
    same: "#a8b0ba",
    chosen: "#8db4ff",
    theirs: "#f0a6d0",
    halo: "#14171b",
  },
};
/** @type {GeoJSON.FeatureCollection} */
const NOTHING = { type: "FeatureCollection", features: [] };
export const PICKED = ["edit--points", "edit--lines", "edit--areas"];

/** @typedef {{ key: string, state: string, geometry: GeoJSON.Geometry }} Drawn `state` is a colour of them */

/** Keeps the data, so that a new style (another theme) shows them too. */
export class ShapesLayer {
  /** @type {Record<string, GeoJSON.FeatureCollection>} */
  #data = { "edit-shapes": NOTHING, "edit-theirs": NOTHING };
  /** @type {MapLibre | null} */
  #map = null;
  /** Called when all that others have put on the map is gone. */
  onRedrawn = () => {};

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /** @param {Drawn[]} drawn */
  show(drawn) {
    this.#put("edit-shapes", drawn);
  }

  /** @param {GeoJSON.Geometry[]} geometries as somebody else has saved them */
  showTheirs(geometries) {
    this.#put(
      "edit-theirs",
      geometries.map((geometry) => ({ key: "", state: "theirs", geometry })),
    );
  }

  /**
   * @param {string} name
   * @param {Drawn[]} drawn
   */
  #put(name, drawn) {
    const features = drawn.map(({ key, state, geometry }) => ({
      type: /** @type {const} */ ("Feature"),
      properties: { key, state },
      geometry,
    }));
    this.#data[name] = { type: "FeatureCollection", features };
    /** @type {GeoJSONSource | undefined} */
    const source = this.#map?.getSource(name);
    source?.setData(this.#data[name]);
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    for (const [name, data] of Object.entries(this.#data))
      style.sources[name] = { type: "geojson", data, maxzoom: 22, tolerance: 0 };
    style.layers.push(...buildLayers(theme));
    this.#map?.once("idle", () => this.onRedrawn());
  }
}

/**
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
function buildLayers(theme) {
  const { halo, ...own } = COLORS[theme];
  const colors = { ...own, changed: stateColour("accepted"), added: stateColour("closed") };
  /** @type {any} */
  const color = ["match", ["get", "state"], ...Object.entries(colors).flat(), colors.same];
  /** @type {Expression} */
  const isChosen = ["==", ["get", "state"], "chosen"];
  /** @type {Expression} */
  const isPoint = ["==", ["geometry-type"], "Point"];
  /** @type {Expression} */
  const isArea = ["==", ["geometry-type"], "Polygon"];
  const source = "edit-shapes";
  return [
    {
      id: "edit--areas",
      type: "fill",
      source,
      filter: isArea,
      paint: { "fill-color": color, "fill-opacity": ["case", isChosen, 0.22, 0.1] },
    },
    {
      id: "edit--lines",
      type: "line",
      source,
      filter: ["!", isPoint],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": color, "line-width": ["case", isChosen, 4, 2] },
    },
    {
      id: "edit--points",
      type: "circle",
      source,
      filter: isPoint,
      paint: {
        "circle-color": color,
        "circle-radius": [
          "interpolate",
          ["linear"],
          ["zoom"],
          13,
          ["case", isChosen, 7, 2.5],
          17,
          ["case", isChosen, 9, 6],
        ],
        "circle-stroke-color": halo,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "edit--theirs-lines",
      type: "line",
      source: "edit-theirs",
      filter: ["!", isPoint],
      paint: { "line-color": colors.theirs, "line-width": 3, "line-dasharray": [2, 1.5] },
    },
    {
      id: "edit--theirs-points",
      type: "circle",
      source: "edit-theirs",
      filter: isPoint,
      paint: {
        "circle-color": colors.theirs,
        "circle-radius": 9,
        "circle-stroke-color": halo,
        "circle-stroke-width": 3,
      },
    },
  ];
}
