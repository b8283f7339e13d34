/**
 * One name for each area. A vector tile holds only its own part of an area, so labels made from
 * tiles repeat in every tile; here the parts that are loaded are compared, and the name stands
 * where there is the most room.
 */

import { METRES_A_DEGREE } from "./geometry.mjs";
import { findSource, findSwitched, readMetadata } from "./metadata.mjs";
import { findRoom } from "./room.mjs";

const PARTS_MAX = 600;
const PREFIX = "names-";
/** @type {GeoJSON.FeatureCollection} */
const NOTHING = { type: "FeatureCollection", features: [] };

/**
 * Take labels of areas from sources of their own, which `followNames` fills.
 *
 * @param {MapStyle} style
 * @param {Set<string>} areaSlugs
 */
export function separateNames(style, areaSlugs) {
  for (const layer of style.layers) {
    const slug = findSwitched(layer);
    if (!slug || !areaSlugs.has(slug) || layer.type !== "symbol") continue;
    if (!layer.layout?.["text-field"] || layer.layout["symbol-placement"] === "line") continue;
    const source = PREFIX + slug;
    style.sources[source] ??= { type: "geojson", data: NOTHING };
    layer.metadata = { ...readMetadata(layer), areas: layer.source };
    layer.source = source;
    delete layer["source-layer"];
  }
}

/**
 * Keep the names up to date with the tiles that are loaded.
 *
 * @param {MapLibre} map
 * @param {(slug: string) => boolean} isShown
 */
export function followNames(map, isShown) {
  const written = new Map();
  map.on("idle", () => {
    for (const [source, { layer, areas }] of listNamed(map)) {
      if (!layer || !areas || !isShown(layer)) continue;
      const data = placeNames(map, areas, layer);
      const text = JSON.stringify(data);
      if (!data || written.get(source) === text) continue;
      written.set(source, text);
      /** @type {GeoJSONSource | undefined} */
      const shown = map.getSource(source);
      shown?.setData(data);
    }
  });
}

/**
 * What is said of the sources of names.
 *
 * @param {MapLibre} map
 */
function listNamed(map) {
  /** @type {Map<string, ReturnType<typeof readMetadata>>} */
  const named = new Map();
  for (const styleLayer of map.getStyle().layers) {
    const source = findSource(styleLayer);
    if (source?.startsWith(PREFIX)) named.set(source, readMetadata(styleLayer));
  }
  return named;
}

/**
 * `source` is where the tiles of the layer are.
 *
 * @param {MapLibre} map
 * @param {string} source
 * @param {string} slug
 * @returns {GeoJSON.FeatureCollection<GeoJSON.Point> | null}
 */
function placeNames(map, source, slug) {
  const parts = map.querySourceFeatures(source, { sourceLayer: slug });
  if (parts.length > PARTS_MAX) return null;
  /** @type {Map<string, { place: Room, properties: GeoJSON.GeoJsonProperties }>} */
  const best = new Map();
  for (const { geometry, properties } of parts) {
    for (const rings of listAreas(geometry)) {
      const place = findRoom(rings);
      const known = best.get(properties._key);
      if (!known || place.room > known.place.room) best.set(properties._key, { place, properties });
    }
  }
  /** @type {GeoJSON.Feature<GeoJSON.Point>[]} */
  const features = [...best.values()].map(({ place, properties }) => ({
    type: "Feature",
    properties: { ...properties },
    geometry: { type: "Point", coordinates: [round(place.lon), round(place.lat)] },
  }));
  return { type: "FeatureCollection", features };
}

/** @param {GeoJSON.Geometry} geometry */
function listAreas(geometry) {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

/**
 * To a metre: the same place computed twice must give the same text.
 *
 * @param {number} degrees
 */
function round(degrees) {
  return Math.round(degrees * METRES_A_DEGREE) / METRES_A_DEGREE;
}
