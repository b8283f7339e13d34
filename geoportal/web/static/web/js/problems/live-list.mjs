/** The list follows its filter as it is changed; without this script the form has a button. */

const TYPING_MS = 350;

const form = document.getElementById("filters");
const results = document.getElementById("results");
let waiting = 0;
let asking = null;

/** The filter without what was left empty, as the canonical address of the list. */
function readQuery() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "sort" && value === "newest")) query.append(name, value);
  }
  return query.toString();
}

function buildUrl(query) {
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

/** The form as the address has it: after a step back in the history. */
function fill(query) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value);
    else field.value = query.get(field.name) ?? field.options?.[0].value ?? "";
  }
}

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
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url); // the page itself says what is wrong
  } finally {
    if (asking === request) results.setAttribute("aria-busy", "false");
  }
}

function show(page) {
  const fresh = page.getElementById("results");
  if (!fresh) throw new Error("there is no list in the answer");
  results.replaceChildren(...fresh.childNodes);
  for (const count of form.querySelectorAll("[data-count]")) {
    const other = page.querySelector(`[data-count="${count.dataset.count}"]`);
    if (other) count.textContent = other.textContent;
  }
  form
    .querySelector(".filters-actions")
    .replaceChildren(...page.querySelector(".filters-actions").childNodes);
  for (const selector of [
    "[data-keeps-filter]",
    'link[rel="alternate"][type="application/atom+xml"]',
  ]) {
    const other = page.querySelector(selector);
    if (other) document.querySelector(selector)?.setAttribute("href", other.getAttribute("href"));
  }
}

function change(wait) {
  clearTimeout(waiting);
  waiting = setTimeout(() => load(buildUrl(readQuery())), wait);
}

if (form && results) {
  form.classList.add("filters-live");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(0);
  });
  form.addEventListener("input", (event) => change(event.target.type === "search" ? TYPING_MS : 0));
  addEventListener("popstate", () => {
    clearTimeout(waiting);
    fill(new URLSearchParams(location.search));
    load(location.href, { keep: true });
  });
}
