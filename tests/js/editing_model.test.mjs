/** Steps forth and back, what is sent, and how a conflict is settled. */

import assert from "node:assert/strict";
import test from "node:test";
import { EditModel } from "../../geoportal/staff/static/staff/js/editing/model.mjs";

const feature = (id, version = 1, properties = { name: id, height: 1 }) => ({
  id,
  geometry: { type: "Point", coordinates: [30, 50] },
  properties,
  internal: { note: "n" },
  visibility: "public",
  version,
});
const at = (x) => ({ type: "Point", coordinates: [x, 50] });

function started() {
  const model = new EditModel();
  model.load([feature("a"), feature("b")]);
  return model;
}

test("only what differs is sent, with the version that was read", () => {
  const model = started();
  model.applyShapes(new Map([["a", at(31)]]));
  model.apply(new Map([["b", null]]));
  const made = model.make(at(32), { properties: { name: "c" } });
  model.apply(new Map([[made.id, made]]));
  assert.deepEqual(model.buildEdits(), {
    adds: [
      {
        type: "Feature",
        geometry: at(32),
        properties: { name: "c" },
        internal: {},
        visibility: "public",
      },
    ],
    changes: [{ type: "Feature", id: "a", version: 1, geometry: at(31) }],
    removals: [{ id: "b", version: 1 }],
  });
  assert.deepEqual(model.listEdited(), { adds: [made.id], changes: ["a"] });
  assert.deepEqual(
    ["a", "b", made.id, "x"].map((key) => model.tellState(key)),
    ["changed", "removed", "added", "same"],
  );
  assert.deepEqual(
    model.list().map(({ id }) => id),
    ["a", made.id],
  );
});

test("each step goes back and forth; a new step forgets what was taken back", () => {
  const model = started();
  model.applyShapes(new Map([["a", at(31)]]));
  model.applyShapes(new Map([["a", at(32)]]));
  model.undo();
  assert.equal(model.find("a").geometry.coordinates[0], 31);
  model.redo();
  assert.equal(model.find("a").geometry.coordinates[0], 32);
  model.undo();
  model.undo();
  assert.equal(model.countEdits(), 0);
  assert.ok(model.canRedo && !model.canUndo);
  model.apply(new Map([["b", null]]));
  assert.equal(model.canRedo, false);
});

test("a change that was changed back is none; one that was made and removed is none", () => {
  const model = started();
  model.applyShapes(new Map([["a", at(31)]]));
  model.applyShapes(new Map([["a", at(30)]]));
  const made = model.make(at(1));
  model.apply(new Map([[made.id, made]]));
  model.apply(new Map([[made.id, null]]));
  assert.equal(model.countEdits(), 0);
});

test("what is read again does not overwrite what is being edited", () => {
  const model = started();
  model.applyShapes(new Map([["a", at(31)]]));
  model.load([feature("a", 2), feature("b", 2)]);
  assert.equal(model.buildEdits().changes[0].version, 1);
  assert.equal(model.findBase("b").version, 2);
});

test("after saving the features stand as the portal has them and nothing is left to save", () => {
  const model = started();
  model.apply(new Map([["b", null]]));
  const made = model.make(at(32));
  model.apply(new Map([[made.id, made]]));
  model.accept([feature("c", 9)]);
  assert.deepEqual(
    model.list().map(({ id }) => id),
    ["a", "c"],
  );
  assert.ok(!model.canUndo && model.countEdits() === 0);
});

test("mine keeps what only they changed and goes on from their version", () => {
  const model = started();
  const mine = { ...feature("a"), geometry: at(31), properties: { name: "a", height: 5 } };
  model.apply(new Map([["a", mine]]));
  model.settle({ id: "a", feature: feature("a", 7, { name: "їхня", height: 3 }) }, "mine");
  const [change] = model.buildEdits().changes;
  assert.deepEqual(change, {
    type: "Feature",
    id: "a",
    version: 7,
    geometry: at(31),
    properties: { height: 5 },
  });
  assert.equal(model.find("a").properties.name, "їхня");
  assert.equal(model.canUndo, false);
});

test("theirs drops mine", () => {
  const model = started();
  model.applyShapes(
    new Map([
      ["a", at(31)],
      ["b", at(33)],
    ]),
  );
  model.settle({ id: "a", feature: feature("a", 7) }, "theirs");
  assert.deepEqual(
    model.buildEdits().changes.map(({ id }) => id),
    ["b"],
  );
  assert.equal(model.find("a").version, 7);
});

test("of a feature that they removed mine is added again under its key, theirs is gone", () => {
  const model = started();
  model.applyShapes(
    new Map([
      ["a", at(31)],
      ["b", at(33)],
    ]),
  );
  model.settle({ id: "a", feature: null }, "mine");
  model.settle({ id: "b", feature: null }, "theirs");
  const { adds, changes } = model.buildEdits();
  assert.deepEqual(
    adds.map(({ id }) => id),
    ["a"],
  );
  assert.deepEqual(changes, []);
  assert.equal(model.find("b"), null);
});

test("what I removed and they changed goes with their version, or stays", () => {
  for (const choice of ["mine", "theirs"]) {
    const model = started();
    model.apply(new Map([["a", null]]));
    model.settle({ id: "a", feature: feature("a", 7) }, choice);
    const removals = choice === "mine" ? [{ id: "a", version: 7 }] : [];
    assert.deepEqual(model.buildEdits().removals, removals);
  }
});
