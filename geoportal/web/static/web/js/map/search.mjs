/** The search field of the map: a combobox over kinds, addresses, objects, problems, territories. */

import { element, icon, layerSample } from "../../../interface/js/elements.mjs";
import { needIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { pageUrl } from "../../../mapkit/js/addresses.mjs";
import { buildListbox, nearestUrl, sayMissed, searchUrl } from "../search/results.mjs";

const WAIT_MS = 180;
const RESULTS_MAX = 12;
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * @typedef {{
 *   openFeature: (result: SearchResult, page: string) => void,
 *   openLayer: (layer: LayerDocument) => void,
 *   openPlace: (lon: number, lat: number) => void,
 * }} Actions
 */

export class Search {
  #form;
  #input;
  #box;
  #clear;
  #status;
  #layers;
  #actions;
  #near;
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {SearchResult[]} */
  #options = [];
  #active = -1;

  /**
   * @param {HTMLElement} form
   * @param {{ layers: LayerDocument[], actions: Actions, near: () => [number, number] | null }} tools
   */
  constructor(form, { layers, actions, near }) {
    this.#form = form;
    this.#input = needIn(form, ".search-input", HTMLInputElement);
    this.#box = needIn(form, ".search-results");
    this.#clear = needIn(form, ".search-clear");
    this.#status = needIn(form, "#search-status");
    this.#layers = new Map(layers.map((layer) => [layer.slug, layer]));
    this.#near = near;
    this.#actions = actions;
    this.#dress();
    this.#listen();
  }

  #dress() {
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-results",
      "aria-haspopup": "listbox",
    };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#clear.hidden = !this.#input.value;
  }

  #listen() {
    this.#input.addEventListener("input", () => {
      this.#clear.hidden = !this.#input.value;
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#ask(), WAIT_MS);
    });
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#input.addEventListener("focus", () => {
      if (this.#options.length) this.#open();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#choose(this.#options[Math.max(0, this.#active)]);
    });
    this.#clear.addEventListener("click", () => this.#empty());
    document.addEventListener("pointerdown", (event) => {
      if (!this.#holds(event.target)) this.#close();
    });
    this.#form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.#holds(event.relatedTarget)) this.#close();
    });
  }

  /** @param {EventTarget | null} target */
  #holds(target) {
    return target instanceof Node && this.#form.contains(target);
  }

  #empty() {
    this.#asked?.abort();
    this.#input.value = "";
    this.#clear.hidden = true;
    this.#options = [];
    this.#close();
    this.#input.focus();
  }

  async #ask() {
    const text = this.#input.value.trim();
    this.#asked?.abort();
    if (!text) {
      this.#options = [];
      this.#close();
      return;
    }
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const url = searchUrl(text, { limit: RESULTS_MAX, near: this.#near() });
      /** @type {{ results: SearchResult[], missed: string[] }} */
      const { results, missed } = await fetchJson(url, { signal });
      this.#show(
        text,
        results.filter((result) => this.#canOpen(result)),
        missed,
      );
    } catch {
      if (!signal.aborted) this.#showFailure();
    }
  }

  /**
   * A layer that this map does not switch leads nowhere here.
   *
   * @param {SearchResult} result
   */
  #canOpen(result) {
    return result.lon !== null || Boolean(result.kind) || this.#layers.has(result.layer);
  }

  /**
   * @param {string} text
   * @param {SearchResult[]} results
   * @param {string[]} missed
   */
  #show(text, results, missed) {
    this.#options = results;
    this.#active = -1;
    if (!results.length) {
      const nothing = gettext(
        "Nothing found for “%(query)s”. Try a shorter word, a kind of place (pharmacy, school), a street without the house, or coordinates.",
      );
      this.#note(interpolate(nothing, { query: text }));
      return;
    }
    const note = sayMissed(missed);
    const box = buildListbox("search", results, {
      choose: (result) => this.#choose(result),
      sample: (result) => {
        const layer = this.#layers.get(result.layer);
        return layer ? layerSample(layer) : icon("map-pin");
      },
    });
    this.#box.replaceChildren(...(note ? [note] : []), box);
    const count = results.length;
    const told = interpolate(ngettext("%(count)s result", "%(count)s results", count), { count });
    this.#status.textContent = [note?.textContent, told].filter(Boolean).join(" ");
    this.#open();
  }

  /**
   * @param {string} text
   * @param {...HTMLElement} more
   */
  #note(text, ...more) {
    this.#box.replaceChildren(
      element("div", { class: "search-note" }, element("p", {}, text), ...more),
    );
    this.#status.textContent = text;
    this.#open();
  }

  #showFailure() {
    this.#options = [];
    const retry = element(
      "button",
      { type: "button", class: "button button-second", onclick: () => this.#ask() },
      gettext("Try again"),
    );
    this.#note(gettext("Search does not answer. The map and the layers work without it."), retry);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape") {
      if (this.#box.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (step && this.#options.length) {
      event.preventDefault();
      this.#open();
      const count = this.#options.length;
      this.#activate(
        this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count,
      );
    }
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    for (const [index, node] of [...this.#box.querySelectorAll("[role=option]")].entries()) {
      node.setAttribute("aria-selected", String(index === place));
      if (index === place) node.scrollIntoView({ block: "nearest" });
    }
    this.#input.setAttribute("aria-activedescendant", `search-option-${place}`);
  }

  /** @param {SearchResult} [result] */
  #choose(result) {
    if (!result) {
      this.#ask();
      return;
    }
    this.#close();
    const layer = this.#layers.get(result.layer);
    if (result.kind) location.assign(nearestUrl(result.kind, this.#near()));
    else if (result.group === "kind" && layer) this.#actions.openLayer(layer);
    else if (!result.layer) this.#actions.openPlace(result.lon, result.lat);
    else this.#actions.openFeature(result, pageUrl(result));
  }

  #open() {
    this.#box.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.#box.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

/**
 * Longitude and latitude of the person or of the map's middle; before it has moved, that of the
 * community.
 *
 * @param {{ lon: number, lat: number } | null} view
 * @param {Bounds | null} bounds
 * @returns {[number, number] | null}
 */
export function findMiddle(view, bounds) {
  if (view) return [view.lon, view.lat];
  return bounds && [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}
