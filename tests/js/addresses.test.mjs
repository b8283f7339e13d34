import assert from "node:assert/strict";
import { test } from "node:test";
import { cardUrl, itemUrl, pageUrl } from "../../geoportal/mapkit/static/mapkit/js/addresses.mjs";
import { readAddress, writeAddress } from "../../geoportal/web/static/web/js/map/state.mjs";

test("what an address says is written back the same", () => {
  for (const hash of [
    "#map=13.5/50.18000/27.07000&layers=parks,schools&feature=parks/12",
    "#map=15/50.180000/27.070000",
    "#layers=",
    "#feature=trees/a%2Fb",
    "",
  ]) {
    assert.equal(writeAddress(readAddress(hash)), hash);
  }
});

test("what cannot be is left out", () => {
  for (const hash of [
    "#map=99/50/27",
    "#map=14/91/27",
    "#map=x",
    "#feature=/1",
    "#feature=parks/",
  ]) {
    assert.deepEqual(readAddress(hash), { view: null, layers: null, feature: null });
  }
});

test("keys with signs of addresses keep them", () => {
  const place = { layer: "trees", key: "вул. Зелена/7 №1?" };
  assert.equal(
    pageUrl(place),
    `/layers/trees/${encodeURIComponent("вул. Зелена")}/${encodeURIComponent("7 №1?")}/`,
  );
  assert.equal(itemUrl(place), `/ogc/collections/trees/items/${encodeURIComponent(place.key)}`);
  assert.equal(
    cardUrl(place),
    `/api/v1/layers/trees/cards/${encodeURIComponent("вул. Зелена")}/${encodeURIComponent("7 №1?")}/`,
  );
  assert.equal(cardUrl({ layer: "problems", key: 12 }), "/api/v1/problems/12/card/");
  assert.equal(itemUrl({ layer: "problems", key: 12 }), "/api/v1/problems/12/card/");
});
