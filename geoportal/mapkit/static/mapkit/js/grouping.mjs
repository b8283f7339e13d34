/**
 * Layers that are on when the map opens, and are drawn at the same zooms, come together in one tile:
 * a view asks once where it would ask for each. A layer that is switched on later has tiles of its
 * own, and one that is switched off is only hidden, so a switch asks for no other layer again.
 */

import { findSource, readMetadata } from "./metadata.mjs";

// As many as a tile is quick with; the server takes twice that.
const LAYERS_A_TILE = 8;
const PREFIX = "together-";

/**
 * By id of a source, the id of the group it joins; the order is that of the style.
 *
 * @param {MapStyle} style
 * @param {(slug: string) => boolean} isShown
 * @returns {Map<string, string>}
 */
export function planGroups(style, isShown) {
  /** @type {Map<string, string[]>} */
  const waiting = new Map();
  for (const [id, source] of Object.entries(style.sources)) {
    if (source.type !== "vector" || !isLayersOwn(style, id, source) || !isShown(id)) continue;
    const zooms = `${source.minzoom}-${source.maxzoom}`;
    waiting.set(zooms, [...(waiting.get(zooms) ?? []), id]);
  }
  const plan = new Map();
  let number = 0;
  for (const ids of waiting.values()) {
    for (let start = 0; start < ids.length; start += LAYERS_A_TILE) {
      const group = ids.slice(start, start + LAYERS_A_TILE);
      if (group.length === 1) continue;
      for (const id of group) plan.set(id, PREFIX + number);
      number += 1;
    }
  }
  return plan;
}

/**
 * Join the sources of a style by the plan that was made when the map opened.
 *
 * @param {MapStyle} style
 * @param {Map<string, string>} plan
 */
export function joinSources(style, plan) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [id, group] of plan) {
    if (id in style.sources) groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  for (const [group, ids] of groups) {
    const [first] = ids;
    const source = style.sources[first];
    if (source.type !== "vector") continue;
    const tiles = source.tiles?.map((address) =>
      address.replace(`/tiles/${first}/`, `/tiles/${ids.join(",")}/`),
    );
    style.sources[group] = { ...source, tiles };
    for (const id of ids) delete style.sources[id];
  }
  for (const layer of style.layers) {
    const group = plan.get(findSource(layer) ?? "");
    if (group && layer.type !== "background") layer.source = group;
  }
}

/**
 * A source of one layer of the portal, of the same name: not the ground's, not problems.
 *
 * @param {MapStyle} style
 * @param {string} id
 * @param {VectorSource} source
 */
function isLayersOwn(style, id, source) {
  const drawing = style.layers.filter((layer) => findSource(layer) === id);
  return (
    source.tiles?.every((address) => address.includes(`/tiles/${id}/`)) &&
    drawing.some((layer) => readMetadata(layer).layer === id) &&
    drawing.every((layer) => !readMetadata(layer).ground)
  );
}
