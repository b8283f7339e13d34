/** How near the map of the editor goes to what it is about. */

import { findBox } from "./paths.mjs";

export const EDGE_PX = 40;
const SNAP_PX = 12;
const NEAR_ZOOM = 17;
const NEAREST_ZOOM = 19;
const WORKING_SHARE = 0.5;
const EARTH_M = 40_075_017;
const TILE_PX = 512;
const SEEN_PX = 160;

/**
 * How far snapping reaches, in degrees of latitude.
 *
 * @param {MapLibre} map
 * @param {GeoJSON.Position} place
 */
export function measureReach(map, [lng, lat]) {
  const { x, y } = map.project([lng, lat]);
  return Math.abs(map.unproject([x, y - SNAP_PX]).lat - lat);
}

/**
 * A place, near enough to see what is there.
 *
 * @param {MapLibre} map
 * @param {[number, number]} place
 * @param {number} size_m of what is there; 0: a point
 */
export function showPlace(map, place, size_m) {
  const metres = EARTH_M * Math.cos((place[1] * Math.PI) / 180);
  const zoom = size_m ? Math.log2((SEEN_PX * metres) / (TILE_PX * size_m)) : NEAR_ZOOM;
  map.jumpTo({ center: place, zoom: Math.min(zoom, NEAR_ZOOM) });
}

/**
 * What is not seen whole comes into view.
 *
 * @param {MapLibre} map
 * @param {GeoJSON.Geometry | null} geometry
 */
export function bringIntoView(map, geometry) {
  const box = findBox(geometry);
  if (!box) return;
  const seen = map.getBounds();
  const inside = seen.contains([box[0], box[1]]) && seen.contains([box[2], box[3]]);
  if (!inside) map.fitBounds(box, { padding: EDGE_PX, maxZoom: NEAR_ZOOM, animate: false });
}

/**
 * What is small on the screen is shown larger before it is reshaped.
 *
 * @param {MapLibre} map
 * @param {GeoJSON.Geometry | null} geometry
 */
export function approach(map, geometry) {
  const box = findBox(geometry);
  if (!box || box[0] === box[2]) return;
  const [from, to] = [map.project([box[0], box[3]]), map.project([box[2], box[1]])];
  const { clientWidth, clientHeight } = map.getContainer();
  const share = Math.max((to.x - from.x) / clientWidth, (to.y - from.y) / clientHeight);
  if (share < WORKING_SHARE)
    map.fitBounds(box, { padding: EDGE_PX, maxZoom: NEAREST_ZOOM, animate: false });
}
