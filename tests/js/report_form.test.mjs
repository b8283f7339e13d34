import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, stem } from "../../geoportal/web/static/web/js/report/categories.mjs";
import { readSize } from "../../geoportal/web/static/web/js/report/photo_size.mjs";

test("a category is found by another form of its word", () => {
  assert.ok(fit(["безпритульні", "собаки"], ["собака"].map(stem)));
  assert.ok(fit(["ліхтар"], ["ліхтарів"].map(stem)));
  assert.ok(fit(["яма"], ["яма"].map(stem)));
  assert.ok(!fit(["яма"], ["собака"].map(stem)));
});

test("the size of a JPEG and of a PNG stands in its head", () => {
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc2, 0, 17, 8];
  assert.deepEqual(readSize(view([...jpeg, 0x23, 0x28, 0x1f, 0x40, 3])), [8000, 9000]);
  const png = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  assert.deepEqual(readSize(view([...png, 0, 0, 1, 0, 0, 0, 0, 9])), [256, 9]);
  assert.equal(readSize(view(jpeg.slice(0, 12))), null);
  assert.equal(readSize(view([1, 2, 3, 4, 5])), null);
});

/** @param {number[]} bytes */
function view(bytes) {
  return new DataView(Uint8Array.from(bytes).buffer);
}
