/** The map of a difference: what was added is green, what was changed yellow, what was removed red. */

import { need, readJson } from "../../interface/js/finding.mjs";
import { formatNumber } from "../../interface/js/format.mjs";
import { gettext, interpolate, useLanguage } from "../../interface/js/i18n.mjs";
import { fetchJson } from "../../interface/js/requests.mjs";
import { tokenValue } from "../../interface/js/tokens.mjs";
import { createMap } from "../../mapkit/js/engine.mjs";
import { findBounds } from "../../mapkit/js/geometry.mjs";
import { describePlaces } from "./difference_places.mjs";
import { differenceColours } from "./imports/looks.mjs";

/** @typedef {import("./difference_places.mjs").Difference} Difference */

const SOURCE = "difference";
const EDGE_PX = 40;
const NEAR_ZOOM = 17;
const PAGES_MAX = 5;

/** Layers of the difference, put into every new style (another theme). */
class DifferenceOverlay {
  /** @param {GeoJSON.Feature[]} features */
  constructor(features) {
    this.features = features;
  }

  attach() {}

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    style.sources[SOURCE] = {
      type: "geojson",
      data: { type: "FeatureCollection", features: this.features },
    };
    style.layers.push(...buildLayers(theme));
  }
}

/**
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
function buildLayers(theme) {
  const { added, changed, removed, was } = differenceColours(theme);
  /** @type {Expression} */
  const color = [
    "case",
    ["get", "earlier"],
    was,
    ["match", ["get", "action"], "added", added, "removed", removed, changed],
  ];
  /** @type {Expression} */
  const opacity = ["case", ["get", "earlier"], 0.7, 1];
  return [
    {
      id: "difference--areas",
      type: "fill",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": color, "fill-opacity": ["case", ["get", "earlier"], 0.08, 0.3] },
    },
    {
      id: "difference--lines",
      type: "line",
      source: SOURCE,
      filter: ["!=", ["geometry-type"], "Point"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": color, "line-width": 3, "line-opacity": opacity },
    },
    {
      id: "difference--points",
      type: "circle",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-color": color,
        "circle-radius": 7,
        "circle-opacity": opacity,
        "circle-stroke-color": tokenValue("--surface"),
        "circle-stroke-width": 2,
      },
    },
  ];
}

/**
 * Every page of the difference, up to a limit that a map still shows well, and whether that is all.
 *
 * @param {string} url
 * @returns {Promise<{ features: Difference[], isWhole: boolean }>}
 */
async function fetchDifferences(url, pages = PAGES_MAX) {
  /** @type {{ features: Difference[], next: string | null }} */
  const { features, next } = await fetchJson(url);
  if (!next || pages <= 1) return { features, isWhole: !next };
  const rest = await fetchDifferences(next, pages - 1);
  return { features: [...features, ...rest.features], isWhole: rest.isWhole };
}

/** @param {number} shown */
function tellPart(shown) {
  const part = need("difference-part");
  part.hidden = false;
  part.textContent = interpolate(
    gettext("The map shows the first %(shown)s of the objects that differ; the list has them all."),
    { shown: formatNumber(shown) },
  );
}

async function start() {
  const container = need("difference-map");
  /** @type {MapConfig} */
  const config = readJson("map-config");
  useLanguage(config.language, config.words);
  const { features, isWhole } = await fetchDifferences(container.dataset.url ?? "");
  const places = describePlaces(features);
  if (!isWhole) tellPart(features.length);
  if (!places.length) return;
  container.hidden = false;
  const bounds = findBounds({
    type: "GeometryCollection",
    geometries: places.map(({ geometry }) => geometry),
  });
  const map = await createMap(container, {
    config,
    overlays: new DifferenceOverlay(places),
    isShown: () => false,
    start: { bounds },
    padding: EDGE_PX,
  });
  if (map.getZoom() > NEAR_ZOOM) map.setZoom(NEAR_ZOOM);
  map.on("click", (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, {
      layers: ["difference--points", "difference--lines", "difference--areas"],
    });
    if (hit) showLine(hit.properties.key);
  });
}

/**
 * The line of the list that tells of an object, where it is on this page.
 *
 * @param {string} key
 */
function showLine(key) {
  for (const line of document.querySelectorAll(".difference-line")) {
    if (line instanceof HTMLElement && line.dataset.key === key)
      line.scrollIntoView({ block: "center" });
  }
}

start().catch((error) => {
  need("difference-map").hidden = true;
  console.warn("the map of the difference did not start", error);
});
