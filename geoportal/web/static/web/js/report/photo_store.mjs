/**
 * Photos and videos that are not sent yet, kept in this browser (IndexedDB) beside the draft. They
 * are as the camera made them, hidden data too, so they go with the draft of their owner.
 */

import { hasSignedOut, isOffered, mustGo } from "./draft_owners.mjs";

const NAME = "geoportal-report";
const TABLE = "photos";
const LASTS_MS = 30 * 24 * 3600 * 1000;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
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
 * @param {IDBDatabase} base
 * @param {IDBTransactionMode} mode
 */
function openTable(base, mode) {
  return base.transaction(TABLE, mode).objectStore(TABLE);
}

/**
 * Where the browser keeps nothing (private windows), records live as long as the page.
 */
export class PhotoStore {
  #owner;
  /** @type {IDBDatabase | null} */
  #base = null;
  /** @type {Map<string, MediaRecord>} */
  #memory = new Map();

  /** @param {string} owner */
  constructor(owner) {
    this.#owner = owner;
  }

  async start() {
    try {
      const base = await open();
      this.#base = base;
      await this.#dropOthers(base);
    } catch {
      this.#base = null;
    }
  }

  /**
   * What is too old, and what another person has left.
   *
   * @param {IDBDatabase} base
   */
  async #dropOthers(base) {
    const before = Date.now() - LASTS_MS;
    for (const record of await promise(openTable(base, "readonly").getAll())) {
      if (record.savedAt < before || mustGo(record.owner, this.#owner))
        await promise(openTable(base, "readwrite").delete(record.id));
    }
  }

  /**
   * Photos chosen before signing in become this person's.
   *
   * @param {string} draft
   * @returns {Promise<MediaRecord[]>}
   */
  async list(draft) {
    /** @type {MediaRecord[]} */
    const kept = this.#base
      ? await promise(openTable(this.#base, "readonly").index("draft").getAll(draft))
      : [...this.#memory.values()];
    const records = kept.filter(({ owner }) => isOffered(owner ?? "", this.#owner));
    for (const record of records) {
      if (record.owner !== this.#owner) await this.put(record);
    }
    return records.sort((first, second) => (first.position ?? 0) - (second.position ?? 0));
  }

  /** @param {MediaRecord} record */
  async put(record) {
    record.owner = this.#owner;
    this.#memory.set(record.id, record);
    if (!this.#base || (this.#owner && hasSignedOut())) return;
    try {
      await promise(openTable(this.#base, "readwrite").put({ ...record, savedAt: Date.now() }));
    } catch {
      // No room: the file stays in memory while the page is open.
    }
  }

  /** @param {string} id */
  async remove(id) {
    this.#memory.delete(id);
    if (this.#base) await promise(openTable(this.#base, "readwrite").delete(id));
  }

  /** @param {string} draft */
  async forget(draft) {
    for (const { id } of await this.list(draft)) await this.remove(id);
  }
}
