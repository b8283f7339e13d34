/**
 * The roomiest point of an area, its pole of inaccessibility, by quartering cells
 * (D. Garcia-Castellanos, U. Lombardo, 2007; V. Agafonkin, polylabel).
 */

const PRECISION = 0.03;
const CELLS_MAX = 400;

/** @typedef {{ x: number, y: number, half: number, room: number, hope: number }} Cell */

/**
 * Rings in degrees. `room` is the distance to the nearest border in degrees of latitude.
 *
 * @param {GeoJSON.Position[][]} rings
 * @returns {Room}
 */
export function findRoom(rings) {
  const [west, south, east, north] = boundsOf(rings[0]);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const flat = rings.map((ring) => ring.map(([lon, lat]) => [lon * squeeze, lat]));
  const width = (east - west) * squeeze;
  const height = north - south;
  const size = Math.min(width, height);
  /** @type {(x: number, y: number, half: number) => Cell} */
  const cell = (x, y, half) => {
    const room = signedDistance(flat, x, y);
    return { x, y, half, room, hope: room + half * Math.SQRT2 };
  };
  let best = cell(west * squeeze + width / 2, south + height / 2, 0);
  if (!size) return answer(best, squeeze);
  /** @type {Cell[]} */
  const queue = [];
  for (let x = west * squeeze; x < east * squeeze; x += size) {
    for (let y = south; y < north; y += size)
      queue.push(cell(x + size / 2, y + size / 2, size / 2));
  }
  for (let count = 0; count < CELLS_MAX; count += 1) {
    queue.sort((first, second) => first.hope - second.hope);
    const next = queue.pop();
    if (!next) break;
    if (next.room > best.room) best = next;
    if (next.hope - best.room <= size * PRECISION) continue;
    const half = next.half / 2;
    for (const [dx, dy] of [
      [-half, -half],
      [half, -half],
      [-half, half],
      [half, half],
    ]) {
      queue.push(cell(next.x + dx, next.y + dy, half));
    }
  }
  return answer(best, squeeze);
}

/**
 * @param {Cell} cell
 * @param {number} squeeze
 */
function answer({ x, y, room }, squeeze) {
  return { lon: x / squeeze, lat: y, room };
}

/**
 * @param {GeoJSON.Position[]} ring
 * @returns {Bounds}
 */
function boundsOf(ring) {
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/**
 * To the nearest border; negative outside.
 *
 * @param {GeoJSON.Position[][]} rings
 * @param {number} x
 * @param {number} y
 */
function signedDistance(rings, x, y) {
  let inside = false;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      nearest = Math.min(nearest, squaredDistance(x, y, ax, ay, bx, by));
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 */
function squaredDistance(x, y, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}
