/** Which objects of our layers are under a point of the screen, or in the visible part of it. */

import { measureDistance } from "./geometry.mjs";

const REACH_PX = { mouse: 4, touch: 14 };
const RANKS = { Point: 0, MultiPoint: 0, LineString: 1, MultiLineString: 1 };

/** Ids of the style layers that are shown and belong to an interactive layer. */
function listTargets(map, layers) {
  const zoom = map.getZoom();
  return map
    .getStyle()
    .layers.filter(({ metadata, layout, minzoom = 0, maxzoom = 25 }) => {
      const known = metadata?.layer && layers.has(metadata.layer) && !metadata.ground;
      return known && layout?.visibility !== "none" && zoom >= minzoom && zoom < maxzoom;
    })
    .map(({ id }) => id);
}

function query(map, area, layers) {
  const targets = listTargets(map, layers);
  const found = new Map();
  if (!targets.length) return [];
  for (const feature of map.queryRenderedFeatures(area, { layers: targets })) {
    const layer = feature.layer.metadata.layer;
    const key = String(feature.properties._key ?? "");
    const name = `${layer}/${key}`;
    if (!key) continue;
    if (!found.has(name)) {
      found.set(name, { layer, key, properties: feature.properties, geometries: [] });
    }
    found.get(name).geometries.push(feature.geometry);
  }
  return [...found.values()].map((hit) => ({ ...hit, rank: RANKS[hit.geometries[0].type] ?? 2 }));
}

/** Objects under a pointer event's `point`, points before lines before areas. */
export function pickAt(map, point, pointer, layers) {
  const reach = REACH_PX[pointer] ?? REACH_PX.mouse;
  const area = [
    [point.x - reach, point.y - reach],
    [point.x + reach, point.y + reach],
  ];
  return query(map, area, layers).sort((first, second) => first.rank - second.rank);
}

/** Objects in a rectangle of the screen, the nearest to its centre first, with `distance` in metres. */
export function pickInView(map, { left, top, right, bottom }, layers) {
  const centre = map.unproject([(left + right) / 2, (top + bottom) / 2]);
  const area = [
    [left, top],
    [right, bottom],
  ];
  return query(map, area, layers)
    .map((hit) => ({
      ...hit,
      distance: Math.min(...hit.geometries.map((part) => measureDistance(part, centre))),
    }))
    .sort((first, second) => first.distance - second.distance);
}
