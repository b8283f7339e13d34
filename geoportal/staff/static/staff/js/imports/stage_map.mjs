/** The map of a stage: where the file lies under the chosen coordinate system, or what would change. */

import { findIn, listIn, need, readJson } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, useLanguage } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { buildLayers } from "./looks.mjs";

const EDGE_PX = 40;
const CODE = /^(EPSG:)?\d{4,6}$/i;
const SOURCE = "import";

/** @type {MapConfig} */
const config = readJson("map-config");
useLanguage(config.language, config.words);

/**
 * What a place document of the portal says.
 *
 * @typedef {{ bounds: Bounds | null, shown?: number, lost?: number }} PlaceDocument
 */

class StageMap {
  /** @type {MapLibre | null} */
  #map = null;
  #query = "";

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
    this.kind = /** @type {"sketch" | "difference"} */ (container.dataset.kind);
    this.url = container.dataset.url ?? "";
    this.words = need("map-words");
  }

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    style.sources[SOURCE] = { type: "vector", tiles: [this.#tiles()], maxzoom: 16 };
    style.layers.push(...buildLayers(SOURCE, this.kind, theme));
  }

  #tiles() {
    const folder = this.url.replace(/\.json$/, "");
    return `${location.origin}${folder}/{z}/{x}/{y}.mvt${this.#query}`;
  }

  /** @param {string} code */
  async start(code) {
    this.#query = this.kind === "sketch" ? `?crs=${encodeURIComponent(code)}` : "";
    const place = await this.#ask();
    this.container.hidden = false;
    const bounds = place?.bounds ?? config.bounds;
    try {
      const map = await createMap(this.container, {
        config,
        overlays: this,
        isShown: () => false,
        start: bounds ? { bounds } : { center: [31, 49], zoom: 5 },
        padding: EDGE_PX,
      });
      map.on("click", (event) => this.#tell(map, event));
    } catch (error) {
      this.container.hidden = true;
      throw error;
    }
  }

  /** @param {string} code */
  async use(code) {
    this.#query = `?crs=${encodeURIComponent(code)}`;
    const place = await this.#ask();
    /** @type {import("maplibre-gl").VectorTileSource | undefined} */
    const source = this.#map?.getSource(SOURCE);
    source?.setTiles([this.#tiles()]);
    if (place?.bounds) this.#map?.fitBounds(place.bounds, { padding: EDGE_PX, maxZoom: 16 });
  }

  /** @returns {Promise<PlaceDocument | null>} */
  async #ask() {
    try {
      /** @type {PlaceDocument} */
      const place = await fetchJson(this.url + this.#query);
      this.words.textContent = this.#say(place);
      return place;
    } catch {
      this.words.textContent = gettext("The map of the file could not be loaded.");
      return null;
    }
  }

  /** @param {PlaceDocument} place */
  #say({ bounds, lost = 0, shown = 0 }) {
    if (this.kind === "difference")
      return bounds ? "" : gettext("Nothing that changes has a place.");
    if (!bounds) return gettext("With this coordinate system no place lies on the map.");
    if (lost)
      return interpolate(gettext("%(shown)s places are shown, %(lost)s would lie nowhere."), {
        shown,
        lost,
      });
    return gettext("Are the places where they should be? Compare them with streets you know.");
  }

  /**
   * @param {MapLibre} map
   * @param {MapPointer} event
   */
  #tell(map, { point }) {
    const [hit] = map.queryRenderedFeatures(
      [
        [point.x - 5, point.y - 5],
        [point.x + 5, point.y + 5],
      ],
      { layers: ["areas", "lines", "points"].map((part) => `${SOURCE}--${part}`) },
    );
    if (!hit) return;
    const { row, title, key } = hit.properties;
    this.words.textContent = row
      ? interpolate(gettext("Row %(row)s: %(title)s"), { row, title: title || "—" })
      : String(key);
  }
}

/** The coordinate system that the form says now; "" for one that is not written to its end. */
function readSystem() {
  const question = document.getElementById("question-crs");
  if (!question) return null;
  const chosen = findIn(question, "input[type=radio]:checked", HTMLInputElement)?.value;
  const other = findIn(question, "input:not([type=radio]):not([type=hidden])", HTMLInputElement);
  const code = chosen === "@other" ? (other?.value.trim() ?? "") : (chosen ?? "");
  return CODE.test(code) ? code : "";
}

const container = document.getElementById("stage-map");
if (container) {
  const map = new StageMap(container);
  map
    .start(readSystem() || container.dataset.crs || "EPSG:4326")
    .catch((error) => console.warn("the map of the import did not start", error));
  for (const input of listIn(document, "#question-crs input", HTMLInputElement))
    input.addEventListener("change", () => {
      const code = readSystem();
      if (code) map.use(code);
    });
}
