/** The search field: a combobox over objects of all layers and the names of layers. */

import { element, icon, layerSample } from "../../../interface/js/elements.mjs";
import { needIn } from "../../../interface/js/finding.mjs";
import { fold } from "../../../interface/js/folding.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { pageUrl } from "../../../mapkit/js/addresses.mjs";

const WAIT_MS = 180;
const RESULTS_MAX = 12;
const LAYERS_MAX = 4;
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @typedef {{ result?: SearchResult, layer?: LayerDocument }} Option */
/**
 * @typedef {{
 *   openFeature: (result: SearchResult, page: string) => void,
 *   openLayer: (layer: LayerDocument) => void,
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
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {Option[]} */
  #options = [];
  #active = -1;

  /**
   * @param {HTMLElement} form
   * @param {{ layers: LayerDocument[], actions: Actions }} tools
   */
  constructor(form, { layers, actions }) {
    this.#form = form;
    this.#input = needIn(form, ".search-input", HTMLInputElement);
    this.#box = needIn(form, ".search-results");
    this.#clear = needIn(form, ".search-clear");
    this.#status = needIn(form, "#search-status");
    this.#layers = layers;
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
      const query = new URLSearchParams({ q: text, limit: String(RESULTS_MAX) });
      /** @type {{ results: SearchResult[] }} */
      const { results } = await fetchJson(`/api/v1/search/?${query}`, { signal });
      this.#show(text, this.#findLayers(text), results);
    } catch {
      if (!signal.aborted) this.#showFailure();
    }
  }

  /** @param {string} text */
  #findLayers(text) {
    const words = fold(text).split(/\s+/);
    return this.#layers
      .filter((layer) => {
        const title = fold(layer.title);
        return words.every((word) => title.startsWith(word) || title.includes(` ${word}`));
      })
      .slice(0, LAYERS_MAX);
  }

  /**
   * @param {string} text
   * @param {LayerDocument[]} layers
   * @param {SearchResult[]} results
   */
  #show(text, layers, results) {
    const known = new Map(this.#layers.map((layer) => [layer.slug, layer]));
    this.#options = [
      ...layers.map((layer) => ({ layer })),
      ...results.map((result) => ({ result, layer: known.get(result.layer) })),
    ];
    this.#active = -1;
    if (!this.#options.length) {
      const nothing = gettext(
        "Nothing found for “%(query)s”. Try a shorter word or the name of a street.",
      );
      this.#note(interpolate(nothing, { query: text }));
      return;
    }
    const items = this.#options.map((option, place) => this.#buildOption(option, place));
    this.#box.replaceChildren(
      element(
        "ul",
        { class: "plain-list", role: "listbox", "aria-label": gettext("What was found") },
        ...items,
      ),
    );
    const count = this.#options.length;
    this.#status.textContent = interpolate(
      ngettext("%(count)s result", "%(count)s results", count),
      { count },
    );
    this.#open();
  }

  /**
   * @param {Option} option
   * @param {number} place
   */
  #buildOption(option, place) {
    const { result, layer } = option;
    const about = result
      ? [result.subtitle, result.layer_title].filter(Boolean).join(" · ")
      : gettext("Layer");
    return element(
      "li",
      {
        class: "result",
        role: "option",
        id: `search-option-${place}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.#choose(option),
      },
      layer ? layerSample(layer) : icon("map-pin"),
      element(
        "span",
        { class: "result-text" },
        element("span", { class: "result-title" }, (result ?? layer)?.title),
        element("span", { class: "result-about" }, about),
      ),
    );
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

  /** @param {Option} [option] */
  #choose(option) {
    if (!option) {
      this.#ask();
      return;
    }
    this.#close();
    if (option.result) this.#actions.openFeature(option.result, pageUrl(option.result));
    else if (option.layer) this.#actions.openLayer(option.layer);
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
