import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isOffered, mustGo } from "../../geoportal/web/static/web/js/report/draft_owners.mjs";

/** What the browser holds; the module reads it at each question. */
function hold(cookie) {
  globalThis.document = { cookie };
}

beforeEach(() => hold(""));

test("a draft is offered to who wrote it, and a visitor's to whoever signs in", () => {
  assert.ok(isOffered("a", "a"));
  assert.ok(isOffered("", "a"));
  assert.ok(!isOffered("a", "b"));
  assert.ok(!isOffered("a", ""));
});

test("another person deletes it; a session that has only expired does not", () => {
  assert.ok(mustGo("a", "b"));
  assert.ok(!mustGo("a", ""));
  assert.ok(!mustGo("a", "a"));
});

test("signing out deletes it", () => {
  hold("csrftoken=x; signed_out=1");
  assert.ok(mustGo("a", ""));
  hold("not_signed_out=1");
  assert.ok(!mustGo("a", ""));
});
