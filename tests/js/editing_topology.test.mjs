/** Shared borders: what moves together, what is joined, and that no gap and no overlap comes of it. */

import assert from "node:assert/strict";
import test from "node:test";
import {
  listPaths,
  mapPositions,
  withoutVertex,
} from "../../geoportal/staff/static/staff/js/editing/paths.mjs";
import {
  readPaths,
  readPosition,
  readPositions,
  reshape,
  writePaths,
  writePositions,
} from "../../geoportal/staff/static/staff/js/editing/reshaping.mjs";
import { findSnap, findVertex } from "../../geoportal/staff/static/staff/js/editing/snapping.mjs";
import {
  insertOnEdges,
  joinTo,
  lay,
  listNewVertices,
  moveVertex,
  removeVertex,
} from "../../geoportal/staff/static/staff/js/editing/topology.mjs";

const polygon = (...rings) => ({
  type: "Polygon",
  coordinates: rings.map((ring) => [...ring, ring[0]]),
});
/** West and east share the border from [1, 0] to [1, 1]; north lies on both. */
const three = () =>
  new Map([
    [
      "west",
      polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
    ],
    [
      "east",
      polygon([
        [1, 0],
        [2, 0],
        [2, 1],
        [1, 1],
      ]),
    ],
    [
      "north",
      polygon([
        [0, 1],
        [1, 1],
        [2, 1],
        [2, 2],
        [0, 2],
      ]),
    ],
  ]);

/** Twice the area of a geometry, holes taken away. */
function area(geometry) {
  let sum = 0;
  for (const { at, positions } of listPaths(geometry)) {
    let ring = 0;
    for (let i = 1; i < positions.length; i += 1)
      ring += positions[i - 1][0] * positions[i][1] - positions[i][0] * positions[i - 1][1];
    sum += at.at(-1) ? -Math.abs(ring) : Math.abs(ring);
  }
  return sum / 2;
}
const total = (shapes) => [...shapes.values()].reduce((sum, shape) => sum + area(shape), 0);
const ring = (shapes, key) => listPaths(shapes.get(key))[0];
const close = (first, second) => assert.ok(Math.abs(first - second) < 1e-9, `${first} ${second}`);

function drag(shapes, key, from, to, how = { together: true }) {
  const path = ring(shapes, key);
  const after = path.positions.map((each) => (String(each) === String(from) ? to : each));
  const changed = reshape(shapes, key, path, after, how);
  return { changed, all: lay(shapes, changed) };
}

test("a vertex where three areas meet moves in all of them and the sum stays", () => {
  const before = three();
  const { changed, all } = drag(before, "west", [1, 1], [1.2, 0.8]);
  assert.deepEqual([...changed.keys()].sort(), ["east", "north", "west"]);
  close(total(all), total(before));
  for (const key of changed.keys())
    assert.ok(ring(all, key).positions.some(([x, y]) => x === 1.2 && y === 0.8));
});

test("a neighbour whose border only passes there gets the vertex and follows", () => {
  const before = three();
  before.set(
    "north",
    polygon([
      [0, 1],
      [2, 1],
      [2, 2],
      [0, 2],
    ]),
  );
  const { changed, all } = drag(before, "west", [1, 1], [1, 0.5]);
  assert.ok(changed.has("north"));
  close(total(all), total(before));
});

test("vertices of others on the edges of the one that moves are joined first", () => {
  const before = three();
  before.set(
    "south",
    polygon([
      [0, -1],
      [2, -1],
      [2, 0],
      [1.5, 0],
      [1, 0],
      [0, 0],
    ]),
  );
  const { all } = drag(before, "west", [1, 0], [1, 0.3]);
  close(total(all), total(before));
  assert.ok(ring(all, "east").positions.some(([x, y]) => x === 1.5 && y === 0));
});

test("on its own a shape moves alone", () => {
  const { changed } = drag(three(), "west", [1, 1], [1.2, 0.8], { together: false });
  assert.deepEqual([...changed.keys()], ["west"]);
});

test("a whole shape that moves alone takes its holes along", () => {
  const hole = [
    [0.2, 0.2],
    [0.4, 0.2],
    [0.4, 0.4],
    [0.2, 0.4],
  ];
  const shapes = new Map([
    [
      "a",
      polygon(
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        hole,
      ),
    ],
  ]);
  const path = ring(shapes, "a");
  const after = path.positions.map(([x, y]) => [x + 2, y + 1]);
  const changed = reshape(shapes, "a", path, after, { together: false });
  assert.deepEqual(changed.get("a").coordinates[1][0], [2.2, 1.2]);
});

test("a new vertex on a shared edge stands in both neighbours", () => {
  const before = three();
  const path = ring(before, "west");
  const after = [...path.positions];
  after.splice(2, 0, [1.1, 0.5]);
  const changed = reshape(before, "west", path, after, { together: true });
  assert.deepEqual([...changed.keys()].sort(), ["east", "west"]);
  close(total(lay(before, changed)), total(before));
});

test("a vertex between two shared edges goes from both; where borders part it stays", () => {
  const before = three();
  const bent = lay(before, insertOnEdges(before, [1, 0.5]));
  const straight = removeVertex(bent, [1, 0.5]);
  assert.deepEqual([...straight.keys()].sort(), ["east", "west"]);
  close(total(lay(bent, straight)), total(before));
  assert.equal(removeVertex(before, [1, 1]), null);
  assert.equal(removeVertex(before, [1, 0]), null, "on the outer border two areas part");
});

test("a ring keeps three corners, and stays closed when its first vertex goes", () => {
  const triangle = new Map([
    [
      "a",
      polygon([
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
    ],
  ]);
  assert.equal(removeVertex(triangle, [1, 0]), null);
  const square = new Map([
    [
      "a",
      polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
    ],
  ]);
  const { positions } = ring(removeVertex(square, [0, 0]), "a");
  assert.equal(positions.length, 4);
  assert.deepEqual(positions[0], positions.at(-1));
});

test("what is drawn along a border is joined to it", () => {
  const before = three();
  const drawn = polygon([
    [2, 0.25],
    [3, 0.25],
    [3, 0.75],
    [2, 0.75],
  ]);
  const changed = joinTo(before, listNewVertices([drawn], before.values()));
  assert.deepEqual([...changed.keys()], ["east"]);
  assert.equal(ring(changed, "east").positions.length, 7);
  close(area(changed.get("east")), 1);
});

test("many parts, lines and points are vertices too", () => {
  const shapes = new Map([
    ["parts", { type: "MultiPolygon", coordinates: [three().get("west").coordinates] }],
    [
      "line",
      {
        type: "LineString",
        coordinates: [
          [1, 1],
          [5, 5],
        ],
      },
    ],
    [
      "lines",
      {
        type: "MultiLineString",
        coordinates: [
          [
            [9, 9],
            [8, 8],
          ],
          [
            [1, 1],
            [0, 5],
          ],
        ],
      },
    ],
    ["point", { type: "Point", coordinates: [1, 1] }],
    [
      "points",
      {
        type: "MultiPoint",
        coordinates: [
          [4, 4],
          [1, 1],
        ],
      },
    ],
  ]);
  const moved = moveVertex(shapes, [1, 1], [1, 2]);
  assert.deepEqual([...moved.keys()], [...shapes.keys()]);
  assert.deepEqual(moved.get("point").coordinates, [1, 2]);
  assert.deepEqual(moved.get("points").coordinates, [
    [4, 4],
    [1, 2],
  ]);
  assert.deepEqual(moved.get("lines").coordinates[1][0], [1, 2]);
  assert.deepEqual(mapPositions(shapes.get("line"), ([x, y]) => [x + 1, y]).coordinates[0], [2, 1]);
});

test("many random moves of shared borders change no total and leave no crack", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  let shapes = three();
  for (let step = 0; step < 60; step += 1) {
    const inner = [...shapes.keys()].flatMap((key) =>
      ring(shapes, key).positions.filter(([x, y]) => x > 0 && x < 2 && y > 0 && y < 2),
    );
    const from = inner[Math.floor(random() * inner.length)];
    const key = [...shapes.keys()].find((each) =>
      ring(shapes, each).positions.some((position) => String(position) === String(from)),
    );
    const to = [from[0] + (random() - 0.5) * 0.02, from[1] + (random() - 0.5) * 0.02];
    shapes = drag(shapes, key, from, to).all;
  }
  close(total(shapes), 4);
});

test("a place snaps to a vertex before a line, to a line near it, else to nothing", () => {
  const shapes = [...three().values()];
  assert.deepEqual(findSnap([1.001, 0.999], shapes, 0.01), [1, 1]);
  const [x, y] = findSnap([1.003, 0.5], shapes, 0.01);
  close(x, 1);
  close(y, 0.5);
  assert.equal(findSnap([0.5, 0.5], shapes, 0.01), null);
  assert.equal(
    findSnap([1.001, 0.999], shapes, 0.01, () => true),
    null,
  );
});

test("vertices are written and read as text", () => {
  const positions = [
    [30.5, 50.4],
    [30.6, 50.4],
    [30.6, 50.5],
  ];
  const closed = [...positions, positions[0]];
  assert.deepEqual(readPositions(writePositions(closed), true), closed);
  assert.deepEqual(readPositions("50.4 30.5\n50.4;30.6\n50.5, 30.6\n", true), closed);
  assert.equal(readPositions("50.4, 30.5\n50.4", false), null);
  assert.equal(readPositions("50.4, 30.5\n50.4, 30.6", true), null);
  assert.equal(readPosition("50, 200"), null);
  assert.equal(readPosition("схід"), null);
});

const square = (x, y, side) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

test("all paths are written and read, an empty line between two", () => {
  const outer = { at: [0], closed: true, positions: square(0, 0, 4) };
  const hole = { at: [1], closed: true, positions: square(1, 1, 1) };
  const text = writePaths([outer, hole]);
  assert.equal(text.split("\n\n").length, 2);
  assert.deepEqual(readPaths(text, [outer, hole]), [outer.positions, hole.positions]);
  assert.equal(readPaths(text, [outer]), null);
  assert.equal(readPaths("слова\n\nслова", [outer, hole]), null);
});

test("a ring without one of its vertices stays closed, its first one too", () => {
  const ring = { at: [0], closed: true, positions: square(0, 0, 1) };
  for (const at of [0, 2, 4]) {
    const left = withoutVertex(ring, at);
    assert.equal(left.length, 4);
    assert.deepEqual(left[0], left[3]);
  }
  const line = {
    at: [],
    closed: false,
    positions: [
      [0, 0],
      [1, 1],
      [2, 0],
    ],
  };
  assert.deepEqual(withoutVertex(line, 1), [
    [0, 0],
    [2, 0],
  ]);
});

test("a finger finds the vertex that is nearest, and none that is far", () => {
  const ring = { at: [0], closed: true, positions: square(0, 0, 1) };
  assert.equal(findVertex([0.9, 0.95], [ring], 0.3)?.at, 2);
  assert.equal(findVertex([0.5, 0.5], [ring], 0.3), null);
});
