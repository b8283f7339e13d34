/** The filter of problems: its form, the address, and the counts beside its states. */

import { findIn, listIn, needIn } from "../../../interface/js/finding.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { ARCHIVED, STATES } from "../../../mapkit/js/states.mjs";

const DAY_MS = 86_400_000;
const NAMES = [
  "q",
  "state",
  "category",
  "organisation",
  "from",
  "to",
  "territory",
  "overdue",
  "mine",
];

/**
 * Sends `change` when another filter is chosen; `query` is the query string of it, as addresses have
 * it, `shown` the same with the states that are seen: the archive is off until it is asked for.
 */
export class ProblemsFilter extends EventTarget {
  #form;
  #period;
  #from;
  #to;
  #reset;

  /**
   * `form`: the form as the server filled it from the address.
   *
   * @param {HTMLFormElement} form
   */
  constructor(form) {
    super();
    this.#form = form;
    this.#period = needIn(form, "#problems-period", HTMLSelectElement);
    this.#from = needIn(form, "[name=from]", HTMLInputElement);
    this.#to = needIn(form, "[name=to]", HTMLInputElement);
    this.#reset = needIn(form, "#problems-reset");
    this.query = readForm(form);
    form.addEventListener("change", ({ target }) => this.#follow(target));
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#reset.addEventListener("click", () => this.#clear());
    addEventListener("popstate", () => this.#followAddress());
    this.#show();
  }

  get isEmpty() {
    return this.query === "";
  }

  get leavesArchive() {
    return !new URLSearchParams(this.query).has("state");
  }

  get shown() {
    if (!this.leavesArchive) return this.query;
    const query = new URLSearchParams(this.query);
    for (const state of STATES) if (state !== ARCHIVED) query.append("state", state);
    return query.toString();
  }

  /** @param {EventTarget | null} target */
  #follow(target) {
    if (target === this.#period) this.#choosePeriod(this.#period.value);
    else if (target === this.#from || target === this.#to) this.#period.value = "own";
    if (!this.#form.reportValidity()) return;
    this.#apply();
    const search = new URLSearchParams(location.search);
    const kept = [...search].filter(([name]) => !NAMES.includes(name));
    const parts = [new URLSearchParams(kept).toString(), this.query].filter(Boolean);
    history.replaceState(
      history.state,
      "",
      `${location.pathname}${parts.length ? "?" : ""}${parts.join("&")}${location.hash}`,
    );
  }

  #apply() {
    const query = readForm(this.#form);
    if (query === this.query) return;
    this.query = query;
    this.#show();
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} value */
  #choosePeriod(value) {
    if (value === "own") {
      this.#show();
      this.#from.focus();
      return;
    }
    this.#to.value = "";
    this.#from.value = value ? dayBefore(Number(value)) : "";
  }

  #clear() {
    for (const name of NAMES) this.#setField(name, []);
    this.#period.value = "";
    this.#follow(this.#form);
    needIn(this.#form, "input[name=state]").focus();
  }

  /**
   * @param {string} name
   * @param {string[]} values
   */
  #setField(name, values) {
    for (const box of listIn(this.#form, `input[name="${name}"]`, HTMLInputElement)) {
      if (box.type === "checkbox") box.checked = values.includes(box.value);
      else box.value = values[0] ?? "";
    }
    const list = findIn(this.#form, `select[name="${name}"]`, HTMLSelectElement);
    if (list) list.value = values[0] ?? "";
  }

  #followAddress() {
    const given = new URLSearchParams(location.search);
    if (writeQuery((name) => given.getAll(name)) === this.query) return;
    for (const name of NAMES) this.#setField(name, given.getAll(name));
    this.#period.value = this.#from.value || this.#to.value ? "own" : "";
    this.#apply();
  }

  /** What depends on the filter in the form itself. */
  #show() {
    const chosen = new URLSearchParams(this.query);
    const inside = [...chosen.keys()].filter((name) => name !== "state").length;
    const badge = needIn(this.#form, "#problems-more-count");
    badge.textContent = inside ? String(inside) : "";
    badge.hidden = !inside;
    this.#reset.hidden = this.isEmpty;
    needIn(this.#form, "#problems-dates").hidden = this.#period.value !== "own";
    for (const link of listIn(document, "[data-with-filter]", HTMLAnchorElement)) {
      link.href = (link.dataset.withFilter ?? "") + (this.query ? `?${this.query}` : "");
    }
  }

  /**
   * How many each state would give under the rest of the filter.
   *
   * @param {Record<string, number>} states
   */
  count(states) {
    for (const [state, count] of Object.entries(states)) {
      const place = findIn(this.#form, `[data-count="${CSS.escape(state)}"]`);
      if (place) place.textContent = formatNumber(count);
    }
  }
}

/** @param {HTMLFormElement} form */
function readForm(form) {
  const data = new FormData(form);
  return writeQuery((name) => data.getAll(name));
}

/**
 * In the order of NAMES, so that one filter has one address.
 *
 * @param {(name: string) => FormDataEntryValue[]} getAll
 */
function writeQuery(getAll) {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    for (const value of getAll(name))
      if (String(value).trim()) query.append(name, String(value).trim());
  }
  return query.toString();
}

/**
 * A day of Kyiv, so many days ago, as a date field writes it.
 *
 * @param {number} days
 */
function dayBefore(days) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Kyiv" });
  return parts.format(new Date(Date.now() - days * DAY_MS));
}
