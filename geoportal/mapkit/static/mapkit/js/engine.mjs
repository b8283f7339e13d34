/** The map itself: MapLibre with our style, theme, icons and overlays. */

import { gettext } from "../../interface/js/i18n.mjs";
import { fetchJson } from "../../interface/js/requests.mjs";
import * as maplibre from "../../vendor/maplibre-gl/maplibre-gl.mjs";
import { prepareArchives } from "./archives.mjs";
import { addressGround, fetchGround, isOutside, layGround } from "./ground.mjs";
import { joinSources, planGroups } from "./grouping.mjs";
import { offerIcons } from "./images.mjs";
import { findSwitched } from "./metadata.mjs";
import { leaveOutRefused, noteRefused } from "./refusals.mjs";

// By itself it would look for the worker beside it, under the name without a version.
const WORKER = new URL("../../vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url);
maplibre.setWorkerUrl(WORKER.href);

const DARK = matchMedia("(prefers-color-scheme: dark)");
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const CLOSEST_FIT_ZOOM = 16.5;
const LETTERS = "Їжак Aa 09";

/**
 * @typedef {{
 *   error?: { message: string },
 *   sourceId?: string,
 *   tile?: { tileID: { canonical: { x: number, y: number, z: number } } },
 * }} TileError
 */

/** @returns {Theme} */
function currentTheme() {
  return DARK.matches ? "dark" : "light";
}

/**
 * A map in `container`. `config`: what the page brings; `start`: `center` and `zoom`, or `bounds`;
 * `isShown(slug)` tells which layers are on; `extras` draw layers of their own (`attach(map, redraw)`,
 * `addTo(style, theme)`, as `ProblemsLayer` has them), below the overlays; `redraw()` asks each of them anew; `tellRefused(slugs)` hears which
 * layers a fault of their style keeps off the map. The container's `data-map-state` is `loading`, `busy`,
 * `idle` or `failed`. Throws when the style cannot be had or the map cannot be drawn.
 *
 * @param {HTMLElement} container
 * @param {MapTools} options
 */
export async function createMap(container, options) {
  const { config, overlays, isShown, start, padding = 0, extras = [] } = options;
  const { tellRefused = (slugs) => noteRefused(container, slugs) } = options;
  const [style, ground] = await Promise.all([
    fetchStyle(config),
    fetchGround(addressGround(config.ground, currentTheme())),
    ...LETTERS.split(" ").map((text) => document.fonts.load('16px "Onest Variable"', text)),
  ]);
  await prepareArchives(style, ground);
  const original = structuredClone(style);
  const plan = planGroups(style, isShown);
  let laid = ground;
  /** @type {(fresh: MapStyle) => MapStyle} */
  const dress = (fresh) =>
    dressStyle(fresh, { config, ground: laid, overlays, isShown, extras, plan });
  const dressed = dress(style);
  const map = new maplibre.Map({
    container,
    style: dressed,
    ...start,
    fitBoundsOptions: { padding, maxZoom: CLOSEST_FIT_ZOOM },
    minZoom: 5,
    maxZoom: 20,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    attributionControl: false,
    // Names come and go at once for who asked for little motion.
    ...(STILL.matches && { fadeDuration: 0 }),
    locale: { "Map.Title": gettext("Map of the community") },
  });
  map.touchZoomRotate?.disableRotation();
  map.keyboard?.disableRotation();
  const use = leaveOutRefused(map, dressed, tellRefused);
  let fetched = original;
  const redraw = () => use(dress(structuredClone(fetched)));
  for (const part of [...extras, overlays]) part.attach(map, redraw);
  offerIcons(map, config);
  followState(map, container);
  DARK.addEventListener("change", async () => {
    try {
      fetched = await fetchStyle(config);
      if (config.ground.themed)
        laid = await fetchGround(addressGround(config.ground, currentTheme()));
      redraw();
    } catch {
      // The map stays in the theme that it has; a reload brings the other.
    }
  });
  return map;
}

/**
 * @param {MapConfig} config
 * @returns {Promise<MapStyle>}
 */
function fetchStyle(config) {
  return fetchJson(`${config.style}?theme=${currentTheme()}`);
}

/**
 * @typedef {Omit<MapTools, "start"> & {
 *   ground: MapStyle | null,
 *   extras: MapPart[],
 *   plan: Map<string, string>,
 * }} Dress
 */

/**
 * @param {MapStyle} style
 * @param {Dress} look
 */
function dressStyle(style, { config, ground, overlays, isShown, extras, plan }) {
  // The page has the typeface and draws the signs that it needs; the rest need not come.
  delete style.glyphs;
  delete style.sprite;
  joinSources(style, plan);
  for (const part of extras) part.addTo(style, currentTheme());
  for (const layer of style.layers) {
    const slug = findSwitched(layer);
    if (slug) layer.layout = { ...layer.layout, visibility: isShown(slug) ? "visible" : "none" };
  }
  layGround(style, ground, config.ground.attribution);
  for (const source of Object.values(style.sources)) {
    if (source.type !== "vector" && source.type !== "raster") continue;
    if (source.tiles) source.tiles = source.tiles.map(useOwnOrigin);
    if (source.url) source.url = useOwnOrigin(source.url);
  }
  overlays.addTo(style, currentTheme());
  return style;
}

/**
 * Behind a proxy the server may not know that it is reached by https.
 *
 * @param {string} template
 */
function useOwnOrigin(template) {
  const address = /^(pmtiles:\/\/)?https?:\/\/([^/]+)(\/.*)$/.exec(template);
  if (address?.[2] !== location.host) return template;
  return (address[1] ?? "") + location.origin + address[3];
}

/**
 * @param {MapLibre} map
 * @param {HTMLElement} container
 */
function followState(map, container) {
  /** @type {(state: string) => void} */
  const set = (state) => {
    container.dataset.mapState = state;
  };
  map.on("idle", () => set("idle"));
  for (const event of /** @type {const} */ (["movestart", "dataloading", "styledata"]))
    map.on(event, () => set("busy"));
}

/**
 * Show or hide the style layers of our layers.
 *
 * @param {MapLibre} map
 * @param {(slug: string) => boolean} isShown
 */
export function applyLayers(map, isShown) {
  for (const layer of map.getStyle().layers) {
    const slug = findSwitched(layer);
    if (slug) map.setLayoutProperty(layer.id, "visibility", isShown(slug) ? "visible" : "none");
  }
}

/**
 * Call `tell(retry)` when tiles of our own do not load; `retry` asks for them again.
 *
 * @param {MapLibre} map
 * @param {(retry: () => void) => void} tell
 */
export function watchTiles(map, tell) {
  /** @type {Map<string, { x: number, y: number, z: number }[]>} */
  const failed = new Map();
  map.on("error", (event) => {
    const { error, sourceId, tile } = /** @type {TileError} */ (event);
    console.warn("the map reports", sourceId, error?.message);
    if (!tile || !sourceId || isOutside(sourceId)) return;
    failed.set(sourceId, [...(failed.get(sourceId) ?? []), tile.tileID.canonical]);
    tell(() => {
      for (const [source, tiles] of failed)
        if (map.getSource(source)) map.refreshTiles(source, tiles);
      failed.clear();
    });
  });
}
