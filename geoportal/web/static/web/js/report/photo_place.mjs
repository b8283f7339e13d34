/**
 * Where a JPEG says that it was taken (Exif 2.3, GPS IFD). Read in the browser and only offered;
 * it never leaves with the report by itself.
 */

const HEAD_BYTES = 256 * 1024;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;
const EXIF = "Exif\0\0";
const GPS_IFD = 0x8825;
const [LAT_REF, LAT, LON_REF, LON] = [1, 2, 3, 4];
const [ASCII, RATIONAL] = [2, 5];

/**
 * `{lon, lat}` in degrees, or `null`.
 *
 * @param {Blob} file
 */
export async function readPlace(file) {
  try {
    const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const start = findExif(view);
    return start === null ? null : readGps(view, start);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Where the TIFF header begins; throws `RangeError` for a file that ends too early.
 *
 * @param {DataView} view
 */
function findExif(view) {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 4 < view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === START_OF_SCAN || marker < 0xff00) return null;
    if (marker === APP1 && readText(view, at + 4, 6) === EXIF) return at + 10;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} length
 */
function readText(view, at, length) {
  return String.fromCharCode(...Array.from({ length }, (_, place) => view.getUint8(at + place)));
}

/**
 * @param {DataView} view
 * @param {number} start
 */
function readGps(view, start) {
  const little = readText(view, start, 2) === "II";
  /** @type {(at: number) => number} */
  const short = (at) => view.getUint16(start + at, little);
  /** @type {(at: number) => number} */
  const long = (at) => view.getUint32(start + at, little);
  /** @type {(at: number) => Map<number, { type: number, count: number, value: number }>} */
  const entries = (at) =>
    new Map(
      Array.from({ length: Math.min(short(at), 200) }, (_, place) => {
        const entry = at + 2 + place * 12;
        return [short(entry), { type: short(entry + 2), count: long(entry + 4), value: entry + 8 }];
      }),
    );
  const pointer = entries(long(4)).get(GPS_IFD);
  if (!pointer) return null;
  const gps = entries(long(pointer.value));
  /** @type {(tag: number, refTag: number, negative: string) => number} */
  const degrees = (tag, refTag, negative) => {
    const [entry, ref] = [gps.get(tag), gps.get(refTag)];
    if (entry?.type !== RATIONAL || entry.count !== 3 || ref?.type !== ASCII) return NaN;
    const parts = [0, 8, 16].map((offset) => {
      const at = long(entry.value) + offset;
      return long(at) / long(at + 4);
    });
    const sum = parts[0] + parts[1] / 60 + parts[2] / 3600;
    return readText(view, start + ref.value, 1) === negative ? -sum : sum;
  };
  const place = { lon: degrees(LON, LON_REF, "W"), lat: degrees(LAT, LAT_REF, "S") };
  const fits = Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 90 && (place.lon || place.lat);
  return fits ? place : null;
}
