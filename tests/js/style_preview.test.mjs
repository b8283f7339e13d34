/** An unsaved style in place of the one that stands, and the validator's words by theme. */

import assert from "node:assert/strict";
import test from "node:test";
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { replaceLayers } from "../../geoportal/staff/static/staff/js/styles/preview_layer.mjs";
import { listFaults } from "../../geoportal/staff/static/staff/js/styles/validator.mjs";

const own = (slug, source, id) => ({ id, source, metadata: { layer: slug } });

test("drafts stand where the layer stood, with its source, and nothing else moves", () => {
  const style = {
    layers: [
      { id: "background" },
      own("parks", "together-0", "parks--0"),
      own("trees", "together-0", "trees--0"),
      own("trees", "together-0", "trees--1"),
      own("schools", "schools", "schools--0"),
    ],
  };
  replaceLayers(style, "trees", [{ id: "trees--0", source: "trees", type: "circle" }]);
  assert.deepEqual(
    style.layers.map(({ id, source }) => [id, source]),
    [
      ["background", undefined],
      ["parks--0", "together-0"],
      ["trees--0", "together-0"],
      ["schools--0", "schools"],
    ],
  );
});

test("a layer that is not on the map changes nothing", () => {
  const style = { layers: [{ id: "background" }] };
  replaceLayers(style, "trees", [{ id: "trees--0" }]);
  assert.equal(style.layers.length, 1);
});

test("each fault is said with theme and number, and a good style has none", () => {
  const good = { type: "circle", "source-layer": "trees", paint: { "circle-radius": 4 } };
  const wrong = { ...good, paint: { "circle-radius": "4" } };
  assert.deepEqual(listFaults({ light: [good], dark: [good] }, validateStyleMin), []);
  assert.deepEqual(listFaults({ light: [good, wrong], dark: [] }, validateStyleMin), [
    "“light”, item 2: paint.circle-radius: number expected, string found",
  ]);
});
