/** An unsaved style in place of the one that stands, on the map of the style editor. */

import { findSource, readMetadata } from "../../../mapkit/js/metadata.mjs";

/** @typedef {Record<Theme, StyleLayer[]>} Drawn style layers by theme, complete but for the source */

/**
 * The style with the layers of one of ours replaced: in their place, from the same source.
 *
 * @param {MapStyle} style
 * @param {string} slug
 * @param {StyleLayer[]} drawn
 */
export function replaceLayers(style, slug, drawn) {
  const place = style.layers.findIndex((layer) => readMetadata(layer).layer === slug);
  if (place < 0) return;
  const source = findSource(style.layers[place]);
  const others = style.layers.filter((layer) => readMetadata(layer).layer !== slug);
  const fresh = drawn.map((layer) => Object.assign({}, layer, { source }));
  others.splice(place, 0, ...fresh);
  style.layers = others;
}

/** Draws what `show` was given last, in every theme. */
export class PreviewLayer {
  /** @type {Drawn | null} */
  #drawn = null;
  #redraw = () => {};

  /** @param {string} slug */
  constructor(slug) {
    this.slug = slug;
  }

  /**
   * @param {MapLibre} _map
   * @param {() => void} redraw
   */
  attach(_map, redraw) {
    this.#redraw = redraw;
  }

  /**
   * @param {MapStyle} style
   * @param {Theme} theme
   */
  addTo(style, theme) {
    if (this.#drawn) replaceLayers(style, this.slug, structuredClone(this.#drawn[theme]));
  }

  /** @param {Drawn} drawn */
  show(drawn) {
    this.#drawn = drawn;
    this.#redraw();
  }
}
