import assert from "node:assert/strict";
import { test } from "node:test";
import {
  drawCircle,
  findBounds,
  measureDistance,
} from "../../geoportal/mapkit/static/mapkit/js/geometry.mjs";

const SQUARE = {
  type: "Polygon",
  coordinates: [
    [
      [27, 50],
      [27.1, 50],
      [27.1, 50.1],
      [27, 50.1],
      [27, 50],
    ],
  ],
};

test("bounds of a collection are those of all its parts", () => {
  const point = { type: "Point", coordinates: [26.5, 50.05] };
  const both = { type: "GeometryCollection", geometries: [SQUARE, point] };
  assert.deepEqual(findBounds(both), [26.5, 50, 27.1, 50.1]);
});

test("inside an area the distance is nothing, outside metres", () => {
  assert.equal(measureDistance(SQUARE, { lng: 27.05, lat: 50.05 }), 0);
  const away = measureDistance({ type: "Point", coordinates: [27, 50] }, { lng: 27, lat: 50.01 });
  assert.ok(Math.abs(away - 1113.2) < 0.1);
});

test("a circle of metres has that radius everywhere", () => {
  const ring = drawCircle(27, 50, 250);
  for (const vertex of ring.coordinates[0]) {
    const point = { type: "Point", coordinates: vertex };
    assert.ok(Math.abs(measureDistance(point, { lng: 27, lat: 50 }) - 250) < 0.01);
  }
});
