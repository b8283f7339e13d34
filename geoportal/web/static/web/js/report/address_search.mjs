/** Addresses and names of places while they are typed: a combobox, the way to a point without a map. */

import { element } from "../../../interface/js/elements.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { buildListbox, sayMissed, searchUrl } from "../search/results.mjs";

const WAIT_MS = 200;
const RESULTS_MAX = 12;
const SHORTEST = 2;
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class AddressSearch {
  #input;
  #box;
  #status;
  #choose;
  #near;
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
   * @param {() => [number, number] | null} near
   */
  constructor(part, choose, near) {
    this.#near = near;
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
      const url = searchUrl(text, { limit: RESULTS_MAX, near: this.#near() });
      /** @type {{ results: SearchResult[], missed: string[] }} */
      const { results, missed } = await fetchJson(url, { signal });
      this.#show(text, results.filter(isPlace), missed);
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
   * @param {string[]} missed
   */
  #show(text, results, missed) {
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
    const note = sayMissed(missed);
    const box = buildListbox("address", results, { choose: (result) => this.#take(result) });
    this.#box.replaceChildren(...(note ? [note] : []), box);
    const count = results.length;
    const told = interpolate(ngettext("%(count)s result", "%(count)s results", count), { count });
    this.#status.textContent = [note?.textContent, told].filter(Boolean).join(" ");
    this.#open();
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

/**
 * What a report may be put at: no kind, no layer, no other report.
 *
 * @param {SearchResult} result
 */
function isPlace(result) {
  return result.lon !== null && result.group !== "problem";
}
