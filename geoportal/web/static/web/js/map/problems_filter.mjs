/** The filter of problems: its form, the address, and the counts beside its states. */

import { formatNumber } from "../../../interface/js/format.mjs";

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

/** Sends `change` when another filter is chosen; `query` is the query string of it. */
export class ProblemsFilter extends EventTarget {
  #form;
  #period;

  /** `form`: the form as the server filled it from the address. */
  constructor(form) {
    super();
    this.#form = form;
    this.#period = form.querySelector("#problems-period");
    this.query = readForm(form);
    form.addEventListener("change", ({ target }) => this.#follow(target));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("#problems-reset").addEventListener("click", () => this.#reset());
    addEventListener("popstate", () => this.#followAddress());
    this.#show();
  }

  get isEmpty() {
    return this.query === "";
  }

  #follow(target) {
    if (target === this.#period) this.#choosePeriod(target.value);
    else if (target.type === "date") this.#period.value = "own";
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

  #choosePeriod(value) {
    const { from, to } = this.#form.elements;
    if (value === "own") {
      this.#show();
      from.focus();
      return;
    }
    to.value = "";
    from.value = value ? dayBefore(Number(value)) : "";
  }

  #reset() {
    for (const name of NAMES) setField(this.#form.elements[name], []);
    this.#period.value = "";
    this.#follow(this.#form);
    this.#form.querySelector("input[name=state]").focus();
  }

  #followAddress() {
    const given = new URLSearchParams(location.search);
    if (writeQuery((name) => given.getAll(name)) === this.query) return;
    for (const name of NAMES) setField(this.#form.elements[name], given.getAll(name));
    this.#period.value =
      this.#form.elements.from.value || this.#form.elements.to.value ? "own" : "";
    this.#apply();
  }

  /** What depends on the filter in the form itself. */
  #show() {
    const chosen = new URLSearchParams(this.query);
    const inside = [...chosen.keys()].filter((name) => name !== "state").length;
    const badge = this.#form.querySelector("#problems-more-count");
    badge.textContent = inside ? String(inside) : "";
    badge.hidden = !inside;
    this.#form.querySelector("#problems-reset").hidden = this.isEmpty;
    this.#form.querySelector("#problems-dates").hidden = this.#period.value !== "own";
    for (const link of document.querySelectorAll("[data-with-filter]")) {
      link.href = link.dataset.withFilter + (this.query ? `?${this.query}` : "");
    }
  }

  /** How many each state would give under the rest of the filter. */
  count(states) {
    for (const [state, count] of Object.entries(states)) {
      const place = this.#form.querySelector(`[data-count="${CSS.escape(state)}"]`);
      if (place) place.textContent = formatNumber(count);
    }
  }
}

function readForm(form) {
  const data = new FormData(form);
  return writeQuery((name) => data.getAll(name));
}

/** In the order of NAMES, so that one filter has one address. */
function writeQuery(getAll) {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    for (const value of getAll(name))
      if (String(value).trim()) query.append(name, String(value).trim());
  }
  return query.toString();
}

function setField(field, values) {
  if (!field) return;
  if (field instanceof RadioNodeList)
    for (const box of field) box.checked = values.includes(box.value);
  else if (field.type === "checkbox") field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
}

/** A day of Kyiv, so many days ago, as a date field writes it. */
function dayBefore(days) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Kyiv" });
  return parts.format(new Date(Date.now() - days * DAY_MS));
}
