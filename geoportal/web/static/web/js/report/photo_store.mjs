/**
 * Photos and videos that are not sent yet, kept in this browser (IndexedDB) beside the draft. They
 * are as the camera made them, hidden data too, so they go with the draft of their owner.
 */

import { hasSignedOut, isOffered, mustGo } from "./draft_owners.mjs";

const NAME = "geoportal-report";
const TABLE = "photos";
const LASTS_MS = 30 * 24 * 3600 * 1000;

function promise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE, { keyPath: "id" }).createIndex("draft", "draft");
  };
  return promise(request);
}

/**
 * Records are `{id, owner, draft, name, blob, position, uploadId, savedAt}`. Where the browser
 * keeps nothing (private windows), they live as long as the page.
 */
export class PhotoStore {
  #owner;
  #base = null;
  #memory = new Map();

  constructor(owner) {
    this.#owner = owner;
  }

  async start() {
    try {
      this.#base = await open();
      await this.#dropOthers();
    } catch {
      this.#base = null;
    }
  }

  #table(mode) {
    return this.#base.transaction(TABLE, mode).objectStore(TABLE);
  }

  /** What is too old, and what another person has left. */
  async #dropOthers() {
    const before = Date.now() - LASTS_MS;
    for (const record of await promise(this.#table("readonly").getAll())) {
      if (record.savedAt < before || mustGo(record.owner, this.#owner))
        await promise(this.#table("readwrite").delete(record.id));
    }
  }

  /** Photos chosen before signing in become this person's. */
  async list(draft) {
    const kept = this.#base
      ? await promise(this.#table("readonly").index("draft").getAll(draft))
      : [...this.#memory.values()];
    const records = kept.filter(({ owner }) => isOffered(owner, this.#owner));
    for (const record of records) {
      if (record.owner !== this.#owner) await this.put(record);
    }
    return records.sort((first, second) => first.position - second.position);
  }

  async put(record) {
    record.owner = this.#owner;
    this.#memory.set(record.id, record);
    if (!this.#base || (this.#owner && hasSignedOut())) return;
    try {
      await promise(this.#table("readwrite").put({ ...record, savedAt: Date.now() }));
    } catch {
      // No room: the file stays in memory while the page is open.
    }
  }

  async remove(id) {
    this.#memory.delete(id);
    if (this.#base) await promise(this.#table("readwrite").delete(id));
  }

  async forget(draft) {
    for (const { id } of await this.list(draft)) await this.remove(id);
  }
}
