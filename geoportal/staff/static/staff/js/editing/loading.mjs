/** Reads the features of a layer to edit: all of a small layer, of a large one those in view. */

import { fetchJson } from "../../../interface/js/requests.mjs";

export const ALL_AT_ONCE = 2000;

/**
 * @typedef {import("./model.mjs").EditedFeature} EditedFeature
 * @typedef {{ features: EditedFeature[], next: string | null }} FeaturePage
 */

/**
 * `null` where there are more in view than can be edited at once.
 *
 * @param {EditorConfig} config
 * @param {MapLibre} map
 * @returns {Promise<EditedFeature[] | null>}
 */
export async function loadFeatures(config, map) {
  if (config.count <= ALL_AT_ONCE) return readAll(`${config.edits}?limit=${ALL_AT_ONCE}`);
  const [[west, south], [east, north]] = map.getBounds().toArray();
  const box = [west, south, east, north].map((each) => each.toFixed(7)).join();
  /** @type {FeaturePage} */
  const page = await fetchJson(`${config.edits}?limit=${ALL_AT_ONCE}&bbox=${box}`);
  return page.next ? null : page.features;
}

/**
 * @param {EditorConfig} config
 * @param {string} key
 * @returns {Promise<EditedFeature>}
 */
export async function loadFeature(config, key) {
  const feature = await fetchJson(`${config.features}${encodeURIComponent(key)}/`);
  return { ...feature, internal: feature.internal ?? {} };
}

/** @param {string} url */
async function readAll(url) {
  /** @type {EditedFeature[]} */
  const features = [];
  for (let next = /** @type {string | null} */ (url); next; ) {
    /** @type {FeaturePage} */
    const page = await fetchJson(next);
    features.push(...page.features);
    next = page.next && new URL(page.next).pathname + new URL(page.next).search;
  }
  return features;
}
