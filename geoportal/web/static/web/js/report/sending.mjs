/** Sends the report once, however often it has to try. */

import { needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { NoAnswer, post } from "./requests.mjs";

const AGAIN_MS = 20000;

/**
 * The form as the portal reads it.
 *
 * @param {ReportForm} form
 * @param {Place} place
 * @param {Media} media
 */
export function buildReport(form, place, media) {
  const { elements } = form;
  const category = findChosen(form)?.code ?? "";
  const prefix = `answer-${category}-`;
  /** @type {Record<string, unknown>} */
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith(prefix) || !value) continue;
    const code = name.slice(prefix.length);
    const before = answers[code];
    if (!isOneOfMany(elements.namedItem(name))) answers[code] = value;
    else answers[code] = Array.isArray(before) ? [...before, value] : [value];
  }
  return {
    client_request_id: elements.client_request_id.value,
    category,
    ...place.point,
    address: place.address,
    title: elements.title.value,
    description: elements.description.value,
    answers,
    is_anonymous: !elements.shows_name.checked,
    attachments: media.uploadIds,
    ...(elements.on_behalf?.checked ? { contact: readContact(form) } : {}),
  };
}

/** @param {Element | RadioNodeList | null} found */
function isOneOfMany(found) {
  const first = found instanceof RadioNodeList ? found[0] : null;
  return first instanceof HTMLInputElement && first.type === "checkbox";
}

/** @param {ReportForm} form */
function readContact(form) {
  return Object.fromEntries(
    ["name", "phone", "email"].map((part) => [
      part,
      needIn(form, `[name=contact_${part}]`, HTMLInputElement).value,
    ]),
  );
}

/**
 * Sends `state` (`detail`: `idle`, `files`, `sending`, `offline`), `sent` (the portal's answer) and
 * `refused` (the error). While there is no connection it tries again by itself.
 */
export class Sending extends EventTarget {
  #form;
  #place;
  #media;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isBusy = false;
  #isWanted = false;

  /**
   * @param {ReportForm} form
   * @param {Place} place
   * @param {Media} media
   */
  constructor(form, place, media) {
    super();
    this.#form = form;
    this.#place = place;
    this.#media = media;
    addEventListener("online", () => {
      if (this.#isWanted) this.send();
    });
  }

  /** @param {string} state */
  #tell(state) {
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  /** The person goes on writing: nothing is sent by itself any more. */
  stop() {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    if (!this.#isBusy) this.#tell("idle");
  }

  async send() {
    if (this.#isBusy) return;
    this.#isBusy = this.#isWanted = true;
    clearTimeout(this.#timer);
    try {
      await this.#sendFiles();
      this.#tell("sending");
      const answer = await post(
        "/api/v1/problems/reports/",
        buildReport(this.#form, this.#place, this.#media),
      );
      this.#isWanted = false;
      this.dispatchEvent(new CustomEvent("sent", { detail: answer }));
    } catch (error) {
      this.#isBusy = false;
      if (error instanceof NoAnswer) this.#wait();
      else this.#refuse(error);
    }
  }

  async #sendFiles() {
    this.#tell("files");
    await this.#media.send();
    if (this.#media.refused.length)
      throw new FilesRefused(gettext("Some files were not taken. Remove them and send again."));
    if (this.#media.items.some(({ isSettled }) => !isSettled)) throw new NoAnswer("files");
  }

  #wait() {
    if (!this.#isWanted) return;
    this.#tell("offline");
    this.#timer = setTimeout(() => this.send(), AGAIN_MS);
  }

  /** @param {unknown} error */
  #refuse(error) {
    this.#isWanted = false;
    this.#tell("idle");
    this.dispatchEvent(new CustomEvent("refused", { detail: error }));
  }
}

export class FilesRefused extends Error {}
