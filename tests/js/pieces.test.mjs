import assert from "node:assert/strict";
import { test } from "node:test";
import "./static_roots.mjs";

const { isPassing, readId, sayProgress, sayRefusal } = await import(
  "../../geoportal/staff/static/staff/js/imports/pieces.mjs"
);

test("what passes by itself is tried again, a refusal is not", () => {
  for (const status of [0, 409, 423, 429, 500, 503]) assert.ok(isPassing(status), `${status}`);
  for (const status of [400, 403, 404, 410, 412, 413, 415]) assert.ok(!isPassing(status));
});

test("progress is told in the unit of the whole file", () => {
  assert.equal(sayProgress(0, 900), "0 of 900 B");
  assert.equal(sayProgress(1536, 10 * 1024), "1.5 of 10 KB");
  assert.equal(sayProgress(8 * 1024 ** 2, 40 * 1024 ** 2), "8 of 40 MB");
  assert.equal(sayProgress(1024 ** 3 / 2, 2 * 1024 ** 3), "0.5 of 2 GB");
});

test("the portal's own sentence is shown, and others where there is none", () => {
  assert.equal(sayRefusal(413, '{"detail": "Too large."}'), "Too large.");
  assert.match(sayRefusal(0, ""), /no connection/);
  assert.match(sayRefusal(502, "<html>Bad gateway"), /could not take/);
});

test("an upload is known by the end of its address", () => {
  const url = "https://misto.example/api/v1/uploads/imports/6f9619ff-8b86-4011-b42d-00c04fc964ff/";
  assert.equal(readId(url), "6f9619ff-8b86-4011-b42d-00c04fc964ff");
  assert.equal(readId("/api/v1/uploads/imports/abc/"), "abc");
});
