/**
 * «In view»: the same objects as on the map, as a list for the keyboard and screen readers; problems
 * have a list of their own above it, and are only counted here.
 */

import { element, layerSample } from "../../../interface/js/elements.mjs";
import { findIn } from "../../../interface/js/finding.mjs";
import { formatDistance, formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { pageUrl } from "../../../mapkit/js/addresses.mjs";
import { nameFeature } from "../../../mapkit/js/values.mjs";

const SHOWN_MAX = 100;
const ANNOUNCE_AFTER_MS = 1200;

/** @typedef {Record<"items" | "summary" | "badge" | "live", HTMLElement>} Parts */
/**
 * @typedef {{
 *   open: (hit: Hit) => void,
 *   hint: (hit: Hit | null) => void,
 *   layerOf: (slug: string) => LayerDocument | undefined,
 * }} Actions
 */

export class ViewList {
  #parts;
  #actions;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcing;
  /** @type {Hit[]} */
  #hits = [];
  #anyLayer = false;
  #fromPerson = false;
  #problems = 0;

  /**
   * @param {Parts} parts
   * @param {Actions} actions
   */
  constructor(parts, actions) {
    this.#parts = parts;
    this.#actions = actions;
    parts.items.addEventListener("focusout", () => actions.hint(null));
    parts.items.addEventListener("pointerleave", () => actions.hint(null));
  }

  /**
   * `hits`: nearest first; `anyLayer`: whether a layer is on at all; `fromPerson`: distances are from
   * the person, not from the middle of the map.
   *
   * @param {Hit[]} hits
   * @param {boolean} anyLayer
   * @param {boolean} fromPerson
   */
  update(hits, anyLayer, fromPerson) {
    this.#fromPerson = fromPerson;
    this.#hits = hits;
    this.#anyLayer = anyLayer;
    const { items } = this.#parts;
    /** @type {HTMLElement | null | undefined} */
    const link = document.activeElement?.closest("#list-items a");
    const focused = link?.dataset.ref;
    items.replaceChildren(...hits.slice(0, SHOWN_MAX).map((hit) => this.#buildItem(hit)));
    if (focused)
      findIn(items, `a[data-ref="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.#count();
  }

  /**
   * How many problems are in view.
   *
   * @param {number} count
   */
  countProblems(count) {
    this.#problems = count;
    this.#count();
  }

  #count() {
    const { summary, badge } = this.#parts;
    const objects = this.#hits.reduce((sum, hit) => sum + (hit.count ?? 1), 0);
    const count = objects + this.#problems;
    summary.textContent = describe(objects, this.#hits.length, this.#anyLayer, this.#fromPerson);
    summary.hidden = this.#problems > 0 && !this.#hits.length;
    badge.textContent = count > 999 ? "999+" : formatNumber(count);
    badge.hidden = count === 0;
    this.#announce(count);
  }

  /**
   * A cluster has no page: its layer's stands for it, and the map comes nearer.
   *
   * @param {Hit} hit
   */
  #buildItem(hit) {
    const layer = this.#actions.layerOf(hit.layer);
    const name = hit.count ? layer?.title : layer && nameFeature(layer, hit.properties);
    const about = hit.count ? countObjects(hit.count) : layer?.title;
    const link = element(
      "a",
      {
        class: "result",
        href: pageUrl(hit),
        "data-ref": `${hit.layer}/${hit.key}`,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.#actions.open(hit);
        },
        onfocus: () => this.#actions.hint(hit),
        onpointerenter: () => this.#actions.hint(hit),
      },
      layer && layerSample(layer),
      element(
        "span",
        { class: "result-text" },
        element("span", { class: "result-title" }, name),
        element("span", { class: "result-about" }, about),
      ),
      element("span", { class: "result-distance" }, formatDistance(hit.distance ?? 0)),
    );
    return element("li", {}, link);
  }

  /** @param {number} count */
  #announce(count) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const text = countObjects(count);
      if (this.#parts.live.textContent !== text) this.#parts.live.textContent = text;
    }, ANNOUNCE_AFTER_MS);
  }
}

/** @param {number} count */
function countObjects(count) {
  return interpolate(
    ngettext("%(count)s object on the map", "%(count)s objects on the map", count),
    {
      count: formatNumber(count),
    },
  );
}

/**
 * `count` objects in so many `lines`.
 *
 * @param {number} count
 * @param {number} lines
 * @param {boolean} anyLayer
 * @param {boolean} fromPerson
 */
function describe(count, lines, anyLayer, fromPerson) {
  if (!anyLayer) return gettext("No layer is on. Switch one on in the list of layers.");
  if (!count)
    return gettext(
      "Nothing of the layers that are on is in view. Move the map, zoom in or show the whole community.",
    );
  const order = fromPerson
    ? gettext("the nearest to you first")
    : gettext("the nearest to the centre first");
  const text = `${countObjects(count)}, ${order}`;
  if (lines <= SHOWN_MAX) return text;
  return `${text}. ${interpolate(gettext("Here are the first %(max)s: zoom in to see the others."), { max: SHOWN_MAX })}`;
}
