/** What a new vertex snaps to: a vertex near by, else the nearest point of a line. */

import { findBox, isNear, listEdges, listPaths, measureToEdge } from "./paths.mjs";

/**
 * `reach` in degrees of latitude; `skip`: vertices that are being moved themselves.
 *
 * @param {GeoJSON.Position} place
 * @param {Iterable<GeoJSON.Geometry>} geometries
 * @param {number} reach
 * @param {(position: GeoJSON.Position) => boolean} [skip]
 * @returns {GeoJSON.Position | null}
 */
export function findSnap(place, geometries, reach, skip = () => false) {
  const squeeze = Math.cos((place[1] * Math.PI) / 180);
  const wide = reach / Math.max(squeeze, 0.1);
  /** @type {{ position: GeoJSON.Position | null, distance: number }} */
  let vertex = { position: null, distance: reach };
  /** @type {typeof vertex} */
  let edge = { position: null, distance: reach };
  for (const geometry of geometries) {
    if (!isNear(findBox(geometry), place, wide)) continue;
    for (const path of listPaths(geometry)) {
      for (const position of path.positions) {
        const distance = measure(place, position, squeeze);
        if (distance < vertex.distance && !skip(position)) vertex = { position, distance };
      }
      for (const [start, end] of listEdges(path)) {
        const { along, distance } = measureToEdge(place, start, end, squeeze);
        if (distance >= edge.distance || skip(start) || skip(end)) continue;
        edge = { position: findAlong(start, end, along), distance };
      }
    }
  }
  return vertex.position ?? edge.position;
}

/**
 * @param {GeoJSON.Position} first
 * @param {GeoJSON.Position} second
 * @param {number} squeeze
 */
function measure([ax, ay], [bx, by], squeeze) {
  return Math.hypot((ax - bx) * squeeze, ay - by);
}

/**
 * @param {GeoJSON.Position} start
 * @param {GeoJSON.Position} end
 * @param {number} along
 * @returns {GeoJSON.Position}
 */
function findAlong([ax, ay], [bx, by], along) {
  return [ax + (bx - ax) * along, ay + (by - ay) * along];
}

/**
 * The vertex nearest to a place, within reach (degrees of latitude).
 *
 * @param {GeoJSON.Position} place
 * @param {import("./paths.mjs").Path[]} paths
 * @param {number} reach
 */
export function findVertex(place, paths, reach) {
  const squeeze = Math.cos((place[1] * Math.PI) / 180);
  const found = paths
    .flatMap((path) => path.positions.map(([x, y], at) => ({ path, at, x, y })))
    .map(({ path, at, x, y }) => ({
      path,
      at,
      distance: Math.hypot((x - place[0]) * squeeze, y - place[1]),
    }))
    .filter(({ distance }) => distance <= reach);
  return found.sort((first, second) => first.distance - second.distance)[0] ?? null;
}
