/** Small sums over GeoJSON geometries in degrees. */

export const METRES_A_DEGREE = 111320;

/**
 * @param {Coordinates} coordinates
 * @returns {Generator<GeoJSON.Position>}
 */
export function* listVertices(coordinates) {
  for (const part of coordinates) {
    if (typeof part === "number") {
      yield/** @type {GeoJSON.Position} */ (coordinates);
      return;
    }
    yield* listVertices(part);
  }
}

/**
 * @param {GeoJSON.Geometry} geometry
 * @returns {Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>[]}
 */
function listParts(geometry) {
  return geometry.type === "GeometryCollection"
    ? geometry.geometries.flatMap(listParts)
    : [geometry];
}

/**
 * West, south, east, north of a geometry.
 *
 * @param {GeoJSON.Geometry} geometry
 * @returns {Bounds}
 */
export function findBounds(geometry) {
  /** @type {Bounds} */
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of listParts(geometry)) {
    for (const [lon, lat] of listVertices(part.coordinates)) {
      bounds[0] = Math.min(bounds[0], lon);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lon);
      bounds[3] = Math.max(bounds[3], lat);
    }
  }
  return bounds;
}

/**
 * Metres from a point to the nearest vertex, 0 inside an area; on a plane, good within a town.
 *
 * @param {GeoJSON.Geometry} geometry
 * @param {Degrees} place
 */
export function measureDistance(geometry, { lng, lat }) {
  if (geometry.type === "Polygon" || geometry.type === "MultiPolygon") {
    const areas = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    if (areas.some((rings) => isInside(rings, lng, lat))) return 0;
  }
  const squeeze = Math.cos((lat * Math.PI) / 180);
  let nearest = Infinity;
  for (const part of listParts(geometry)) {
    for (const [x, y] of listVertices(part.coordinates))
      nearest = Math.min(nearest, Math.hypot((x - lng) * squeeze, y - lat) * METRES_A_DEGREE);
  }
  return nearest;
}

/**
 * Even-odd rule over all rings, holes included.
 *
 * @param {GeoJSON.Position[][]} rings
 * @param {number} lon
 * @param {number} lat
 */
function isInside(rings, lon, lat) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x1, y1] = ring[i];
      const [x2, y2] = ring[j];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1)
        inside = !inside;
    }
  }
  return inside;
}

/**
 * A circle of metres as a polygon.
 *
 * @param {number} lon
 * @param {number} lat
 * @param {number} radius
 * @returns {GeoJSON.Polygon}
 */
export function drawCircle(lon, lat, radius) {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const ring = Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 64) * 2 * Math.PI;
    return [
      lon + (radius * Math.cos(angle)) / (METRES_A_DEGREE * squeeze),
      lat + (radius * Math.sin(angle)) / METRES_A_DEGREE,
    ];
  });
  return { type: "Polygon", coordinates: [ring] };
}
