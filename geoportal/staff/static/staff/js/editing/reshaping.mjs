/** From what happened to one path on the map to what happens to all shapes that share it. */

import { isSame, mapPositions } from "./paths.mjs";
import { joinAround, joinTo, lay, moveVertex, removeVertex, splitEdge } from "./topology.mjs";

/**
 * @typedef {import("./paths.mjs").Path} Path
 * @typedef {import("./topology.mjs").Shapes} Shapes
 */

const DECIMALS = 1e9;

/**
 * 0.1 mm is enough; what was snapped to stays exact.
 *
 * @param {GeoJSON.Position} position
 * @param {GeoJSON.Position | null} snapped
 * @returns {GeoJSON.Position}
 */
export function tidy(position, snapped = null) {
  if (snapped && isSame(position, snapped)) return snapped;
  return [
    Math.round(position[0] * DECIMALS) / DECIMALS,
    Math.round(position[1] * DECIMALS) / DECIMALS,
  ];
}

/**
 * What changes when the path `before` of the shape `key` became `after`; `null` where it cannot be.
 * `together`: shapes that share its vertices follow.
 *
 * @param {Shapes} shapes
 * @param {string} key
 * @param {Path} before
 * @param {GeoJSON.Position[]} after
 * @param {{ together: boolean, snapped?: GeoJSON.Position | null }} how
 * @returns {Shapes | null}
 */
export function reshape(shapes, key, before, after, { together, snapped = null }) {
  const own = shapes.get(key);
  if (!own) return null;
  const touched = together ? shapes : new Map([[key, own]]);
  const old = before.positions;
  if (after.length > old.length) return addVertex(touched, shapes, old, after, snapped);
  if (after.length < old.length) {
    const gone = old.find((position) => !after.some((left) => isSame(left, position)));
    return gone ? removeVertex(touched, gone) : null;
  }
  const last = before.closed ? old.length - 1 : old.length;
  const moved = old
    .slice(0, last)
    .map((from, at) => /** @type {const} */ ([from, after[at]]))
    .filter(([from, to]) => !isSame(from, to));
  if (moved.length === last && last > 1 && !together) return moveWhole(own, key, old[0], after[0]);
  /** @type {Shapes} */
  let changed = new Map();
  for (const [from, to] of moved) {
    if (together) changed = lay(changed, joinAround(lay(touched, changed), from));
    changed = lay(changed, moveVertex(lay(touched, changed), from, tidy(to, snapped)));
  }
  if (together) {
    const places = moved.map(([, to]) => tidy(to, snapped));
    changed = lay(changed, joinTo(lay(shapes, changed), places));
  }
  return changed;
}

/**
 * @param {Shapes} touched
 * @param {Shapes} shapes
 * @param {GeoJSON.Position[]} old
 * @param {GeoJSON.Position[]} after
 * @param {GeoJSON.Position | null} snapped
 */
function addVertex(touched, shapes, old, after, snapped) {
  const at = after.findIndex((position) => !old.some((stood) => isSame(stood, position)));
  if (at < 1) return null;
  const place = tidy(after[at], snapped);
  const changed = splitEdge(touched, after[at - 1], after[(at + 1) % after.length], place);
  return touched.size > 1 ? lay(changed, joinTo(lay(shapes, changed), [place])) : changed;
}

/**
 * @param {GeoJSON.Geometry} geometry
 * @param {string} key
 * @param {GeoJSON.Position} from
 * @param {GeoJSON.Position} to
 * @returns {Shapes}
 */
function moveWhole(geometry, key, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return new Map([[key, mapPositions(geometry, ([x, y]) => tidy([x + dx, y + dy]))]]);
}

/**
 * The vertices of a path as people write them: a line each, latitude first.
 *
 * @param {GeoJSON.Position[]} positions
 */
export function writePositions(positions) {
  return positions.map(([lon, lat]) => `${lat}, ${lon}`).join("\n");
}

/**
 * `null` for what is no list of places; a ring that is left open is closed.
 *
 * @param {string} text
 * @param {boolean} closed
 * @returns {GeoJSON.Position[] | null}
 */
export function readPositions(text, closed) {
  /** @type {GeoJSON.Position[]} */
  const positions = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const place = readPosition(line);
    if (!place) return null;
    positions.push(place);
  }
  if (closed && positions.length && !isSame(positions[0], positions[positions.length - 1]))
    positions.push(positions[0]);
  return positions.length >= (closed ? 4 : 1) ? positions : null;
}

/**
 * All paths of a shape: an empty line between two.
 *
 * @param {Path[]} paths
 */
export function writePaths(paths) {
  return paths.map(({ positions }) => writePositions(positions)).join("\n\n");
}

/**
 * The vertices of each path, as they were written; `null` for what is no list of places, or where
 * there are more or fewer paths than before.
 *
 * @param {string} text
 * @param {Path[]} paths
 * @returns {GeoJSON.Position[][] | null}
 */
export function readPaths(text, paths) {
  const blocks = text.trim().split(/\n[ \t]*\n\s*/);
  if (blocks.length !== paths.length) return null;
  const read = blocks.map((block, at) => readPositions(block, paths[at].closed));
  return read.every((each) => each !== null) ? read : null;
}

/**
 * Latitude and longitude in degrees, as maps give them to copy.
 *
 * @param {string} text
 * @returns {GeoJSON.Position | null}
 */
export function readPosition(text) {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (!match) return null;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? [lon, lat] : null;
}
