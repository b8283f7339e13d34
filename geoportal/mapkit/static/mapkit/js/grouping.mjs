/**
 * Layers that are on when the map opens, and are drawn at the same zooms, come together in one tile:
 * a view asks once where it would ask for each. A layer that is switched on later has tiles of its
 * own, and one that is switched off is only hidden, so a switch asks for no other layer again.
 */

// As many as a tile is quick with; the server takes twice that.
const LAYERS_A_TILE = 8;
const PREFIX = "together-";

/** By id of a source, the id of the group it joins; the order is that of the style. */
export function planGroups(style, isShown) {
  const waiting = new Map();
  for (const [id, source] of Object.entries(style.sources)) {
    if (!isLayersOwn(style, id, source) || !isShown(id)) continue;
    const zooms = `${source.minzoom}-${source.maxzoom}`;
    if (!waiting.has(zooms)) waiting.set(zooms, []);
    waiting.get(zooms).push(id);
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

/** Join the sources of a style by the plan that was made when the map opened. */
export function joinSources(style, plan) {
  const groups = new Map();
  for (const [id, group] of plan) {
    if (!(id in style.sources)) continue;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(id);
  }
  for (const [group, ids] of groups) {
    const [first] = ids;
    const tiles = style.sources[first].tiles.map((address) =>
      address.replace(`/tiles/${first}/`, `/tiles/${ids.join(",")}/`),
    );
    style.sources[group] = { ...style.sources[first], tiles };
    for (const id of ids) delete style.sources[id];
  }
  for (const layer of style.layers) {
    if (plan.has(layer.source)) layer.source = plan.get(layer.source);
  }
}

/** A source of one layer of the portal, of the same name: not the ground's, not problems. */
function isLayersOwn(style, id, source) {
  return (
    source.type === "vector" &&
    source.tiles.every((address) => address.includes(`/tiles/${id}/`)) &&
    style.layers.some((layer) => layer.source === id && layer.metadata?.layer === id) &&
    style.layers.every((layer) => layer.source !== id || !layer.metadata?.ground)
  );
}
