/** What a layer of the style draws: which of our layers, and from which source. */

/**
 * `layer` is a slug; `ground`: what is drawn cannot be picked or switched.
 *
 * @param {{ metadata?: unknown }} styleLayer
 * @returns {{ layer?: string, ground?: boolean }}
 */
export function readMetadata({ metadata }) {
  return metadata ?? {};
}

/**
 * The slug of the layer that is switched and picked by it, or `null`.
 *
 * @param {{ metadata?: unknown }} styleLayer
 */
export function findSwitched(styleLayer) {
  const { layer, ground } = readMetadata(styleLayer);
  return layer && !ground ? layer : null;
}

/**
 * The id of its source; a background has none.
 *
 * @param {StyleLayer} styleLayer
 */
export function findSource(styleLayer) {
  return "source" in styleLayer ? styleLayer.source : undefined;
}
