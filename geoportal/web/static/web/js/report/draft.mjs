/**
 * What was typed, kept in this browser until the report is sent, for each owner apart. A caller's
 * contacts are another person's: they are kept only as long as the tab is open.
 */

import { findOwner, hasSignedOut, mustGo } from "./draft_owners.mjs";
import { isTick } from "./fields.mjs";

const KEY = "geoportal.report:";
const CALLER_KEY = "geoportal.report.caller";
const LASTS_MS = 30 * 24 * 3600 * 1000;
const WAIT_MS = 300;
const NOT_KEPT = new Set([
  "csrfmiddlewaretoken",
  "client_request_id",
  "files",
  "attachments",
  "place",
  "do",
]);
const ANYWAY = new Set(["lon", "lat", "address", "category"]);

/** @type {(name: string) => boolean} */
const isCallers = (name) => name.startsWith("contact_") || name === "on_behalf";

/**
 * @template T
 * @param {Storage} storage
 * @param {string} key
 * @returns {T | null}
 */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @param {unknown} value
 */
function write(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 */
function drop(storage, key) {
  try {
    storage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/**
 * The draft of `owner`, unless it is too old.
 *
 * @param {string} owner
 * @returns {KeptDraft | null}
 */
function find(owner) {
  /** @type {KeptDraft | null} */
  const kept = read(localStorage, KEY + owner);
  if (kept?.owner !== owner || !Array.isArray(kept.fields) || Date.now() - kept.savedAt > LASTS_MS)
    return null;
  return kept;
}

/** @param {Storage} storage */
function listKeys(storage) {
  try {
    return Object.keys(storage);
  } catch {
    return [];
  }
}

/**
 * Delete what must not stay in this browser, now that `owner` is here.
 *
 * @param {string} owner
 */
export function dropOthers(owner) {
  for (const key of listKeys(localStorage).filter((each) => each.startsWith(KEY))) {
    const kept = key.slice(KEY.length);
    if (mustGo(kept, owner) || find(kept) === null) drop(localStorage, key);
  }
  /** @type {Pick<KeptDraft, "id" | "owner" | "fields"> | null} */
  const caller = read(sessionStorage, CALLER_KEY);
  if (caller && mustGo(caller.owner, owner)) drop(sessionStorage, CALLER_KEY);
}

/** The draft of this form. Where the browser keeps nothing, nothing breaks. */
export class Draft {
  #form;
  #owner;
  #step;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #over = false;

  /**
   * `step()` tells where the person is.
   *
   * @param {ReportForm} form
   * @param {() => string} step
   */
  constructor(form, step) {
    this.#form = form;
    this.#owner = findOwner(form);
    this.#step = step;
    dropOthers(this.#owner);
  }

  get id() {
    return this.#form.elements.client_request_id.value;
  }

  /**
   * What this person goes on with: his own, or what was written before signing in. `asked`: the
   * number of the draft he signed in with. Where nothing was written yet, nothing is lost.
   *
   * @param {string | null} asked
   */
  find(asked) {
    const own = find(this.#owner);
    const before = find("");
    const isWritten = before !== null && hasWords(before);
    if (isWritten && (before.id === asked || own === null || !hasWords(own))) return before;
    return own ?? before;
  }

  /**
   * Fill the form with it, and go on under its number; from now on it is this person's.
   *
   * @param {KeptDraft} kept
   */
  restore({ id, owner, step, savedAt, fields }) {
    this.#form.elements.client_request_id.value = id;
    /** @type {Pick<KeptDraft, "id" | "owner" | "fields"> | null} */
    const caller = read(sessionStorage, CALLER_KEY);
    const isHis = caller?.id === id && caller.owner === this.#owner;
    this.fill([...fields, ...(isHis ? caller.fields : [])]);
    if (owner === this.#owner) return;
    if (write(localStorage, KEY + this.#owner, { id, owner: this.#owner, step, savedAt, fields })) {
      drop(localStorage, KEY + owner);
    }
  }

  /** @param {[string, string][]} fields */
  fill(fields) {
    for (const [name, value] of fields) {
      const found = this.#form.elements.namedItem(name);
      const isOne = !(found instanceof RadioNodeList);
      for (const control of isOne ? [found] : found) {
        if (control instanceof HTMLInputElement && isTick(control)) {
          if (control.value === value) control.checked = true;
        } else if (isOne && control && "value" in control) control.value = value;
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
    // Signed out in another tab: this one must not write the draft anew.
    if (this.#owner && hasSignedOut()) this.forget();
    if (this.#over) return;
    const all = [...new FormData(this.#form)].filter(
      ([name, value]) => typeof value === "string" && value && !NOT_KEPT.has(name),
    );
    const kept = { id: this.id, owner: this.#owner, step: this.#step(), savedAt: Date.now() };
    write(localStorage, KEY + this.#owner, {
      ...kept,
      fields: all.filter(([name]) => !isCallers(name)),
    });
    const callers = all.filter(([name]) => isCallers(name));
    if (callers.length)
      write(sessionStorage, CALLER_KEY, { id: this.id, owner: this.#owner, fields: callers });
  }

  /** The report is sent, or thrown away. */
  forget() {
    this.#over = true;
    clearTimeout(this.#waiting);
    drop(localStorage, KEY + this.#owner);
    drop(sessionStorage, CALLER_KEY);
  }
}

/**
 * Whether somebody has begun to write, or only looked at the page.
 *
 * @param {KeptDraft} kept
 */
export function hasWords(kept) {
  return kept.fields.some(([name]) => !ANYWAY.has(name) || name === "category");
}
