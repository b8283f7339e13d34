/**
 * Shared borders: a vertex or an edge that several features have is changed in all of them, so no gap
 * and no overlap comes between them. Shapes are geometries by key; what changed is returned, by key.
 */

import {
  findBox,
  isNear,
  isSame,
  listPaths,
  measureToEdge,
  replacePaths,
  SAME_DEGREES,
} from "./paths.mjs";

/**
 * @typedef {import("./paths.mjs").Path} Path
 * @typedef {Map<string, GeoJSON.Geometry>} Shapes
 */

/**
 * Shapes with those that changed put over them.
 *
 * @param {Shapes} shapes
 * @param {Shapes} changed
 * @returns {Shapes}
 */
export function lay(shapes, changed) {
  return changed.size ? new Map([...shapes, ...changed]) : shapes;
}

/**
 * Every path of shapes near a place through a function that gives other vertices, or `null` to leave it.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} place
 * @param {(path: Path, key: string) => GeoJSON.Position[] | null} change
 * @returns {Shapes}
 */
function changePathsNear(shapes, place, change) {
  /** @type {Shapes} */
  const changed = new Map();
  for (const [key, geometry] of shapes) {
    if (!isNear(findBox(geometry), place, SAME_DEGREES)) continue;
    const replaced = listPaths(geometry).flatMap((path) => {
      const positions = change(path, key);
      return positions ? [{ at: path.at, positions }] : [];
    });
    if (replaced.length) changed.set(key, replacePaths(geometry, replaced));
  }
  return changed;
}

/**
 * Move a vertex in every shape that has it.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} from
 * @param {GeoJSON.Position} to
 */
export function moveVertex(shapes, from, to) {
  return changePathsNear(shapes, from, ({ positions }) =>
    positions.some((position) => isSame(position, from))
      ? positions.map((position) => (isSame(position, from) ? to : position))
      : null,
  );
}

/**
 * Put a vertex into every edge that it lies on, between its ends.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} place
 */
export function insertOnEdges(shapes, place) {
  return changePathsNear(shapes, place, ({ positions }) => {
    const edge = positions.findIndex(
      (start, at) => at + 1 < positions.length && liesBetween(place, start, positions[at + 1]),
    );
    if (edge < 0) return null;
    return [...positions.slice(0, edge + 1), place, ...positions.slice(edge + 1)];
  });
}

/**
 * @param {GeoJSON.Position} place
 * @param {GeoJSON.Position} start
 * @param {GeoJSON.Position} end
 */
function liesBetween(place, start, end) {
  if (isSame(place, start) || isSame(place, end)) return false;
  return measureToEdge(place, start, end).distance <= SAME_DEGREES;
}

/**
 * Put a vertex into the edge from `start` to `end`, in whatever direction shapes have it.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} start
 * @param {GeoJSON.Position} end
 * @param {GeoJSON.Position} place
 */
export function splitEdge(shapes, start, end, place) {
  return changePathsNear(shapes, start, ({ positions }) => {
    const edge = positions.findIndex((first, at) => {
      const second = positions[at + 1];
      if (!second) return false;
      return (
        (isSame(first, start) && isSame(second, end)) ||
        (isSame(first, end) && isSame(second, start))
      );
    });
    if (edge < 0) return null;
    return [...positions.slice(0, edge + 1), place, ...positions.slice(edge + 1)];
  });
}

/**
 * Before a vertex is moved: shapes whose edges only pass there get it, and its own edges get the
 * vertices of others that lie on them. Then all that belongs together moves together.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} vertex
 */
export function joinAround(shapes, vertex) {
  let changed = insertOnEdges(shapes, vertex);
  const ends = [...lay(shapes, changed).values()].flatMap((geometry) =>
    listPaths(geometry).flatMap((path) => listNeighbours(path, vertex)),
  );
  for (const end of ends) {
    for (const place of listVerticesBetween(shapes, vertex, end))
      changed = lay(changed, insertOnEdges(lay(shapes, changed), place));
  }
  return changed;
}

/**
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} start
 * @param {GeoJSON.Position} end
 */
function listVerticesBetween(shapes, start, end) {
  const box = findBox({ type: "LineString", coordinates: [start, end] });
  return [...shapes.values()].flatMap((geometry) =>
    listPaths(geometry).flatMap(({ positions }) =>
      positions.filter(
        (place) => isNear(box, place, SAME_DEGREES) && liesBetween(place, start, end),
      ),
    ),
  );
}

/**
 * The vertices before and after each time that a path comes by.
 *
 * @param {Path} path
 * @param {GeoJSON.Position} vertex
 * @returns {GeoJSON.Position[]}
 */
function listNeighbours(path, vertex) {
  return listPassings(path, vertex).flat();
}

/**
 * @param {Path} path
 * @param {GeoJSON.Position} vertex
 * @returns {GeoJSON.Position[][]}
 */
function listPassings({ positions, closed }, vertex) {
  const open = closed ? positions.slice(0, -1) : positions;
  const count = open.length;
  return open.flatMap((position, at) => {
    if (!isSame(position, vertex)) return [];
    const before = closed ? open[(at + count - 1) % count] : open[at - 1];
    const after = closed ? open[(at + 1) % count] : open[at + 1];
    return [[before, after].filter(Boolean)];
  });
}

/**
 * Take a vertex out of every shape that has it; `null` where it must stay: borders of several features
 * part there, or too few vertices would be left.
 *
 * @param {Shapes} shapes
 * @param {GeoJSON.Position} vertex
 * @returns {Shapes | null}
 */
export function removeVertex(shapes, vertex) {
  const passings = [...shapes.values()].flatMap((geometry) =>
    isNear(findBox(geometry), vertex, SAME_DEGREES)
      ? listPaths(geometry).flatMap((path) => listPassings(path, vertex))
      : [],
  );
  const [first] = passings;
  const isShared = passings.length > 1;
  if (isShared && !passings.every((passing) => isSamePair(passing, first))) return null;
  let fits = true;
  const changed = changePathsNear(shapes, vertex, ({ positions, closed }) => {
    const left = dropVertex(positions, vertex, closed);
    if (left.length === positions.length) return null;
    if (left.length < (closed ? 4 : 2)) fits = false;
    return left;
  });
  return fits ? changed : null;
}

/**
 * @param {GeoJSON.Position[]} first
 * @param {GeoJSON.Position[]} second
 */
function isSamePair([a, b], [c, d]) {
  if (!a || !b || !c || !d) return false;
  return (isSame(a, c) && isSame(b, d)) || (isSame(a, d) && isSame(b, c));
}

/**
 * A ring stays closed.
 *
 * @param {GeoJSON.Position[]} positions
 * @param {GeoJSON.Position} vertex
 * @param {boolean} closed
 */
function dropVertex(positions, vertex, closed) {
  const left = positions.filter((position) => !isSame(position, vertex));
  if (closed && left.length && !isSame(left[0], left[left.length - 1])) left.push(left[0]);
  return left;
}

/**
 * What has to change so that shapes get new vertices that lie on their edges: of what was drawn, cut or
 * snapped to them.
 *
 * @param {Shapes} shapes
 * @param {Iterable<GeoJSON.Position>} places
 */
export function joinTo(shapes, places) {
  /** @type {Shapes} */
  let changed = new Map();
  for (const place of places) changed = lay(changed, insertOnEdges(lay(shapes, changed), place));
  return changed;
}

/**
 * Vertices of new shapes that the old ones did not have.
 *
 * @param {Iterable<GeoJSON.Geometry>} drawn
 * @param {Iterable<GeoJSON.Geometry>} [old]
 */
export function listNewVertices(drawn, old = []) {
  const known = new Set([...old].flatMap(listVertices).map(String));
  return [...drawn].flatMap(listVertices).filter((place) => !known.has(String(place)));
}

/** @param {GeoJSON.Geometry} geometry */
function listVertices(geometry) {
  return listPaths(geometry).flatMap(({ positions }) => positions);
}
