/** Where an object of a layer is asked for, and where its page is. */

import { currentLanguage } from "../../interface/js/i18n.mjs";
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
 * The object with what its card says of it first.
 *
 * @param {FeatureRef} ref
 */
export function cardUrl({ layer, key }) {
  if (layer === PROBLEMS) return itemUrl({ layer, key });
  const words = currentLanguage() === "uk" ? "" : `?lang=${currentLanguage()}`;
  return `/api/v1/layers/${encodeURIComponent(layer)}/cards/${encodePath(key)}/${words}`;
}

/** @param {string | number} key */
function encodePath(key) {
  return String(key).split("/").map(encodeURIComponent).join("/");
}

/**
 * The object's own page; its layer's where the key is empty.
 *
 * @param {FeatureRef} ref
 */
export function pageUrl({ layer, key }) {
  if (layer === PROBLEMS) return `/problems/${encodeURIComponent(key)}/`;
  if (!key) return `/layers/${encodeURIComponent(layer)}/`;
  return `/layers/${encodeURIComponent(layer)}/${encodePath(key)}/`;
}
