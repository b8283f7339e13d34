/** The map of a working place: problems as pins, territories as outlines, one of them chosen. */

import { tokenValue } from "../../../interface/js/tokens.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { findBounds } from "../../../mapkit/js/geometry.mjs";

/** @type {GeoJSON.FeatureCollection<GeoJSON.Geometry, WorkProperties>} */
const NOTHING = { type: "FeatureCollection", features: [] };
const ACCENT = { light: "#1d5bd6", dark: "#8db4ff" };
const HALO = { light: "#ffffff", dark: "#14171b" };
const CLUSTER_PX = 44;
const CLUSTER_ZOOM_MAX = 13;
const NEAR_ZOOM = 16;
const EDGE_PX = 48;

/** Sources and layers of the working place, put into every new style (another theme). */
class WorkOverlays {
  /** @type {Record<string, typeof NOTHING>} */
  data = { pins: NOTHING, outlines: NOTHING, chosen: NOTHING };
  /** @type {MapLibre | null} */
  #map = null;

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /**
   * @param {string} name
   * @param {WorkPlace[]} features
   */
  show(name, features) {
    this.data[name] = { type: "FeatureCollection", features };
    /** @type {GeoJSONSource | undefined} */
    const source = this.#map?.getSource(`work-${name}`);
    source?.setData(this.data[name]);
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    for (const name of ["outlines", "chosen"])
      style.sources[`work-${name}`] = { type: "geojson", data: this.data[name] };
    style.sources["work-pins"] = {
      type: "geojson",
      data: this.data.pins,
      cluster: true,
      clusterRadius: CLUSTER_PX,
      clusterMaxZoom: CLUSTER_ZOOM_MAX,
    };
    style.layers.push(...buildLayers(theme));
  }
}

/**
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
function buildLayers(theme) {
  /** @type {Expression} */
  const sign = ["concat", "state|", ["get", "status"], `|${theme}`];
  /** @type {Expression} */
  const held = ["==", ["get", "kind"], "held"];
  /** @type {{ "line-cap": "round", "line-join": "round" }} */
  const line = { "line-cap": "round", "line-join": "round" };
  /** @type {Expression} */
  const border = ["case", held, ACCENT[theme], tokenValue("--note-text")];
  return [
    {
      id: "work--areas",
      type: "fill",
      source: "work-outlines",
      paint: { "fill-color": border, "fill-opacity": 0.08 },
    },
    {
      id: "work--held",
      type: "line",
      source: "work-outlines",
      filter: held,
      layout: line,
      paint: { "line-color": border, "line-width": 3 },
    },
    {
      id: "work--beside",
      type: "line",
      source: "work-outlines",
      filter: ["!", held],
      layout: line,
      paint: { "line-color": border, "line-width": 2.5, "line-dasharray": [2, 2] },
    },
    {
      id: "work--chosen",
      type: "circle",
      source: "work-chosen",
      paint: {
        "circle-radius": 22,
        "circle-color": ACCENT[theme],
        "circle-opacity": 0.25,
        "circle-stroke-color": ACCENT[theme],
        "circle-stroke-width": 3,
      },
    },
    {
      id: "work--clusters",
      type: "circle",
      source: "work-pins",
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 15, 100, 26],
        "circle-color": ACCENT[theme],
        "circle-stroke-color": HALO[theme],
        "circle-stroke-width": 3,
      },
    },
    {
      id: "work--counts",
      type: "symbol",
      source: "work-pins",
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": ["Onest Variable"],
        "text-size": 13,
        "text-allow-overlap": true,
      },
      paint: { "text-color": HALO[theme] },
    },
    {
      id: "work--late",
      type: "circle",
      source: "work-pins",
      filter: ["all", ["!", ["has", "point_count"]], ["get", "late"]],
      paint: {
        "circle-radius": 18,
        "circle-color": tokenValue("--danger"),
        "circle-opacity": 0,
        "circle-stroke-color": tokenValue("--danger"),
        "circle-stroke-width": 2.5,
      },
    },
    {
      id: "work--pins",
      type: "symbol",
      source: "work-pins",
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-image": sign,
        "icon-size": ["case", ["get", "near"], 0.72, 0.88],
        "icon-allow-overlap": true,
      },
    },
  ];
}

export class WorkMap {
  #overlays = new WorkOverlays();
  /** @type {MapLibre | null} */
  #map = null;
  /** @type {WorkPlace[]} */
  #pins = [];

  /**
   * `onChoose(number)` hears of a pin that was pressed, `onPlace({lng, lat})` of any other place.
   *
   * @param {HTMLElement} container
   * @param {MapConfig} config
   * @param {WorkActions} [actions]
   */
  constructor(container, config, { onChoose = () => {}, onPlace = () => {} } = {}) {
    this.container = container;
    this.config = config;
    this.onChoose = onChoose;
    this.onPlace = onPlace;
  }

  /**
   * Throws when there is no WebGL or no style: the page works without its map.
   *
   * @param {WorkPlace[]} features
   */
  async start(features) {
    this.container.hidden = false;
    this.#take(features);
    const bounds = this.#findBounds() ?? this.config.bounds;
    try {
      const map = await createMap(this.container, {
        config: this.config,
        overlays: this.#overlays,
        isShown: () => false,
        start: bounds ? { bounds } : { center: [31, 49], zoom: 5 },
        padding: EDGE_PX,
      });
      this.#map = map;
      this.#listen(map);
    } catch (error) {
      this.container.hidden = true;
      throw error;
    }
  }

  /** @param {MapLibre} map */
  #listen(map) {
    /** @type {(cursor: string) => void} */
    const point = (cursor) => {
      map.getCanvas().style.cursor = cursor;
    };
    map.on("click", (event) => this.#press(map, event));
    for (const layer of ["work--pins", "work--clusters"]) {
      map.on("mouseenter", layer, () => point("pointer"));
      map.on("mouseleave", layer, () => point(""));
    }
  }

  get map() {
    return this.#map;
  }

  /** @param {WorkPlace[]} features */
  #take(features) {
    this.#pins = features
      .filter(({ properties }) => properties.number)
      .map((feature) => ({
        ...feature,
        properties: { near: false, ...feature.properties },
      }));
    this.#overlays.show("pins", this.#pins);
    this.#overlays.show(
      "outlines",
      features.filter(({ properties }) => properties.kind),
    );
  }

  /**
   * Other problems and outlines.
   *
   * @param {WorkPlace[]} features
   */
  show(features, { fit = false } = {}) {
    this.#take(features);
    const bounds = this.#findBounds();
    if (fit && bounds) this.#map?.fitBounds(bounds, { padding: EDGE_PX, maxZoom: NEAR_ZOOM });
  }

  /**
   * Outlines alone; the pins stay.
   *
   * @param {WorkPlace[]} features
   */
  outline(features) {
    this.#overlays.show(
      "outlines",
      features.filter(({ properties }) => properties.kind),
    );
  }

  /**
   * Mark a problem by its number and bring it into view; `null` marks none.
   *
   * @param {number} number
   */
  choose(number, { move = true } = {}) {
    const found = this.#pins.find(({ properties }) => properties.number === number);
    this.#overlays.show("chosen", found ? [found] : []);
    if (!found || !move || !this.#map) return;
    const zoom = Math.max(this.#map.getZoom(), NEAR_ZOOM - 1);
    this.#map.easeTo({ center: centreOf(found), zoom });
  }

  #findBounds() {
    const shapes = [...this.#pins, ...this.#overlays.data.outlines.features].map(
      ({ geometry }) => geometry,
    );
    return shapes.length ? findBounds({ type: "GeometryCollection", geometries: shapes }) : null;
  }

  /**
   * @param {MapLibre} map
   * @param {MapPointer} event
   */
  async #press(map, { point, lngLat }) {
    const reach = 6;
    /** @type {ScreenBox} */
    const box = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ];
    const [hit] = map.queryRenderedFeatures(box, {
      layers: ["work--pins", "work--clusters"],
    });
    if (!hit) return this.onPlace(lngLat);
    if (!hit.properties.cluster) return this.onChoose(hit.properties.number);
    /** @type {GeoJSONSource | undefined} */
    const source = map.getSource("work-pins");
    const zoom = await source?.getClusterExpansionZoom(hit.properties.cluster_id);
    return map.easeTo({ center: centreOf(hit), zoom });
  }
}

/**
 * A pin is a point.
 *
 * @param {{ geometry: GeoJSON.Geometry }} feature
 * @returns {[number, number]}
 */
function centreOf({ geometry }) {
  const [west, south, east, north] = findBounds(geometry);
  return [(west + east) / 2, (south + north) / 2];
}
