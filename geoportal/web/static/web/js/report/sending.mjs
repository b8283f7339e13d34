/** Sends the report once, however often it has to try. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { NoAnswer, post } from "./requests.mjs";

const AGAIN_MS = 20000;

/** The form as the portal reads it. */
export function buildReport(form, place, media) {
  const { elements } = form;
  const chosen = findChosen(form);
  const prefix = `answer-${chosen.code}-`;
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith(prefix) || !value) continue;
    const code = name.slice(prefix.length);
    const several =
      elements[name] instanceof RadioNodeList && elements[name][0].type === "checkbox";
    if (several) answers[code] = [...(answers[code] ?? []), value];
    else answers[code] = value;
  }
  return {
    client_request_id: elements.client_request_id.value,
    category: chosen.code,
    ...place.point,
    address: place.address,
    title: elements.title.value,
    description: elements.description.value,
    answers,
    is_anonymous: !elements.shows_name.checked,
    attachments: media.uploadIds,
    ...(elements.on_behalf?.checked ? { contact: readContact(elements) } : {}),
  };
}

function readContact(elements) {
  return Object.fromEntries(
    ["name", "phone", "email"].map((part) => [part, elements[`contact_${part}`].value]),
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
  #timer = 0;
  #isBusy = false;
  #isWanted = false;

  constructor(form, place, media) {
    super();
    [this.#form, this.#place, this.#media] = [form, place, media];
    addEventListener("online", () => {
      if (this.#isWanted) this.send();
    });
  }

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

  #refuse(error) {
    this.#isWanted = false;
    this.#tell("idle");
    this.dispatchEvent(new CustomEvent("refused", { detail: error }));
  }
}

export class FilesRefused extends Error {}
