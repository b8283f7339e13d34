/** The list follows its filter as it is changed; without this script the form has a button. */

import { findAround, listIn, need, needIn } from "../../../interface/js/finding.mjs";

const TYPING_MS = 350;

const form = need("filters", HTMLFormElement);
const results = need("results");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** @type {AbortController | null} */
let asking = null;

/** The filter without what was left empty, as the canonical address of the list. */
function readQuery() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "sort" && value === "newest")) query.append(name, String(value));
  }
  return query.toString();
}

/** @param {string} query */
function buildUrl(query) {
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

/**
 * The form as the address has it: after a step back in the history.
 *
 * @param {URLSearchParams} query
 */
function fill(query) {
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement && field.name)
      field.value = query.get(field.name) ?? field.options[0].value;
    if (!(field instanceof HTMLInputElement) || !field.name || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value);
    else field.value = query.get(field.name) ?? "";
  }
}

/** @param {string} url */
async function load(url, { keep = false } = {}) {
  asking?.abort();
  const request = new AbortController();
  asking = request;
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
    if (response.status >= 500) throw new Error(String(response.status));
    show(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (!keep) history.pushState({ list: true }, "", url);
  } catch {
    if (request.signal.aborted) return;
    location.assign(url); // the page itself says what is wrong
  } finally {
    if (asking === request) results.setAttribute("aria-busy", "false");
  }
}

/** @param {Document} page */
function show(page) {
  const fresh = page.getElementById("results");
  if (!fresh) throw new Error("there is no list in the answer");
  results.replaceChildren(...fresh.childNodes);
  for (const count of listIn(form, "[data-count]")) {
    const other = page.querySelector(`[data-count="${count.dataset.count}"]`);
    if (other) count.textContent = other.textContent;
  }
  needIn(form, ".filters-actions").replaceChildren(...needIn(page, ".filters-actions").childNodes);
  for (const selector of [
    "[data-keeps-filter]",
    'link[rel="alternate"][type="application/atom+xml"]',
  ]) {
    const href = page.querySelector(selector)?.getAttribute("href");
    if (href) document.querySelector(selector)?.setAttribute("href", href);
  }
}

/** @param {number} wait */
function change(wait) {
  clearTimeout(waiting);
  waiting = setTimeout(() => load(buildUrl(readQuery())), wait);
}

form.classList.add("filters-live");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  change(0);
});
form.addEventListener("input", (event) =>
  change(findAround(event, "[type=search]") ? TYPING_MS : 0),
);
addEventListener("popstate", () => {
  clearTimeout(waiting);
  fill(new URLSearchParams(location.search));
  load(location.href, { keep: true });
});
