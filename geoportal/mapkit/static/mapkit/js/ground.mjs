/**
 * A base map, the town's own file or an outside one, under the community's own layers. It may be missing, slow or broken: then the
 * own ground (streets, buildings, water) is all there is, and nothing else changes.
 */

const PATIENCE_MS = 5000;
const PREFIX = "outside-";

/**
 * Where the style of the base map is; the town's own has one for each theme.
 *
 * @param {MapConfig["ground"]} ground
 * @param {Theme} theme
 */
export function addressGround({ style, themed }, theme) {
  return style && themed ? `${style}&theme=${theme}` : style;
}

/**
 * The outside style by its URL, or `null`.
 *
 * @param {string} url
 * @returns {Promise<MapStyle | null>}
 */
export async function fetchGround(url) {
  if (!url) return null;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      credentials: "omit",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * Put the layers of `ground` above the background and below everything of our own.
 *
 * @param {MapStyle} style
 * @param {MapStyle | null} ground
 * @param {string} attribution
 */
export function layGround(style, ground, attribution) {
  if (!ground?.sources || !Array.isArray(ground.layers)) return;
  for (const [name, source] of Object.entries(ground.sources)) {
    style.sources[PREFIX + name] = Object.assign({ attribution }, source);
  }
  if (typeof ground.sprite === "string") style.sprite = [{ id: "default", url: ground.sprite }];
  const layers = ground.layers.map((layer) => {
    const source = "source" in layer && layer.source ? { source: PREFIX + layer.source } : {};
    return { ...layer, id: PREFIX + layer.id, ...source };
  });
  style.layers.splice(1, 0, ...layers);
}

/**
 * Of an outside source: its failures are not ours to announce.
 *
 * @param {string} [sourceId]
 */
export function isOutside(sourceId) {
  return sourceId === "raster" || (sourceId ?? "").startsWith(PREFIX);
}
