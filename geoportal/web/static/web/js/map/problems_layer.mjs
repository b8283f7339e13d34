/**
 * Problems as a layer of a MapLibre map: bubbles with counts from afar, signs of single ones near by,
 * as the style of the portal draws them (`geoportal.problems.tiles.look`), from tiles under a filter.
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
 * A change of the theme keeps the layer.
 */

import { PROBLEMS, STATES } from "../../../mapkit/js/states.mjs";

const TILES = "/problems/tiles/{z}/{x}/{y}.mvt";
const SIGN_ZOOM = 16;
const REACH_PX = 6;
const SHARES = 16;
const CLUSTERS = `${PROBLEMS}--clusters`;

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
   * Ask for tiles under the filter, and draw shares of states where a sprite has none; called for
   * every new style.
   *
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    const source = style.sources[PROBLEMS];
    if (source?.type !== "vector") return;
    source.tiles = [this.#address()];
    for (const layer of style.layers) {
      if (layer.id === CLUSTERS) layer.layout = { ...layer.layout, "icon-image": nameBar(theme) };
    }
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
    return /** @type {Ring | null} */ (this.#find(point, [CLUSTERS]));
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
 * The name of the picture of a ring, with the shares of its states.
 *
 * @param {Theme} theme
 * @returns {Expression}
 */
function nameBar(theme) {
  /** @type {(state: string) => Expression} */
  const share = (state) => [
    "to-string",
    ["ceil", ["*", SHARES, ["/", ["get", state], ["get", "total"]]]],
  ];
  return ["concat", "problems|", ...STATES.flatMap((state) => [share(state), "|"]), theme];
}
