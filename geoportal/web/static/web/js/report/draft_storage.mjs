/**
 * Drafts as this browser keeps them, each under its own number. A caller's contacts are another
 * person's: they are kept only as long as the tab is open, and so is which draft the tab shows.
 */

import { hasSignedOut, isOffered, mustGo } from "./draft_owners.mjs";

const KEY = "geoportal.report:";
const CALLER_KEY = "geoportal.report.caller";
const OPEN_KEY = "geoportal.report.open";
const DAY_MS = 24 * 3600 * 1000;
const LASTS_MS = 30 * DAY_MS;
/** Given by the address of the page, or by its own guess: nobody has begun to write yet. */
const ANYWAY = new Set(["lon", "lat", "address", "address_filled"]);

/** @typedef {Pick<KeptDraft, "id" | "owner" | "fields">} Caller */

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

/** @param {Pick<KeptDraft, "owner" | "id">} draft */
function nameKey({ owner, id }) {
  return `${KEY}${owner}:${id}`;
}

/** @returns {[string, KeptDraft | null][]} */
function readAll() {
  try {
    const keys = Object.keys(localStorage).filter((each) => each.startsWith(KEY));
    return keys.map((key) => [key, read(localStorage, key)]);
  } catch {
    return [];
  }
}

/**
 * Whether somebody has begun to write, or only looked at the page.
 *
 * @param {KeptDraft} kept
 */
export function isBegun({ fields, photos }) {
  return photos > 0 || fields.some(([name]) => !ANYWAY.has(name));
}

/**
 * A draft of `owner`, or one written before signing in; those that were only looked at, too.
 *
 * @param {string} owner
 * @param {string | null} id
 */
export function findDraft(owner, id) {
  const found = readAll().filter(([, kept]) => kept?.id === id && isOffered(kept.owner, owner));
  return found[0]?.[1] ?? null;
}

/**
 * What was begun, the last one first.
 *
 * @param {string} owner
 */
export function listDrafts(owner) {
  return readAll()
    .map(([, kept]) => kept)
    .filter((kept) => kept !== null && isOffered(kept.owner, owner) && isBegun(kept))
    .map((kept) => /** @type {KeptDraft} */ (kept))
    .sort((first, second) => second.savedAt - first.savedAt);
}

/** @param {KeptDraft} draft */
export function keepDraft(draft) {
  return write(localStorage, nameKey(draft), draft);
}

/** @param {Pick<KeptDraft, "owner" | "id">} draft */
export function dropDraft(draft) {
  drop(localStorage, nameKey(draft));
  if (readCaller()?.id === draft.id) drop(sessionStorage, CALLER_KEY);
}

/**
 * Delete what must not stay in this browser, now that `owner` is here: of others, too old, or not
 * even begun.
 *
 * @param {string} owner
 */
export function dropOthers(owner) {
  for (const [key, kept] of readAll()) {
    const age = Date.now() - (kept?.savedAt ?? 0);
    const isKept = kept && Array.isArray(kept.fields) && age < (isBegun(kept) ? LASTS_MS : DAY_MS);
    if (!isKept || mustGo(kept.owner, owner)) drop(localStorage, key);
    else if (key !== nameKey(kept) && keepDraft(kept)) drop(localStorage, key);
  }
  const caller = readCaller();
  if (caller && mustGo(caller.owner, owner)) drop(sessionStorage, CALLER_KEY);
}

/** @returns {Caller | null} */
export function readCaller() {
  return read(sessionStorage, CALLER_KEY);
}

/** @param {Caller} caller */
export function keepCaller(caller) {
  write(sessionStorage, CALLER_KEY, caller);
}

/**
 * The draft that this tab shows: after a reload it goes on with the same.
 *
 * @param {string} id
 */
export function markOpen(id) {
  write(sessionStorage, OPEN_KEY, id);
}

/** @returns {string | null} */
export function findOpen() {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  const isSame = visit?.type === "reload" || visit?.type === "back_forward";
  return isSame ? read(sessionStorage, OPEN_KEY) : null;
}

/**
 * Signed out in another tab: this one must not write a draft anew.
 *
 * @param {string} owner
 */
export function mayKeep(owner) {
  return owner === "" || !hasSignedOut();
}
