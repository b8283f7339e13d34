/**
 * A fault of one style layer does not take the map with it. MapLibre refuses a whole style for one
 * wrong expression; what it names is left out here, and the rest is given to it again.
 */

import { element } from "../../interface/js/elements.mjs";
import { gettext, interpolate } from "../../interface/js/i18n.mjs";
import { findSource, readMetadata } from "./metadata.mjs";

const LAYER = /^layers\[(\d+)\]/;
const SOURCE = /^sources\.([\w-]+)/;

/** @typedef {{ places: Set<string>, sources: Set<string> }} Refusals */

/**
 * Which layers (by their place) and sources of a style an error of MapLibre names.
 *
 * @param {string} message
 */
export function readRefusal(message) {
  return { place: LAYER.exec(message)?.[1] ?? null, source: SOURCE.exec(message)?.[1] ?? null };
}

/**
 * The style without those layers and sources, and the style layers that it loses.
 *
 * @param {MapStyle} style
 * @param {Refusals} refused
 */
export function dropRefused(style, { places, sources }) {
  /** @type {(layer: StyleLayer, place: number) => boolean} */
  const isRefused = (layer, place) =>
    places.has(String(place)) || Boolean(layer && sources.has(findSource(layer) ?? ""));
  return {
    style: {
      ...style,
      sources: Object.fromEntries(
        Object.entries(style.sources).filter(([name]) => !sources.has(name)),
      ),
      layers: style.layers.filter((layer, place) => !isRefused(layer, place)),
    },
    dropped: style.layers.filter(isRefused),
  };
}

/**
 * Give the map its styles through the function that this returns; `first` it has already.
 * `tell(slugs)` hears which layers of ours are not drawn in full.
 *
 * @param {MapLibre} map
 * @param {MapStyle} first
 * @param {(slugs: string[]) => void} tell
 */
export function leaveOutRefused(map, first, tell) {
  let given = first;
  /** @type {Refusals | null} */
  let refused = null;

  const giveAgain = () => {
    if (!refused) return;
    const { style, dropped } = dropRefused(given, refused);
    refused = null;
    if (!dropped.length) return;
    console.warn("left out of the map", dropped);
    use(style);
    const slugs = new Set(dropped.map((layer) => readMetadata(layer).layer ?? ""));
    slugs.delete("");
    if (slugs.size) tell([...slugs]);
  };
  /** @type {(style: MapStyle) => void} */
  const use = (style) => {
    given = style;
    map.setStyle(style);
  };
  // MapLibre tells all faults of a style in one go.
  map.on("error", ({ error }) => {
    const { place, source } = readRefusal(error?.message ?? "");
    if (!place && !source) return;
    if (!refused) {
      refused = { places: new Set(), sources: new Set() };
      queueMicrotask(giveAgain);
    }
    if (place) refused.places.add(place);
    if (source) refused.sources.add(source);
  });
  return use;
}

/**
 * A sentence for people; `titles` of layers, or their slugs.
 *
 * @param {string[]} titles
 */
export function sayRefused(titles) {
  const text = gettext(
    "Not drawn in full, because of a fault in the style: %(layers)s. The rest of the map is right.",
  );
  return interpolate(text, { layers: titles.join(", ") });
}

/**
 * Where a page has no place for messages: a line over the map.
 *
 * @param {HTMLElement} container
 * @param {string[]} slugs
 */
export function noteRefused(container, slugs) {
  container.querySelector(".map-refused")?.remove();
  container.append(element("p", { class: "map-refused", role: "status" }, sayRefused(slugs)));
}
