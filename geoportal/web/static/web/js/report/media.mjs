/** Photos and videos of the form: chosen, put in order, kept in the browser, sent one by one. */

import { findIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { MediaItem } from "./media_item.mjs";
import { readPlace } from "./photo_place.mjs";
import { shrinkPhoto } from "./photo_size.mjs";
import { NoAnswer, Refused, remove, upload } from "./requests.mjs";

const MEGABYTE = 1024 * 1024;
const LOOK_AGAIN_MS = 5000;

/** Pages opened without TLS have no `randomUUID`; a key within one browser needs no more. */
function makeId() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}

/** Sends `change`, and `taken` (`detail`: place in degrees) when a photo says where it is from. */
export class Media extends EventTarget {
  #part;
  #config;
  #store;
  #draft;
  /** @type {MediaItem[]} */
  #items = [];
  /** @type {Promise<void> | null} */
  #running = null;
  /** @type {Map<MediaItem, AbortController>} */
  #controllers = new Map();

  /**
   * `draft()` gives the number of the draft.
   *
   * @param {Part} part
   * @param {{ config: ReportConfig, store: PhotoStore, draft: () => string }} tools
   */
  constructor(part, { config, store, draft }) {
    super();
    this.#part = part;
    this.#config = config;
    this.#store = store;
    this.#draft = draft;
    for (const id of ["camera", "gallery"]) {
      const input = part(id, HTMLInputElement);
      input.addEventListener("change", () => {
        this.add([...(input.files ?? [])]);
        input.value = "";
      });
    }
    part("take-photo").addEventListener("click", () => part("camera").click());
    part("choose-files").addEventListener("click", () => part("gallery").click());
    part("media-ways").hidden = false;
    addEventListener("online", () => this.send());
  }

  get items() {
    return this.#items;
  }

  get uploadIds() {
    return this.#items.map(({ uploadId }) => uploadId).filter((id) => id !== null);
  }

  get refused() {
    return this.#items.filter(({ state }) => state === "refused");
  }

  /** What this browser and the portal hold of the draft. */
  async restore() {
    const kept = await this.#store.list(this.#draft());
    const known = await this.#listUploads();
    const claimed = new Set(kept.map(({ uploadId }) => uploadId));
    for (const record of kept) {
      // The answer may not have been heard, when the page went in the middle of sending.
      const lost = [...(known?.values() ?? [])].find(
        ({ id, name }) => name === record.name && !claimed.has(id),
      );
      if (record.uploadId === null && lost) record.uploadId = lost.id;
      const uploaded = known?.get(record.uploadId ?? 0);
      const item = this.#insert({ ...record, uploadId: uploaded ? record.uploadId : null });
      if (uploaded) item.accept(uploaded);
      known?.delete(record.uploadId ?? 0);
    }
    for (const uploaded of known?.values() ?? []) {
      const { id, name, kind, thumbnail } = uploaded;
      this.#insert({ id: `upload-${id}`, name, kind, thumbnail, uploadId: id }).accept(uploaded);
    }
    this.#changed();
    this.send();
  }

  async #listUploads() {
    if (!this.#config.person.signed_in) return null;
    try {
      const query = new URLSearchParams({ draft_id: this.#draft() });
      /** @type {{ uploads: UploadDocument[] }} */
      const { uploads } = await fetchJson(`/api/v1/problems/uploads/?${query}`);
      return new Map(uploads.map((uploaded) => [uploaded.id, uploaded]));
    } catch {
      return null;
    }
  }

  /** @param {MediaRecord} record */
  #insert(record) {
    const item = new MediaItem(record, {
      remove: (which) => this.remove(which),
      move: (which, by) => this.move(which, by),
    });
    item.become(this.#config.person.signed_in ? "queued" : "kept");
    this.#items.push(item);
    return item;
  }

  /** @param {File[]} files */
  async add(files) {
    const refused = [];
    for (const chosen of files) {
      const file = await shrinkPhoto(chosen, this.#config.limits.photo_bytes);
      const why = this.#refuse(file);
      if (why) {
        refused.push(why);
        continue;
      }
      const name = file.name || gettext("Photo");
      const record = { id: makeId(), draft: this.#draft(), name, blob: file, uploadId: null };
      const item = this.#insert({ ...record, position: this.#items.length });
      await this.#store.put(item.record);
      // A smaller copy says no more where it was taken.
      const taken = await readPlace(chosen);
      if (taken) this.#tellTaken(item, taken);
    }
    this.#say(refused.join(" "));
    this.#changed();
    this.send();
  }

  /** @param {File} file */
  #refuse(file) {
    const { files, photo_bytes: photo, video_bytes: video } = this.#config.limits;
    const most = file.type.startsWith("video/") ? video : photo;
    if (this.#items.length >= files) {
      return interpolate(gettext("“%(file)s” does not fit: at most %(count)s files."), {
        file: file.name,
        count: files,
      });
    }
    if (file.size > most) {
      const limit = Math.round(most / MEGABYTE);
      return interpolate(gettext("“%(file)s” is larger than %(limit)s MB. Choose a smaller one."), {
        file: file.name,
        limit,
      });
    }
    return "";
  }

  /** @param {string} words */
  #say(words) {
    const place = this.#part("error-files");
    place.textContent = words;
    place.hidden = !words;
  }

  /** @param {MediaItem} item */
  remove(item) {
    this.#controllers.get(item)?.abort();
    const at = this.#items.indexOf(item);
    this.#items.splice(at, 1);
    this.#store.remove(item.record.id);
    item.release();
    if (item.uploadId !== null) remove(`/api/v1/problems/uploads/${item.uploadId}/`);
    this.#say("");
    this.#changed();
    const next = this.#items[Math.min(at, this.#items.length - 1)];
    ((next && findIn(next.node, "button:last-child")) ?? this.#part("choose-files")).focus();
  }

  /**
   * @param {MediaItem} item
   * @param {number} by
   */
  move(item, by) {
    const at = this.#items.indexOf(item);
    const to = at + by;
    if (to < 0 || to >= this.#items.length) return;
    this.#items.splice(at, 1);
    this.#items.splice(to, 0, item);
    for (const [position, { record }] of this.#items.entries()) {
      record.position = position;
      if (record.blob) this.#store.put(record);
    }
    this.#changed();
    const button = by < 0 ? item.up : item.down;
    (button.disabled ? (by < 0 ? item.down : item.up) : button).focus();
  }

  #changed() {
    const list = this.#part("media-list");
    list.replaceChildren(...this.#items.map(({ node }) => node));
    list.hidden = this.#items.length === 0;
    this.#part("media-empty").hidden = this.#items.length > 0;
    for (const [place, item] of this.#items.entries()) {
      item.up.disabled = place === 0;
      item.down.disabled = place === this.#items.length - 1;
    }
    this.dispatchEvent(new Event("change"));
  }

  /** Send what is not sent yet; ends when nothing more can be done. Never throws. */
  send() {
    if (!this.#config.person.signed_in) return Promise.resolve();
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #sendAll() {
    const tried = new Set();
    for (;;) {
      const item = this.#items.find((each) => !each.isSettled && !tried.has(each));
      if (!item) return;
      tried.add(item);
      await this.#sendOne(item);
      this.dispatchEvent(new Event("change"));
    }
  }

  /** @param {MediaItem} item */
  async #sendOne(item) {
    const { blob, name } = item.record;
    if (!blob) return;
    const controller = new AbortController();
    this.#controllers.set(item, controller);
    item.become("sending");
    try {
      const uploaded = await upload(
        this.#draft(),
        blob,
        name,
        (share) => item.progress(share),
        controller.signal,
      );
      item.accept(uploaded);
      item.record.uploadId = uploaded.id;
      await this.#store.put(item.record);
      if (uploaded.taken) this.#tellTaken(item, { lon: uploaded.taken[0], lat: uploaded.taken[1] });
      if (item.state === "waiting") setTimeout(() => this.#lookAgain(item), LOOK_AGAIN_MS);
    } catch (error) {
      if (controller.signal.aborted) return;
      if (error instanceof NoAnswer) item.become("offline");
      else
        item.become(
          "refused",
          (error instanceof Refused && error.detail) ||
            gettext("It was not taken. Remove it and try another file."),
        );
    } finally {
      this.#controllers.delete(item);
    }
  }

  /**
   * Once for each photo, whether this browser or the portal could read it.
   *
   * @param {MediaItem} item
   * @param {LonLat} taken
   */
  #tellTaken(item, taken) {
    if (item.taken) return;
    item.taken = taken;
    this.dispatchEvent(new CustomEvent("taken", { detail: taken }));
  }

  /** @param {MediaItem} item */
  async #lookAgain(item) {
    if (!this.#items.includes(item)) return;
    try {
      item.accept(await fetchJson(`/api/v1/problems/uploads/${item.uploadId}/`));
    } catch {
      // It is looked at again below.
    }
    if (item.state === "waiting") setTimeout(() => this.#lookAgain(item), LOOK_AGAIN_MS);
    this.dispatchEvent(new Event("change"));
  }
}
