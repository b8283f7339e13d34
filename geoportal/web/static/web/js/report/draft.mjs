/**
 * What was typed, kept in this browser until the report is sent. A caller's contacts are another
 * person's: they are kept only as long as the tab is open.
 */

const KEY = "geoportal.report";
const CALLER_KEY = "geoportal.report.caller";
const LASTS_MS = 30 * 24 * 3600 * 1000;
const WAIT_MS = 300;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "client_request_id", "files", "attachments", "place", "do"]);
const ANYWAY = new Set(["lon", "lat", "address", "category"]);

const isCallers = (name) => name.startsWith("contact_") || name === "on_behalf";

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The draft of this form. Where the browser keeps nothing, nothing breaks. */
export class Draft {
  #form;
  #step;
  #waiting = 0;
  #over = false;

  /** `step()` tells where the person is. */
  constructor(form, step) {
    this.#form = form;
    this.#step = step;
  }

  get id() {
    return this.#form.elements.client_request_id.value;
  }

  /** What is kept, unless it is too old: `{id, step, savedAt, fields}`. */
  find() {
    const kept = read(localStorage, KEY);
    if (!kept || !Array.isArray(kept.fields) || Date.now() - kept.savedAt > LASTS_MS) return null;
    return kept;
  }

  /** Fill the form with it, and go on under its number. */
  restore({ id, fields }) {
    this.#form.elements.client_request_id.value = id;
    const caller = read(sessionStorage, CALLER_KEY);
    this.fill([...fields, ...(caller?.id === id ? caller.fields : [])]);
  }

  fill(fields) {
    for (const [name, value] of fields) {
      const found = this.#form.elements.namedItem(name);
      for (const control of found instanceof RadioNodeList ? found : [found].filter(Boolean)) {
        if (control.type === "radio" || control.type === "checkbox") {
          if (control.value === value) control.checked = true;
        } else if (!(found instanceof RadioNodeList)) control.value = value;
      }
    }
  }

  /** Soon, when typing pauses. */
  touch() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.save(), WAIT_MS);
  }

  save() {
    clearTimeout(this.#waiting);
    if (this.#over) return;
    const all = [...new FormData(this.#form)].filter(
      ([name, value]) => typeof value === "string" && value && !NOT_KEPT.has(name),
    );
    const kept = { id: this.id, step: this.#step(), savedAt: Date.now() };
    write(localStorage, KEY, { ...kept, fields: all.filter(([name]) => !isCallers(name)) });
    const callers = all.filter(([name]) => isCallers(name));
    if (callers.length) write(sessionStorage, CALLER_KEY, { id: this.id, fields: callers });
  }

  /** The report is sent, or thrown away. */
  forget() {
    this.#over = true;
    clearTimeout(this.#waiting);
    try {
      localStorage.removeItem(KEY);
      sessionStorage.removeItem(CALLER_KEY);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}

/** Whether somebody has begun to write, or only looked at the page. */
export function hasWords(kept) {
  return kept.fields.some(([name]) => !ANYWAY.has(name) || name === "category");
}
