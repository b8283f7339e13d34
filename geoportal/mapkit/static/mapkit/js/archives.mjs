/** Sources of a style that are PMTiles: files of tiles that are read by byte ranges. */

import * as maplibre from "../../vendor/maplibre-gl/maplibre-gl.mjs";

// As it is published, with what it needs inside: a script that is not a module.
const READER = new URL("../../vendor/pmtiles/pmtiles.js", import.meta.url);
const SCHEME = "pmtiles:";

/** @type {Promise<void> | null} */
let ready = null;

/**
 * MapLibre can read the archives of a style, once this is done.
 *
 * @param {...(MapStyle | null)} styles
 */
export async function prepareArchives(...styles) {
  const sources = styles.flatMap((style) => Object.values(style?.sources ?? {}));
  if (!sources.some(isArchive)) return;
  ready ??= addReader();
  await ready;
}

/** @param {MapStyle["sources"][string]} source */
function isArchive(source) {
  return "url" in source && typeof source.url === "string" && source.url.startsWith(SCHEME);
}

async function addReader() {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${READER} did not load`)));
    script.src = READER.href;
    document.head.append(script);
  });
  const { Protocol } = /** @type {{ pmtiles: typeof import("pmtiles") }} */ (
    /** @type {unknown} */ (globalThis)
  ).pmtiles;
  maplibre.addProtocol("pmtiles", new Protocol().tile);
}
