/** Where an object of a layer is asked for, and where its page is. */

import { PROBLEMS } from "./states.mjs";

/**
 * The object as GeoJSON.
 *
 * @param {FeatureRef} ref
 */
export function itemUrl({ layer, key }) {
  if (layer === PROBLEMS) return `/api/v1/problems/${encodeURIComponent(key)}/card/`;
  return `/ogc/collections/${encodeURIComponent(layer)}/items/${encodeURIComponent(key)}`;
}

/**
 * The object's own page; its layer's where the key is empty.
 *
 * @param {FeatureRef} ref
 */
export function pageUrl({ layer, key }) {
  if (layer === PROBLEMS) return `/problems/${encodeURIComponent(key)}/`;
  if (!key) return `/layers/${encodeURIComponent(layer)}/`;
  const path = String(key).split("/").map(encodeURIComponent).join("/");
  return `/layers/${encodeURIComponent(layer)}/${path}/`;
}
