import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlace } from "../../geoportal/web/static/web/js/report/photo_place.mjs";

/** A JPEG that holds nothing but Exif with a GPS IFD; degrees as three rationals. */
function buildPhoto({ little = true, lat = [50, 27, 36], lon = [30, 31, 12], south = false } = {}) {
  const tiff = new DataView(new ArrayBuffer(200));
  const short = (at, value) => tiff.setUint16(at, value, little);
  const long = (at, value) => tiff.setUint32(at, value, little);
  const text = (at, letters) =>
    [...letters].forEach((letter, place) => {
      tiff.setUint8(at + place, letter.charCodeAt(0));
    });
  const entry = (at, tag, type, count) => {
    short(at, tag);
    short(at + 2, type);
    long(at + 4, count);
    return at + 8;
  };
  text(0, little ? "II" : "MM");
  short(2, 42);
  long(4, 8);
  short(8, 1);
  long(entry(10, 0x8825, 4, 1), 26);
  short(26, 4);
  text(entry(28, 1, 2, 2), south ? "S" : "N");
  long(entry(40, 2, 5, 3), 100);
  text(entry(52, 3, 2, 2), "E");
  long(entry(64, 4, 5, 3), 124);
  for (const [start, parts] of [
    [100, lat],
    [124, lon],
  ]) {
    parts.forEach((part, place) => {
      long(start + place * 8, part);
      long(start + place * 8 + 4, 1);
    });
  }
  const head = [0xff, 0xd8, 0xff, 0xe1, 0x00, 0xd0, ...Buffer.from("Exif\0\0")];
  return new Blob([new Uint8Array(head), tiff.buffer, new Uint8Array([0xff, 0xda, 0, 0])]);
}

test("the place is read in both orders of bytes", async () => {
  for (const little of [true, false]) {
    const { lon, lat } = await readPlace(buildPhoto({ little }));
    assert.ok(Math.abs(lat - 50.46) < 1e-9);
    assert.ok(Math.abs(lon - 30.52) < 1e-9);
  }
});

test("south is negative", async () => {
  assert.ok((await readPlace(buildPhoto({ south: true }))).lat < 0);
});

test("what is no place on the Earth, no JPEG or cut off gives none", async () => {
  assert.equal(await readPlace(buildPhoto({ lat: [95, 0, 0] })), null);
  assert.equal(await readPlace(buildPhoto({ lat: [0, 0, 0], lon: [0, 0, 0] })), null);
  assert.equal(await readPlace(new Blob(["#!/bin/sh\n"])), null);
  assert.equal(await readPlace(buildPhoto().slice(0, 60)), null);
  assert.equal(await readPlace(new Blob([])), null);
});
