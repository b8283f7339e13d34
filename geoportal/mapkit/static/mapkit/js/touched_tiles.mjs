/** Which tiles of a map's sources are to be asked for anew, told those of zooms 0 to 14 that changed. */

const DEEPEST_ZOOM = 14;
const ADDRESS = /\/tiles\/(?:([^/?]+)\/)?\{z\}\/\{x\}\/\{y\}\.mvt/;
const PROBLEMS_ADDRESS = /\/problems\/tiles\/\{z\}/;

/** @typedef {{ x: number, y: number, z: number }} TileId */

/**
 * The slugs of layers in the tiles of a source of the portal, by its address.
 *
 * @param {string} template
 * @returns {string[]}
 */
export function slugsOf(template) {
  if (PROBLEMS_ADDRESS.test(template)) return ["problems"];
  const [, slugs] = ADDRESS.exec(template) ?? [];
  return slugs ? decodeURIComponent(slugs).split(",") : [];
}

/** @param {TileId} tile */
export function nameTile({ x, y, z }) {
  return `${z}/${x}/${y}`;
}

/**
 * The tile of zooms 0 to 14 by whose changes a tile goes: itself, or the one of zoom 14 around it.
 *
 * @param {TileId} tile
 */
export function nameChanged({ x, y, z }) {
  const up = Math.max(0, z - DEEPEST_ZOOM);
  return nameTile({ x: x >> up, y: y >> up, z: z - up });
}

/**
 * All changes that concern the layers of one source; `null`: all of it.
 *
 * @param {string[]} slugs
 * @param {Record<string, string[] | null>} layers
 * @returns {string[] | null}
 */
export function gatherChanges(slugs, layers) {
  const told = slugs.filter((slug) => slug in layers).map((slug) => layers[slug]);
  return told.includes(null) ? null : /** @type {string[][]} */ (told).flat();
}
