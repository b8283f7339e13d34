/**
 * Problems as a layer of a MapLibre map: rings with counts from afar, signs of single ones near by,
 * from the tiles of `/problems/tiles/`, which hold what the caller may see.
 *
 * On any page with a map:
 *
 *     const problems = new ProblemsLayer({ query: "state=open&organisation=roads" });
 *     const map = await createMap(container, { …, extras: [problems], isShown: (slug) => slug === "problems" });
 *     map.on("click", ({ point }) => {
 *       const cluster = problems.clusterAt(point);
 *       if (cluster) problems.open(cluster);
 *       const problem = cluster ? null : problems.problemAt(point);   // { number, title, status, … }
 *     });
 *     problems.setQuery("state=closed");   // the same names as at /problems/?…
 *     problems.refresh();                  // after something was done
 *
 * `tiles` is the address of other tiles of the same form, `{z}/{x}/{y}` in it; those of a cabinet.
 * A change of the theme keeps the layer. The ordinary style layers of `problems` go away.
 */

import { gettext } from "../../../interface/js/i18n.mjs";
import { readMetadata } from "../../../mapkit/js/metadata.mjs";
import { PROBLEMS, STATES } from "../../../mapkit/js/states.mjs";

const TILES = "/problems/tiles/{z}/{x}/{y}.mvt";
const SIGN_ZOOM = 16;
const SOURCE_ZOOM_MAX = 16;
const REACH_PX = 6;
const SHARES = 16;
const TEXT = { light: "#1a1e23", dark: "#eef1f4" };
const HALO = { light: "#ffffff", dark: "#14171b" };

export class ProblemsLayer {
  /** @type {MapLibre | null} */
  #map = null;
  #tiles;
  #query;

  /** `query`: a query string without `?`, as of the list of problems. */
  constructor({ tiles = TILES, query = "" } = {}) {
    this.#tiles = tiles;
    this.#query = query;
  }

  /** @param {MapLibre} map */
  attach(map) {
    this.#map = map;
  }

  /**
   * Put the layer into a style document; called for every new style.
   *
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    style.layers = style.layers.filter((layer) => readMetadata(layer).layer !== PROBLEMS);
    style.sources[PROBLEMS] = {
      type: "vector",
      tiles: [this.#address()],
      minzoom: 0,
      maxzoom: SOURCE_ZOOM_MAX,
    };
    style.layers.push(...buildLayers(theme));
  }

  #address() {
    return (
      new URL(this.#tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}") +
      (this.#query ? `?${this.#query}` : "")
    );
  }

  /** @param {string} query */
  setQuery(query) {
    if (query === this.#query) return;
    this.#query = query;
    /** @type {VectorTileSource | undefined} */
    const source = this.#map?.getSource(PROBLEMS);
    source?.setTiles([this.#address()]);
  }

  /** Ask for the tiles again; the server answers in a word where nothing has changed. */
  refresh() {
    if (this.#map?.getSource(PROBLEMS)) this.#map.refreshTiles(PROBLEMS);
  }

  /**
   * The properties of the ring under a point of the screen, or `null`.
   *
   * @param {ScreenPoint} point
   * @returns {Ring | null}
   */
  clusterAt(point) {
    return /** @type {Ring | null} */ (this.#find(point, [`${PROBLEMS}--rings`]));
  }

  /**
   * The properties of the problem under a point of the screen, or `null`.
   *
   * @param {ScreenPoint} point
   */
  problemAt(point) {
    return this.#find(point, [`${PROBLEMS}--far`, `${PROBLEMS}--near`]);
  }

  /**
   * @param {ScreenPoint} point
   * @param {string[]} layers
   * @returns {GeoJSON.GeoJsonProperties}
   */
  #find({ x, y }, layers) {
    const there = layers.filter((id) => this.#map?.getLayer(id));
    if (!this.#map || !there.length) return null;
    /** @type {ScreenBox} */
    const area = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    return this.#map.queryRenderedFeatures(area, { layers: there })[0]?.properties ?? null;
  }

  /**
   * Come so near that the problems of a ring part.
   *
   * @param {Ring} ring
   */
  open({ west, south, east, north }) {
    if (!this.#map) return;
    const nearer = this.#map.getZoom() + 1;
    const { center, zoom } =
      this.#map.cameraForBounds([west, south, east, north], {
        padding: 48,
        maxZoom: SIGN_ZOOM + 1,
      }) ?? {};
    this.#map.easeTo({
      center: center ?? [(west + east) / 2, (south + north) / 2],
      zoom: Math.max(nearer, zoom ?? nearer),
    });
  }
}

/**
 * Counts by state of a ring, those that are there, in the order of a problem's life.
 *
 * @param {Ring} ring
 */
export function listCounts(ring) {
  return STATES.map((state) => ({ state, count: ring[state] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
}

/**
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
function buildLayers(theme) {
  /** @type {Expression} */
  const single = ["==", ["get", "total"], 1];
  /** @type {Expression} */
  const late = ["case", [">", ["get", "late"], 0], "late", ""];
  /** @type {Expression} */
  const icon = ["coalesce", ["get", "icon"], "message-circle-warning"];
  /** @type {(state: string) => Expression} */
  const share = (state) => [
    "to-string",
    ["ceil", ["*", SHARES, ["/", ["get", state], ["get", "total"]]]],
  ];
  /** @type {Expression} */
  const ring = ["concat", "problems|", ...STATES.flatMap((state) => [share(state), "|"]), theme];
  /** @type {Expression} */
  const thousands = [
    "concat",
    ["to-string", ["round", ["/", ["get", "total"], 1000]]],
    gettext("k"),
  ];
  /** @type {(few: number, tens: number, hundreds: number, more: number) => Expression} */
  const size = (few, tens, hundreds, more) => [
    "step",
    ["get", "total"],
    few,
    10,
    tens,
    100,
    hundreds,
    1000,
    more,
  ];
  /** @type {StyleSymbols} */
  const every = { "icon-allow-overlap": true, "icon-padding": 0, "icon-anchor": "center" };
  /** @type {Expression} */
  const urgency = ["match", ["get", "status"], "open", 3, "accepted", 2, "closed", 1, 0];
  /**
   * @type {(name: string) => {
   *   id: string,
   *   type: "symbol",
   *   source: string,
   *   "source-layer": string,
   *   metadata: object,
   * }}
   */
  const common = (name) => ({
    id: `${PROBLEMS}--${name}`,
    type: "symbol",
    source: PROBLEMS,
    "source-layer": PROBLEMS,
    metadata: { layer: PROBLEMS, ground: false },
  });
  return [
    {
      ...common("far"),
      filter: single,
      maxzoom: SIGN_ZOOM,
      layout: {
        ...every,
        "icon-image": ["concat", "problem|", ["get", "status"], "||", late, "|", theme],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 8, 0.62, 12, 0.8, 15, 1],
        "symbol-sort-key": urgency,
      },
    },
    {
      ...common("near"),
      filter: single,
      minzoom: SIGN_ZOOM,
      layout: {
        ...every,
        "icon-image": ["concat", "problem|", ["get", "status"], "|", icon, "|", late, "|", theme],
        "icon-size": ["interpolate", ["linear"], ["zoom"], SIGN_ZOOM, 0.9, 18, 1.1],
        "symbol-sort-key": urgency,
      },
    },
    {
      ...common("names"),
      filter: single,
      minzoom: SIGN_ZOOM + 1,
      layout: {
        "text-field": ["get", "title"],
        "text-font": ["Onest Variable"],
        "text-size": 12,
        "text-max-width": 11,
        "text-anchor": "top",
        "text-offset": [0, 1.8],
        "text-padding": 2,
      },
      paint: { "text-color": TEXT[theme], "text-halo-color": HALO[theme], "text-halo-width": 1.5 },
    },
    {
      ...common("rings"),
      filter: ["!", single],
      layout: {
        ...every,
        "icon-image": ring,
        "icon-size": size(0.68, 0.76, 0.86, 1),
        "text-field": [
          "case",
          [">=", ["get", "total"], 10000],
          thousands,
          ["to-string", ["get", "total"]],
        ],
        "text-font": ["Onest Variable"],
        "text-size": size(13, 13, 13, 14),
        "text-allow-overlap": true,
        "text-ignore-placement": true,
        "symbol-sort-key": ["get", "total"],
      },
      paint: { "text-color": TEXT[theme] },
    },
  ];
}
