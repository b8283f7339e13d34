/** One file on its way: a line of the list with its progress, and what can be done about it. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { isPassing, PAUSES_MS, PIECE_BYTES, readId, sayProgress, sayRefusal } from "./pieces.mjs";

export class Sending {
  /** @type {"sending" | "paused" | "done" | "refused"} */
  state = "sending";
  item = element("li", { class: "sent" });
  #bar = element("progress", { max: 1, value: 0 });
  #words = element("span", { class: "muted" });
  #buttons = element("span", { class: "sent-buttons" });

  /**
   * `onChange` hears of every step that the page counts; `onGone` that the line is to go.
   *
   * @param {File} file
   * @param {{ endpoint: string, token: string, onChange: () => void, onGone: (one: Sending) => void }} tools
   */
  constructor(file, { endpoint, token, onChange, onGone }) {
    this.file = file;
    this.onChange = onChange;
    this.onGone = onGone;
    this.#bar.setAttribute("aria-label", file.name);
    this.upload = new window.tus.Upload(file, {
      endpoint,
      chunkSize: PIECE_BYTES,
      retryDelays: PAUSES_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name },
      headers: { "X-CSRFToken": token },
      onShouldRetry: (error) => isPassing(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent, size) => this.#advance(sent, size ?? file.size),
      onSuccess: () => this.#finish(),
      onError: (error) => this.#stop(error),
    });
  }

  /** Goes on where the same file was cut before, also on another day. */
  async start() {
    this.#draw();
    const [earlier] = await this.upload.findPreviousUploads();
    if (earlier) this.upload.resumeFromPreviousUpload(earlier);
    this.upload.start();
  }

  pause() {
    this.upload.abort();
    this.state = "paused";
    this.#draw();
    this.onChange();
  }

  resume() {
    this.state = "sending";
    this.upload.start();
    this.#draw();
    this.onChange();
  }

  remove() {
    // The portal forgets it as well; where that fails, the clock does later.
    this.upload.abort(true).catch(() => {});
    this.onGone(this);
  }

  /**
   * @param {number} sent
   * @param {number} size
   */
  #advance(sent, size) {
    this.#bar.value = sent / size;
    this.#words.textContent = sayProgress(sent, size);
  }

  #finish() {
    this.state = "done";
    this.#bar.value = 1;
    this.#words.textContent = gettext("has come");
    this.#draw();
    this.onChange();
  }

  /** @param {Error | import("tus-js-client").DetailedError} error */
  #stop(error) {
    const response = "originalResponse" in error ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    this.state = isPassing(status) ? "paused" : "refused";
    this.#words.textContent = sayRefusal(status, response?.getBody() ?? "");
    this.#draw();
    this.onChange();
  }

  #draw() {
    const names = { sending: "file", paused: "circle-alert", refused: "circle-alert", done: "" };
    this.item.className = `sent sent-${this.state}`;
    this.#buttons.replaceChildren(...this.#listButtons());
    this.item.replaceChildren(
      icon(this.state === "done" ? "circle-check" : names[this.state]),
      element(
        "span",
        { class: "sent-text" },
        element("span", { class: "sent-name" }, this.file.name),
        this.state === "done" || this.state === "refused" ? null : this.#bar,
        this.#words,
      ),
      this.#buttons,
    );
    if (this.state === "done")
      this.item.append(
        element("input", { type: "hidden", name: "uploads", value: readId(this.upload.url ?? "") }),
      );
  }

  #listButtons() {
    /**
     * @param {string} words
     * @param {() => void} onclick
     */
    const button = (words, onclick) =>
      element("button", { type: "button", class: "button-quiet", onclick }, words);
    const steps = [];
    if (this.state === "sending") steps.push(button(gettext("Pause"), () => this.pause()));
    if (this.state === "paused") steps.push(button(gettext("Continue"), () => this.resume()));
    const remove = button("", () => this.remove());
    remove.setAttribute("aria-label", `${gettext("Remove")}: ${this.file.name}`);
    remove.append(icon("x"));
    return [...steps, remove];
  }
}
