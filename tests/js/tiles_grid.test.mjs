import assert from "node:assert/strict";
import { test } from "node:test";
import {
  drawTile,
  listTiles,
  readBuilt,
  readDropped,
  sortWorst,
} from "../../geoportal/staff/static/staff/js/tiles/grid.mjs";

test("the tiles of a view are those that it meets, and no more than are asked for", () => {
  assert.deepEqual(listTiles([-180, -90, 180, 90], 0, 9), [{ z: 0, x: 0, y: 0 }]);
  assert.deepEqual(listTiles([30.5, 50.4, 30.5, 50.4], 15, 9), [{ z: 15, x: 19160, y: 11056 }]);
  assert.equal(listTiles([-180, -85, 180, 85], 2, 99).length, 16);
  assert.equal(listTiles([-180, -85, 180, 85], 2, 5).length, 5);
});

test("the border of a tile is where its place lies", () => {
  const [ring] = drawTile({ z: 1, x: 1, y: 0 }).coordinates;
  assert.deepEqual(ring[0].map(Math.round), [0, 85]);
  assert.deepEqual(ring[2].map(Math.round), [180, 0]);
});

test("what a tile dropped is read as it is written", () => {
  const none = { attributes: false, kept: 1, shapes: [] };
  assert.deepEqual(readDropped(null), none);
  assert.deepEqual(readDropped("attributes, features;kept=0.420"), {
    attributes: true,
    kept: 0.42,
    shapes: [],
  });
  assert.deepEqual(readDropped('shapes;layer="built_up";left=120, shapes;layer="water";left=3'), {
    ...none,
    shapes: [
      { layer: "built_up", left: 120 },
      { layer: "water", left: 3 },
    ],
  });
  assert.equal(readBuilt("@1733030400"), 1733030400000);
  assert.equal(readBuilt(null), null);
});

test("the worst tile is first", () => {
  /** @type {(bytes: number, header: string) => any} */
  const tile = (bytes, header) => ({ bytes, dropped: readDropped(header) });
  const [light, heavy] = [tile(10, ""), tile(900, "")];
  const [named, thin] = [tile(5, "attributes"), tile(5, "attributes, features;kept=0.1")];
  const capped = tile(5, 'shapes;layer="a";left=9');
  assert.deepEqual(sortWorst([light, named, heavy, capped, thin]), [
    thin,
    capped,
    named,
    heavy,
    light,
  ]);
});
