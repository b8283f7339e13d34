/** The map of a working place: problems as pins, territories as outlines, one of them chosen. */

import { tokenValue } from "../../../interface/js/tokens.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { findBounds } from "../../../mapkit/js/geometry.mjs";

const NOTHING = { type: "FeatureCollection", features: [] };
const ACCENT = { light: "#1d5bd6", dark: "#8db4ff" };
const HALO = { light: "#ffffff", dark: "#14171b" };
const CLUSTER_PX = 44;
const CLUSTER_ZOOM_MAX = 13;
const NEAR_ZOOM = 16;
const EDGE_PX = 48;

/** Sources and layers of the working place, put into every new style (another theme). */
class WorkOverlays {
  data = { pins: NOTHING, outlines: NOTHING, chosen: NOTHING };
  #map = null;

  attach(map) {
    this.#map = map;
  }

  show(name, features) {
    this.data[name] = { type: "FeatureCollection", features };
    this.#map?.getSource(`work-${name}`)?.setData(this.data[name]);
  }

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

function buildLayers(theme) {
  const sign = ["concat", "state|", ["get", "status"], `|${theme}`];
  const held = ["==", ["get", "kind"], "held"];
  const line = { "line-cap": "round", "line-join": "round" };
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
  #map = null;
  #pins = [];

  /** `onChoose(number)` hears of a pin that was pressed, `onPlace({lng, lat})` of any other place. */
  constructor(container, config, { onChoose = () => {}, onPlace = () => {} } = {}) {
    this.container = container;
    this.config = config;
    this.onChoose = onChoose;
    this.onPlace = onPlace;
  }

  /** Throws when there is no WebGL or no style: the page works without its map. */
  async start(features) {
    this.container.hidden = false;
    this.#take(features);
    const bounds = this.#findBounds() ?? this.config.bounds;
    try {
      this.#map = await createMap(this.container, {
        config: this.config,
        overlays: this.#overlays,
        isShown: () => false,
        start: bounds ? { bounds } : { center: [31, 49], zoom: 5 },
        padding: EDGE_PX,
      });
    } catch (error) {
      this.container.hidden = true;
      throw error;
    }
    this.#map.on("click", (event) => this.#press(event));
    for (const layer of ["work--pins", "work--clusters"]) {
      this.#map.on("mouseenter", layer, () => this.#point(true));
      this.#map.on("mouseleave", layer, () => this.#point(false));
    }
  }

  get map() {
    return this.#map;
  }

  #point(over) {
    this.#map.getCanvas().style.cursor = over ? "pointer" : "";
  }

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

  /** Other problems and outlines. */
  show(features, { fit = false } = {}) {
    this.#take(features);
    const bounds = this.#findBounds();
    if (fit && bounds) this.#map?.fitBounds(bounds, { padding: EDGE_PX, maxZoom: NEAR_ZOOM });
  }

  /** Outlines alone; the pins stay. */
  outline(features) {
    this.#overlays.show(
      "outlines",
      features.filter(({ properties }) => properties.kind),
    );
  }

  /** Mark a problem by its number and bring it into view; `null` marks none. */
  choose(number, { move = true } = {}) {
    const found = this.#pins.find(({ properties }) => properties.number === number);
    this.#overlays.show("chosen", found ? [found] : []);
    if (!found || !move || !this.#map) return;
    const zoom = Math.max(this.#map.getZoom(), NEAR_ZOOM - 1);
    this.#map.easeTo({ center: found.geometry.coordinates, zoom });
  }

  #findBounds() {
    const shapes = [...this.#pins, ...this.#overlays.data.outlines.features].map(
      ({ geometry }) => geometry,
    );
    return shapes.length ? findBounds({ type: "GeometryCollection", geometries: shapes }) : null;
  }

  async #press({ point, lngLat }) {
    const reach = 6;
    const box = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ];
    const [hit] = this.#map.queryRenderedFeatures(box, {
      layers: ["work--pins", "work--clusters"],
    });
    if (!hit) return this.onPlace(lngLat);
    if (!hit.properties.cluster) return this.onChoose(hit.properties.number);
    const zoom = await this.#map
      .getSource("work-pins")
      .getClusterExpansionZoom(hit.properties.cluster_id);
    return this.#map.easeTo({ center: hit.geometry.coordinates, zoom });
  }
}
