/** What was typed into this form, kept in this browser until the report is sent. */

import { findOwner } from "./draft_owners.mjs";
import {
  dropDraft,
  dropOthers,
  findDraft,
  keepCaller,
  keepDraft,
  listDrafts,
  markOpen,
  mayKeep,
  readCaller,
} from "./draft_storage.mjs";
import { isTick } from "./fields.mjs";

const WAIT_MS = 300;
const NOT_KEPT = new Set([
  "csrfmiddlewaretoken",
  "client_request_id",
  "files",
  "attachments",
  "place",
  "do",
]);

/** @type {(name: string) => boolean} */
const isCallers = (name) => name.startsWith("contact_") || name === "on_behalf";

/** The draft of this form. Where the browser keeps nothing, nothing breaks. */
export class Draft {
  #form;
  #owner;
  #step;
  #photos;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #over = false;

  /**
   * `step()` tells where the person is, `photos()` how many there are.
   *
   * @param {ReportForm} form
   * @param {{ step: () => string, photos: () => number }} tell
   */
  constructor(form, { step, photos }) {
    this.#form = form;
    this.#owner = findOwner(form);
    this.#step = step;
    this.#photos = photos;
    dropOthers(this.#owner);
  }

  get id() {
    return this.#form.elements.client_request_id.value;
  }

  /**
   * This person's draft of that number, also one written before signing in.
   *
   * @param {string | null} id
   */
  find(id) {
    return findDraft(this.#owner, id);
  }

  /** Other drafts of this person. */
  listOthers() {
    return listDrafts(this.#owner).filter(({ id }) => id !== this.id);
  }

  /**
   * Fill the form with it, and go on under its number; from now on it is this person's.
   *
   * @param {KeptDraft} kept
   */
  restore(kept) {
    this.#form.elements.client_request_id.value = kept.id;
    const caller = readCaller();
    const isHis = caller?.id === kept.id && caller.owner === this.#owner;
    this.fill([...kept.fields, ...(isHis ? caller.fields : [])]);
    if (kept.owner !== this.#owner && keepDraft({ ...kept, owner: this.#owner })) dropDraft(kept);
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

  /** The tab shows this one, whatever else was begun. */
  open() {
    markOpen(this.id);
  }

  /** Soon, when typing pauses. */
  touch() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.save(), WAIT_MS);
  }

  save() {
    clearTimeout(this.#waiting);
    if (!mayKeep(this.#owner)) this.forget();
    if (this.#over) return;
    const all = [...new FormData(this.#form)].filter(
      ([name, value]) => typeof value === "string" && value && !NOT_KEPT.has(name),
    );
    const fields = /** @type {[string, string][]} */ (all);
    const { id } = this;
    keepDraft({
      id,
      owner: this.#owner,
      step: this.#step(),
      savedAt: Date.now(),
      photos: this.#photos(),
      fields: fields.filter(([name]) => !isCallers(name)),
    });
    const callers = fields.filter(([name]) => isCallers(name));
    if (callers.length) keepCaller({ id, owner: this.#owner, fields: callers });
  }

  /** The report is sent, or thrown away. */
  forget() {
    this.#over = true;
    clearTimeout(this.#waiting);
    dropDraft({ id: this.id, owner: this.#owner });
  }
}
