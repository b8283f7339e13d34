import assert from "node:assert/strict";
import { test } from "node:test";
import {
  groupResults,
  nearestUrl,
  sayAbout,
  searchUrl,
} from "../../geoportal/web/static/web/js/search/results.mjs";

const RESULT = {
  group: "address",
  kind: "",
  layer: "addresses",
  layer_title: "Адреси",
  key: "1",
  title: "вулиця Садова, 1",
  subtitle: "Лугомир",
  lon: 27,
  lat: 50,
  distance_m: null,
  note: "",
};

test("results are cut where the group changes, in their order", () => {
  const results = ["kind", "kind", "address", "object"].map((group) => ({ ...RESULT, group }));
  const groups = groupResults(results);
  assert.deepEqual(
    groups.map(({ group, results }) => [group, results.length]),
    [
      ["kind", 2],
      ["address", 1],
      ["object", 1],
    ],
  );
  assert.deepEqual(groupResults([]), []);
});

test("search and the nearest are asked from where one looks", () => {
  const near = /** @type {[number, number]} */ ([27.2389, 50.2556]);
  assert.equal(
    searchUrl("пр-т 5", { limit: 12, near }),
    "/api/v1/search/?q=%D0%BF%D1%80-%D1%82+5&limit=12&lon=27.23890&lat=50.25560",
  );
  assert.equal(searchUrl("a", { limit: 5, near: null }), "/api/v1/search/?q=a&limit=5");
  assert.equal(
    nearestUrl("toilet", near),
    "/nearest/?kinds=toilet&lon=27.23890&lat=50.25560&from=map",
  );
  assert.equal(nearestUrl("toilet", null), "/nearest/?kinds=toilet");
});

test("a result says why it was found, then where it belongs", () => {
  assert.equal(
    sayAbout({ ...RESULT, note: "колишня назва: Леніна" }),
    "колишня назва: Леніна · Лугомир · Адреси",
  );
  assert.equal(sayAbout({ ...RESULT, group: "kind", subtitle: "Шар" }), "Шар");
});
