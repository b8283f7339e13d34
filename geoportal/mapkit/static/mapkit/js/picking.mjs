/** Which objects of our layers are under a point of the screen, or in the visible part of it. */

import { measureDistance } from "./geometry.mjs";
import { findSwitched } from "./metadata.mjs";

/** @type {Record<string, number>} */
const REACH_PX = { mouse: 4, touch: 14 };
/** @type {Record<string, number>} */
const RANKS = { Point: 0, MultiPoint: 0, LineString: 1, MultiLineString: 1 };

// Ends the ids of the style layers that draw clusters (`tiles.style.document`).
const CLUSTERS = "--clusters-0";

/** @typedef {Map<string, LayerDocument>} Layers */

/**
 * Ids of the style layers that are shown and belong to an interactive layer.
 *
 * @param {MapLibre} map
 * @param {Layers} layers
 */
function listTargets(map, layers) {
  const zoom = map.getZoom();
  return map
    .getStyle()
    .layers.filter((styleLayer) => {
      const { layout, minzoom = 0, maxzoom = 25 } = styleLayer;
      const known = layers.has(findSwitched(styleLayer) ?? "");
      return known && layout?.visibility !== "none" && zoom >= minzoom && zoom < maxzoom;
    })
    .map(({ id }) => id);
}

/**
 * @param {MapLibre} map
 * @param {ScreenBox} area
 * @param {Layers} layers
 */
function query(map, area, layers) {
  const targets = listTargets(map, layers);
  /** @type {Map<string, Hit>} */
  const found = new Map();
  if (!targets.length) return [];
  for (const feature of map.queryRenderedFeatures(area, { layers: targets })) {
    const layer = findSwitched(feature.layer) ?? "";
    const key = String(feature.properties._key ?? "");
    const name = `${layer}/${key}`;
    if (!key) continue;
    /** @type {Hit} */
    const hit = found.get(name) ?? { layer, key, properties: feature.properties, geometries: [] };
    hit.geometries.push(feature.geometry);
    found.set(name, hit);
  }
  return [...found.values()].map((hit) => ({ ...hit, rank: RANKS[hit.geometries[0].type] ?? 2 }));
}

/**
 * Clusters that are drawn in an area of the screen: each a hit without a key, with `count` objects.
 *
 * @param {MapLibre} map
 * @param {ScreenBox} area
 * @param {Layers} layers
 * @returns {Hit[]}
 */
function queryClusters(map, area, layers) {
  const targets = listTargets(map, layers).filter((id) => id.endsWith(CLUSTERS));
  if (!targets.length) return [];
  return map.queryRenderedFeatures(area, { layers: targets }).map((feature) => ({
    layer: findSwitched(feature.layer) ?? "",
    key: "",
    properties: feature.properties,
    geometries: [feature.geometry],
    count: Number(feature.properties._count),
    rank: 0,
  }));
}

/**
 * The cluster under a point of the screen, or `null`.
 *
 * @param {MapLibre} map
 * @param {ScreenPoint} point
 * @param {Layers} layers
 */
export function clusterAt(map, { x, y }, layers) {
  return (
    queryClusters(
      map,
      [
        [x - 1, y - 1],
        [x + 1, y + 1],
      ],
      layers,
    )[0] ?? null
  );
}

/**
 * Objects under a pointer event's `point`, points before lines before areas.
 *
 * @param {MapLibre} map
 * @param {ScreenPoint} point
 * @param {string} pointer
 * @param {Layers} layers
 */
export function pickAt(map, point, pointer, layers) {
  const reach = REACH_PX[pointer] ?? REACH_PX.mouse;
  /** @type {ScreenBox} */
  const area = [
    [point.x - reach, point.y - reach],
    [point.x + reach, point.y + reach],
  ];
  return query(map, area, layers).sort((first, second) => first.rank - second.rank);
}

/**
 * Objects and clusters of them in a rectangle of the screen, the nearest to `person` first, or to
 * its centre where nobody was located, with `distance` in metres.
 *
 * @param {MapLibre} map
 * @param {ScreenRectangle} seen
 * @param {Layers} layers
 * @param {Degrees | null} [person]
 */
export function pickInView(map, { left, top, right, bottom }, layers, person = null) {
  const origin = person ?? map.unproject([(left + right) / 2, (top + bottom) / 2]);
  /** @type {ScreenBox} */
  const area = [
    [left, top],
    [right, bottom],
  ];
  return [...query(map, area, layers), ...queryClusters(map, area, layers)]
    .map((hit) => ({
      ...hit,
      distance: Math.min(...hit.geometries.map((part) => measureDistance(part, origin))),
    }))
    .sort((first, second) => first.distance - second.distance);
}
