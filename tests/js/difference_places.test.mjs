import assert from "node:assert/strict";
import { test } from "node:test";
import { describePlaces } from "../../geoportal/staff/static/staff/js/difference_places.mjs";

/** @param {number} lon */
const at = (lon) => /** @type {GeoJSON.Point} */ ({ type: "Point", coordinates: [lon, 50] });

test("an object that moved is drawn where it was, below all that stands", () => {
  const places = describePlaces([
    { id: "1", geometry: at(1), action: "added", before: null, after: { geometry: at(1) } },
    {
      id: "2",
      geometry: at(2),
      action: "changed",
      before: { geometry: at(3) },
      after: { geometry: at(2) },
    },
  ]);
  assert.deepEqual(
    places.map(({ geometry, properties }) => [geometry, properties.key, properties.earlier]),
    [
      [at(3), "2", true],
      [at(1), "1", false],
      [at(2), "2", false],
    ],
  );
});

test("what has no place, or changed at its place, is drawn once or not at all", () => {
  const sides = { before: { geometry: at(1) }, after: { geometry: at(1) } };
  const places = describePlaces([
    { id: "1", geometry: at(1), action: "changed", ...sides },
    { id: "2", geometry: null, action: "removed", before: { geometry: null }, after: null },
  ]);
  assert.deepEqual(
    places.map(({ properties }) => properties),
    [{ key: "1", action: "changed", earlier: false }],
  );
});
