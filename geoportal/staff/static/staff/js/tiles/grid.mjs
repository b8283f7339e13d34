/** Tiles of the Web Mercator grid in a view, and what the headers of their answers say. */

const LIMIT = 85.0511;

/**
 * @typedef {{ z: number, x: number, y: number }} TilePlace
 * @typedef {{ attributes: boolean, kept: number, shapes: { layer: string, left: number }[] }} Dropped
 * @typedef {TilePlace & { bytes: number, built: number | null, version: string, dropped: Dropped }} Measured
 */

/**
 * The tiles of a zoom that meet a box of degrees, from the north-west on; at most `most` of them.
 *
 * @param {[number, number, number, number]} bounds west, south, east, north
 * @param {number} z
 * @param {number} most
 * @returns {TilePlace[]}
 */
export function listTiles([west, south, east, north], z, most) {
  const last = 2 ** z - 1;
  /** @type {(value: number) => number} */
  const clamp = (value) => Math.min(last, Math.max(0, Math.floor(value)));
  const [left, right] = [west, east].map((lon) => clamp(((lon + 180) / 360) * 2 ** z));
  const [top, bottom] = [north, south].map((lat) => clamp(findRow(lat) * 2 ** z));
  const found = [];
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      if (found.length === most) return found;
      found.push({ z, x, y });
    }
  return found;
}

/**
 * 0 in the north of the grid, 1 in its south.
 *
 * @param {number} lat
 */
function findRow(lat) {
  const angle = (Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180;
  return (1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2;
}

/**
 * @param {TilePlace} tile
 * @returns {GeoJSON.Polygon}
 */
export function drawTile({ z, x, y }) {
  const side = 2 ** z;
  const [west, east] = [x, x + 1].map((column) => (column / side) * 360 - 180);
  const [north, south] = [y, y + 1].map(
    (row) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI,
  );
  const ring = [
    [west, north],
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  return { type: "Polygon", coordinates: [ring] };
}

/**
 * The header `Tile-Dropped`: a list (RFC 9651).
 *
 * @param {string | null} header
 * @returns {Dropped}
 */
export function readDropped(header) {
  /** @type {Dropped} */
  const dropped = { attributes: false, kept: 1, shapes: [] };
  for (const [, name, rest] of (header ?? "").matchAll(
    /([a-z]+)((?:;[a-z]+=(?:"[^"]*"|[\d.]+))*)/g,
  )) {
    const values = new Map(
      [...rest.matchAll(/;([a-z]+)=(?:"([^"]*)"|([\d.]+))/g)].map((part) => [
        part[1],
        part[2] ?? part[3],
      ]),
    );
    if (name === "attributes") dropped.attributes = true;
    if (name === "features") dropped.kept = Number(values.get("kept") ?? 1);
    if (name === "shapes")
      dropped.shapes.push({
        layer: values.get("layer") ?? "",
        left: Number(values.get("left") ?? 0),
      });
  }
  return dropped;
}

/**
 * The header `Tile-Built` in milliseconds since 1970; `null` where it says nothing.
 *
 * @param {string | null} header
 */
export function readBuilt(header) {
  const seconds = /^@(\d+)$/.exec(header ?? "")?.[1];
  return seconds ? Number(seconds) * 1000 : null;
}

/**
 * Whether anything is not in the tile that is where it lies.
 *
 * @param {Dropped} dropped
 */
export function dropsAnything({ attributes, kept, shapes }) {
  return attributes || kept < 1 || shapes.length > 0;
}

/**
 * The worst first: those that leave out most, then the heaviest.
 *
 * @param {Measured[]} tiles
 */
export function sortWorst(tiles) {
  /** @type {(tile: Measured) => number[]} */
  const rank = ({ bytes, dropped }) => [
    dropped.kept,
    -dropped.shapes.reduce((sum, { left }) => sum + left, 0),
    dropped.attributes ? 0 : 1,
    -bytes,
  ];
  return [...tiles].sort((one, other) => {
    const [mine, theirs] = [rank(one), rank(other)];
    const place = mine.findIndex((value, index) => value !== theirs[index]);
    return place < 0 ? 0 : mine[place] - theirs[place];
  });
}
