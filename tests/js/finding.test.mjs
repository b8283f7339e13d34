import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findAround,
  findIn,
  listIn,
  need,
  needIn,
} from "../../geoportal/interface/static/interface/js/finding.mjs";
import { findSwitched } from "../../geoportal/mapkit/static/mapkit/js/metadata.mjs";

class Element {
  closest() {
    return this;
  }
}
class HTMLElement extends Element {}
class HTMLInputElement extends HTMLElement {}
const [drawing, text, input] = [new Element(), new HTMLElement(), new HTMLInputElement()];
const known = { text, input, drawing };
/** A page that knows its elements by their names. */
const root = {
  querySelector: (name) => known[name] ?? null,
  querySelectorAll: () => Object.values(known),
};

Object.assign(globalThis, {
  Element,
  HTMLElement,
  document: { getElementById: (id) => known[id] ?? null },
});

test("what a page surely has is given as what it is", () => {
  assert.equal(need("text"), text);
  assert.equal(need("input", HTMLInputElement), input);
  assert.equal(needIn(root, "input", HTMLInputElement), input);
});

test("what is missing, or is something else, is named", () => {
  assert.throws(() => need("nothing"), /the page has no #nothing$/);
  assert.throws(() => need("text", HTMLInputElement), /no #text that is a HTMLInputElement/);
  assert.throws(() => needIn(root, "drawing"), /the page has no drawing/);
});

test("what a page may lack is null, and lists hold one kind only", () => {
  assert.equal(findIn(root, "nothing"), null);
  assert.equal(findIn(root, "text", HTMLInputElement), null);
  assert.deepEqual(listIn(root, "*"), [text, input]);
  assert.deepEqual(listIn(root, "*", HTMLInputElement), [input]);
});

test("an event that comes from no element is around nothing", () => {
  assert.equal(findAround({ target: input }, "input"), input);
  assert.equal(findAround({ target: null }, "input"), null);
  assert.equal(findAround({ target: drawing }, "input"), null);
});

test("the ground is not switched", () => {
  assert.equal(findSwitched({ metadata: { layer: "parks", ground: false } }), "parks");
  assert.equal(findSwitched({ metadata: { layer: "water", ground: true } }), null);
  assert.equal(findSwitched({}), null);
});
