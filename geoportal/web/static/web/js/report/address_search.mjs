/** Addresses and names of places while they are typed: a combobox, the way to a point without a map. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";

const WAIT_MS = 200;
const RESULTS_MAX = 8;
const SHORTEST = 2;
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class AddressSearch {
  #input;
  #box;
  #status;
  #choose;
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {SearchResult[]} */
  #found = [];
  #active = -1;

  /**
   * @param {Part} part
   * @param {(result: SearchResult) => void} choose
   */
  constructor(part, choose) {
    this.#input = part("address", HTMLInputElement);
    this.#box = part("address-results");
    this.#status = part("address-status");
    this.#choose = choose;
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "address-results",
      "aria-haspopup": "listbox",
    };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#ask(), WAIT_MS);
    });
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#input.addEventListener("focus", () => this.#input.select());
    this.#input.addEventListener("blur", () => this.close());
  }

  async #ask() {
    const text = this.#input.value.trim();
    this.#asked?.abort();
    if (text.length < SHORTEST) {
      this.close();
      return;
    }
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const query = new URLSearchParams({ q: text, limit: String(RESULTS_MAX) });
      /** @type {{ results: SearchResult[] }} */
      const { results } = await fetchJson(`/api/v1/search/?${query}`, { signal });
      this.#show(text, results);
    } catch {
      if (!signal.aborted)
        this.#note(
          gettext("Search does not answer. Show the place on the map, or write the coordinates."),
        );
    }
  }

  /**
   * @param {string} text
   * @param {SearchResult[]} results
   */
  #show(text, results) {
    this.#found = results;
    this.#active = -1;
    if (!results.length) {
      this.#note(
        interpolate(
          gettext(
            "Nothing found for “%(query)s”. Try the street without the house, or tap the map.",
          ),
          { query: text },
        ),
      );
      return;
    }
    const options = results.map((result, place) => this.#buildOption(result, place));
    this.#box.replaceChildren(
      element(
        "ul",
        { class: "plain-list", role: "listbox", "aria-label": gettext("What was found") },
        ...options,
      ),
    );
    const count = results.length;
    this.#status.textContent = interpolate(
      ngettext("%(count)s result", "%(count)s results", count),
      { count },
    );
    this.#open();
  }

  /**
   * @param {SearchResult} result
   * @param {number} place
   */
  #buildOption(result, place) {
    return element(
      "li",
      {
        class: "result",
        role: "option",
        id: `address-option-${place}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.#take(result),
      },
      icon("map-pin"),
      element(
        "span",
        { class: "result-text" },
        element("span", { class: "result-title" }, result.title),
        element(
          "span",
          { class: "result-about" },
          [result.subtitle, result.layer_title].filter(Boolean).join(" · "),
        ),
      ),
    );
  }

  /** @param {string} text */
  #note(text) {
    this.#found = [];
    this.#box.replaceChildren(element("p", { class: "search-note" }, text));
    this.#status.textContent = text;
    this.#open();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape" && !this.#box.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const result = this.#found[Math.max(0, this.#active)];
      if (result && !this.#box.hidden) this.#take(result);
      else this.#ask();
    } else if (step && this.#found.length) {
      event.preventDefault();
      this.#open();
      const count = this.#found.length;
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
    this.#input.setAttribute("aria-activedescendant", `address-option-${place}`);
  }

  /** @param {SearchResult} result */
  #take(result) {
    this.close();
    this.#choose(result);
  }

  #open() {
    this.#box.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.#waiting);
    this.#asked?.abort();
    this.#box.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
