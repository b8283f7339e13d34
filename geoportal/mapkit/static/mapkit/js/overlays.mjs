/** What lies over every layer: the chosen object, and where the visitor is. */

import { drawCircle } from "./geometry.mjs";

// How the browser is asked for the place that `locate` shows; in one file with it, once joined.
export { askLocation, setUpLocation } from "./locate.mjs";

const ACCENT = { light: "#1d5bd6", dark: "#8db4ff" };
const HALO = { light: "#ffffff", dark: "#14171b" };
const TEXT = { light: "#1a1e23", dark: "#eef1f4" };
/** @type {GeoJSON.FeatureCollection} */
const NOTHING = { type: "FeatureCollection", features: [] };

/** @type {Expression} */
const isPoint = ["==", ["geometry-type"], "Point"];
/** @type {Expression} */
const isLine = ["==", ["geometry-type"], "LineString"];
/** @type {Expression} */
const isArea = ["==", ["geometry-type"], "Polygon"];

/** Keeps the data of the overlays, so that a new style (another theme) shows them too. */
export class Overlays {
  /** @type {Record<string, GeoJSON.GeoJSON>} */
  #data = { chosen: NOTHING, hinted: NOTHING, here: NOTHING };
  /** @type {MapLibre | null} */
  #map = null;

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /**
   * @param {string} name
   * @param {GeoJSON.GeoJSON} data
   */
  #show(name, data) {
    this.#data[name] = data;
    /** @type {GeoJSONSource | undefined} */
    const source = this.#map?.getSource(name);
    source?.setData(data);
  }

  /**
   * Mark a GeoJSON feature as chosen, with its layer's colour and icon on a disc, or with a sign
   * (its name without the theme); `null`: none.
   *
   * @param {GeoJSON.Feature | null} feature
   * @param {Partial<Look>} [look]
   */
  choose(feature, { color = "#5b6570", icon = "", sign = "" } = {}, name = "") {
    const properties = { color, icon, sign, name };
    this.#show(
      "chosen",
      feature?.geometry ? { type: "Feature", geometry: feature.geometry, properties } : NOTHING,
    );
  }

  /**
   * Mark what has the focus in a list; `null`: none.
   *
   * @param {GeoJSON.Geometry | null} geometry
   */
  hint(geometry) {
    this.#show("hinted", geometry ? { type: "Feature", geometry, properties: {} } : NOTHING);
  }

  /**
   * Mark the visitor's place (degrees) with its accuracy (metres).
   *
   * @param {number} lon
   * @param {number} lat
   * @param {number} accuracy
   */
  locate(lon, lat, accuracy) {
    /** @type {GeoJSON.Geometry[]} */
    const geometries = [drawCircle(lon, lat, accuracy), { type: "Point", coordinates: [lon, lat] }];
    /** @type {GeoJSON.Feature[]} */
    const features = geometries.map((geometry) => ({ type: "Feature", properties: {}, geometry }));
    this.#show("here", { type: "FeatureCollection", features });
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    for (const [name, data] of Object.entries(this.#data))
      style.sources[name] = { type: "geojson", data };
    style.layers.push(...overlayLayers(theme));
  }
}

/**
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
function overlayLayers(theme) {
  const [accent, halo, text] = [ACCENT[theme], HALO[theme], TEXT[theme]];
  /** @type {Expression} */
  const hasSign = ["!=", ["get", "sign"], ""];
  /** @type {{ "line-cap": "round", "line-join": "round" }} */
  const line = { "line-cap": "round", "line-join": "round" };
  /** @type {Expression} */
  const isLinear = ["any", isLine, isArea];
  return [
    {
      id: "here--area",
      type: "fill",
      source: "here",
      filter: isArea,
      paint: { "fill-color": accent, "fill-opacity": 0.12 },
    },
    {
      id: "chosen--area",
      type: "fill",
      source: "chosen",
      filter: isArea,
      paint: { "fill-color": accent, "fill-opacity": 0.08 },
    },
    {
      id: "chosen--casing",
      type: "line",
      source: "chosen",
      filter: isLinear,
      layout: line,
      paint: { "line-color": halo, "line-width": 7 },
    },
    {
      id: "chosen--line",
      type: "line",
      source: "chosen",
      filter: isLinear,
      layout: line,
      paint: { "line-color": accent, "line-width": 3.5 },
    },
    {
      id: "hinted--line",
      type: "line",
      source: "hinted",
      filter: isLinear,
      layout: line,
      paint: { "line-color": accent, "line-width": 3 },
    },
    {
      id: "hinted--ring",
      type: "circle",
      source: "hinted",
      filter: isPoint,
      paint: {
        "circle-radius": 19,
        "circle-color": accent,
        "circle-opacity": 0.2,
        "circle-stroke-color": accent,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "chosen--halo",
      type: "circle",
      source: "chosen",
      filter: isPoint,
      paint: { "circle-radius": 30, "circle-color": accent, "circle-opacity": 0.22 },
    },
    {
      id: "chosen--disc",
      type: "circle",
      source: "chosen",
      filter: ["all", isPoint, ["!", hasSign]],
      paint: {
        "circle-radius": 19,
        "circle-color": ["get", "color"],
        "circle-stroke-color": halo,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "chosen--icon",
      type: "symbol",
      source: "chosen",
      filter: ["all", isPoint, ["!=", ["get", "icon"], ""]],
      layout: {
        "icon-image": ["get", "icon"],
        "icon-size": 0.95,
        "icon-allow-overlap": true,
        "icon-padding": 12,
      },
    },
    {
      id: "chosen--sign",
      type: "symbol",
      source: "chosen",
      filter: ["all", isPoint, hasSign],
      layout: {
        "icon-image": ["concat", ["get", "sign"], `|${theme}`],
        "icon-size": 1.3,
        "icon-anchor": "bottom",
        "icon-offset": [0, 3],
        "icon-allow-overlap": true,
        "icon-padding": 12,
      },
    },
    {
      id: "chosen--name",
      type: "symbol",
      source: "chosen",
      filter: isPoint,
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["Onest Variable"],
        "text-size": 13,
        "text-anchor": "top",
        "text-offset": [0, 2.5],
        "text-max-width": 12,
        "text-allow-overlap": true,
      },
      paint: { "text-color": text, "text-halo-color": halo, "text-halo-width": 2 },
    },
    {
      id: "here--dot",
      type: "circle",
      source: "here",
      filter: isPoint,
      paint: {
        "circle-radius": 8,
        "circle-color": accent,
        "circle-stroke-color": halo,
        "circle-stroke-width": 3,
      },
    },
  ];
}
