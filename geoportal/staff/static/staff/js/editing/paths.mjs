/** Geometries as lists of paths: a point is a path of one vertex, a ring is closed. */

// 0.1 mm: two vertices nearer than this are one.
export const SAME_DEGREES = 1e-9;

/**
 * One run of vertices of a geometry; `at` is where it stands in its coordinates.
 *
 * @typedef {{ at: number[], positions: GeoJSON.Position[], closed: boolean }} Path
 */

/** How deep the vertices of a path stand, by the type of geometry. */
const DEPTHS = /** @type {Record<string, number>} */ ({
  Point: 0,
  MultiPoint: 1,
  LineString: 0,
  MultiLineString: 1,
  Polygon: 1,
  MultiPolygon: 2,
});

/**
 * @param {GeoJSON.Position} first
 * @param {GeoJSON.Position} second
 */
export function isSame([ax, ay], [bx, by]) {
  return Math.abs(ax - bx) <= SAME_DEGREES && Math.abs(ay - by) <= SAME_DEGREES;
}

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @returns {Path[]}
 */
export function listPaths(geometry) {
  if (!geometry || geometry.type === "GeometryCollection") return [];
  const closed = geometry.type.endsWith("Polygon");
  const isPoint = geometry.type.endsWith("Point");
  /** @type {Path[]} */
  const found = [];
  /** @type {(coordinates: any, at: number[]) => void} */
  const walk = (coordinates, at) => {
    if (at.length < DEPTHS[geometry.type]) {
      for (const [place, part] of coordinates.entries()) walk(part, [...at, place]);
    } else found.push({ at, positions: isPoint ? [coordinates] : coordinates, closed });
  };
  walk(geometry.coordinates, []);
  return found;
}

/**
 * The geometry with some of its paths replaced; paths that are `null` go, and what is empty then.
 *
 * @template {GeoJSON.Geometry} G
 * @param {G} geometry
 * @param {{ at: number[], positions: GeoJSON.Position[] | null }[]} replaced
 * @returns {G}
 */
export function replacePaths(geometry, replaced) {
  if (geometry.type === "GeometryCollection" || !replaced.length) return geometry;
  const isPoint = geometry.type.endsWith("Point");
  const found = new Map(replaced.map(({ at, positions }) => [at.join(), positions]));
  /** @type {(coordinates: any, at: number[]) => any} */
  const walk = (coordinates, at) => {
    if (at.length < DEPTHS[geometry.type])
      return coordinates
        .map((/** @type {any} */ part, /** @type {number} */ place) => walk(part, [...at, place]))
        .filter((/** @type {any} */ part) => part?.length);
    const positions = found.get(at.join());
    if (positions === undefined) return coordinates;
    return isPoint && positions ? positions[0] : positions;
  };
  return { ...geometry, coordinates: walk(geometry.coordinates, []) };
}

/**
 * The vertices without one; a ring stays closed.
 *
 * @param {Path} path
 * @param {number} at
 * @returns {GeoJSON.Position[]}
 */
export function withoutVertex({ positions, closed }, at) {
  if (!closed) return positions.filter((_, place) => place !== at);
  const open = positions.slice(0, -1).filter((_, place) => place !== at % (positions.length - 1));
  return [...open, open[0]];
}

/**
 * Every vertex through a function.
 *
 * @template {GeoJSON.Geometry} G
 * @param {G} geometry
 * @param {(position: GeoJSON.Position) => GeoJSON.Position} change
 * @returns {G}
 */
export function mapPositions(geometry, change) {
  const paths = listPaths(geometry).map(({ at, positions }) => ({
    at,
    positions: positions.map(change),
  }));
  return replacePaths(geometry, paths);
}

/**
 * Edges as pairs of vertices that follow each other.
 *
 * @param {Path} path
 * @returns {[GeoJSON.Position, GeoJSON.Position][]}
 */
export function listEdges({ positions }) {
  return positions.slice(1).map((end, place) => [positions[place], end]);
}

/**
 * Where on an edge a place lies, from 0 to 1, and how far from it in degrees of latitude.
 *
 * @param {GeoJSON.Position} place
 * @param {GeoJSON.Position} start
 * @param {GeoJSON.Position} end
 * @param {number} [squeeze] the cosine of the latitude
 */
export function measureToEdge([x, y], [ax, ay], [bx, by], squeeze = 1) {
  const dx = (bx - ax) * squeeze;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const px = (x - ax) * squeeze;
  const along = length ? Math.max(0, Math.min(1, (px * dx + (y - ay) * dy) / length)) : 0;
  return { along, distance: Math.hypot(px - along * dx, y - ay - along * dy) };
}

/** @type {WeakMap<GeoJSON.Geometry, Bounds | null>} geometries are never changed in place */
const boxes = new WeakMap();

/**
 * West, south, east, north; `null` of nothing.
 *
 * @param {GeoJSON.Geometry | null} geometry
 * @returns {Bounds | null}
 */
export function findBox(geometry) {
  if (!geometry) return null;
  let box = boxes.get(geometry);
  if (box === undefined) {
    box = measureBox(geometry);
    boxes.set(geometry, box);
  }
  return box;
}

/**
 * @param {GeoJSON.Geometry} geometry
 * @returns {Bounds | null}
 */
function measureBox(geometry) {
  /** @type {Bounds} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { positions } of listPaths(geometry))
    for (const [x, y] of positions) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  return box[0] <= box[2] ? box : null;
}

/**
 * @param {Bounds | null} box
 * @param {GeoJSON.Position} place
 * @param {number} reach degrees
 */
export function isNear(box, [x, y], reach) {
  return (
    box !== null &&
    x >= box[0] - reach &&
    x <= box[2] + reach &&
    y >= box[1] - reach &&
    y <= box[3] + reach
  );
}
