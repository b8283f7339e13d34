/** The tiles in view: each is asked for as the map does, and what came is drawn and listed. */

import { element } from "../../../interface/js/elements.mjs";
import { need, readJson } from "../../../interface/js/finding.mjs";
import { formatNumber, formatTime } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { BordersLayer } from "./borders_layer.mjs";
import { drawTile, dropsAnything, listTiles, readBuilt, readDropped, sortWorst } from "./grid.mjs";

/**
 * @typedef {import("./grid.mjs").TilePlace} TilePlace
 * @typedef {import("./grid.mjs").Measured} Measured
 * @typedef {import("./grid.mjs").Dropped} Dropped
 * @typedef {[number, number, number, number]} Bounds west, south, east, north in degrees
 */

const TILES_MAX = 30;
const VERSION_LETTERS = 8;
const part = document.getElementById("tiles-in-view");

/**
 * As it is served now; `null` where no answer came.
 *
 * @param {TilePlace} tile
 * @param {DOMStringMap} asked
 * @param {AbortSignal} signal
 * @returns {Promise<Measured | null>}
 */
async function measure({ z, x, y }, { layers, view }, signal) {
  const response = await fetch(`/tiles/${layers}/${z}/${x}/${y}.mvt`, {
    credentials: view === "visitor" ? "omit" : "same-origin",
    cache: "no-store",
    signal,
  });
  if (!response.ok) return null;
  const body = await response.arrayBuffer();
  const { headers } = response;
  return {
    z,
    x,
    y,
    bytes: body.byteLength ? Number(headers.get("Content-Length") ?? body.byteLength) : 0,
    built: readBuilt(headers.get("Tile-Built")),
    version: (headers.get("ETag") ?? "").replaceAll(/^W\/|"/g, "").slice(0, VERSION_LETTERS),
    dropped: readDropped(headers.get("Tile-Dropped")),
  };
}

/** @param {number} bytes */
function tellSize(bytes) {
  return interpolate(ngettext("%(count)s byte", "%(count)s bytes", bytes), {
    count: formatNumber(bytes),
  });
}

/** @param {Dropped} dropped */
function tellDropped({ attributes, kept, shapes }) {
  const words = [];
  if (attributes) words.push(gettext("names and attributes"));
  if (kept < 1)
    words.push(
      interpolate(gettext("%(share)s of objects are kept"), {
        share: `${formatNumber(Math.floor(kept * 100))}\u00a0%`,
      }),
    );
  for (const { layer, left } of shapes)
    words.push(
      interpolate(gettext("%(layer)s: %(count)s of the smallest shapes"), {
        layer,
        count: formatNumber(left),
      }),
    );
  return words.join("; ");
}

/**
 * Its border, and its name in the middle of what is seen of it.
 *
 * @param {Measured} tile
 * @param {Bounds} view
 * @returns {GeoJSON.Feature[]}
 */
function drawMeasured(tile, view) {
  const dropped = tellDropped(tile.dropped);
  const lines = [`${tile.z}/${tile.x}/${tile.y}`, tellSize(tile.bytes), dropped];
  const properties = {
    text: lines.filter(Boolean).join("\n"),
    bad: dropsAnything(tile.dropped),
  };
  const border = drawTile(tile);
  const [[west, north], , [east, south]] = border.coordinates[0];
  /** @type {GeoJSON.Point} */
  const middle = {
    type: "Point",
    coordinates: [
      (Math.max(west, view[0]) + Math.min(east, view[2])) / 2,
      (Math.max(south, view[1]) + Math.min(north, view[3])) / 2,
    ],
  };
  return [border, middle].map((geometry) => ({ type: "Feature", geometry, properties }));
}

/** @param {Measured} tile */
function listMeasured(tile) {
  const built = tile.built === null ? "" : formatTime(new Date(tile.built).toISOString());
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, `${tile.z}/${tile.x}/${tile.y}`),
    element("td", { class: "cell-number" }, tellSize(tile.bytes)),
    element("td", {}, built, element("span", { class: "muted" }, tile.version)),
    element("td", {}, tellDropped(tile.dropped) || gettext("nothing")),
  );
}

/** @param {HTMLElement} part */
async function start(part) {
  /** @type {MapConfig} */
  const config = readJson("map-config");
  useLanguage(config.language, config.words);
  part.hidden = false;
  const slugs = new Set((part.dataset.layers ?? "").split(","));
  const borders = new BordersLayer();
  const map = await createMap(need("tiles-map"), {
    config,
    overlays: new Overlays(),
    extras: [borders],
    isShown: (slug) => slugs.has(slug),
    start: config.bounds
      ? { bounds: /** @type {[number, number, number, number]} */ (config.bounds) }
      : {},
  });
  let asking = new AbortController();
  const look = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const [[west, south], [east, north]] = map.getBounds().toArray();
    const zoom = Math.max(0, Math.floor(map.getZoom()));
    /** @type {Bounds} */
    const view = [west, south, east, north];
    const tiles = listTiles(view, zoom, TILES_MAX);
    try {
      const answers = await Promise.all(tiles.map((tile) => measure(tile, part.dataset, signal)));
      show(answers, borders, view);
    } catch (error) {
      if (signal.aborted) return;
      need("tiles-state").textContent = gettext("The tiles did not come. Try once more.");
      console.warn("tiles were not measured", error);
    }
  };
  map.on("moveend", look);
  await look();
}

/**
 * @param {(Measured | null)[]} answers
 * @param {BordersLayer} borders
 * @param {Bounds} view
 */
function show(answers, borders, view) {
  const found = answers.filter((answer) => answer !== null);
  borders.show(found.flatMap((tile) => drawMeasured(tile, view)));
  need("tiles-rows").replaceChildren(...sortWorst(found).map(listMeasured));
  const worse = found.filter(({ dropped }) => dropsAnything(dropped)).length;
  const words = interpolate(
    gettext("Tiles: %(count)s, %(bytes)s; leave something out: %(worse)s."),
    {
      count: formatNumber(found.length),
      bytes: tellSize(found.reduce((sum, { bytes }) => sum + bytes, 0)),
      worse: formatNumber(worse),
    },
  );
  const lost = answers.length - found.length;
  need("tiles-state").textContent = lost
    ? `${words} ${interpolate(gettext("Not answered: %(lost)s."), { lost: formatNumber(lost) })}`
    : words;
}

if (part)
  start(part).catch((error) => {
    part.hidden = true;
    console.warn("the map of tiles did not start", error);
  });
