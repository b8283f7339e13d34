/** One photo or video of the form: its picture, what becomes of it, and its buttons. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";

/** @type {Record<string, () => string>} */
const STATES = {
  kept: () => gettext("Kept in this browser until you sign in"),
  queued: () => gettext("Waits to be sent"),
  sending: () => gettext("Being sent…"),
  offline: () => gettext("No connection: kept, sent later"),
  waiting: () => gettext("Sent; the video is being prepared"),
  done: () => gettext("Sent"),
};

export class MediaItem {
  state = "queued";
  words = "";
  /** @type {number | null} */
  uploadId = null;
  /** @type {LonLat | null} */
  taken = null;
  #actions;
  /** @type {string | null} */
  #address = null;
  #bar = element("progress", { max: 1, value: 0, "aria-label": gettext("How much is sent") });
  #about = element("span", { class: "muted" });
  #picture = element("span", { class: "media-picture" });

  /**
   * `record` is kept in the browser.
   *
   * @param {MediaRecord} record
   * @param {{
   *   remove: (item: MediaItem) => void,
   *   move: (item: MediaItem, by: number) => void,
   * }} actions
   */
  constructor(record, actions) {
    this.record = record;
    this.#actions = actions;
    this.uploadId = record.uploadId ?? null;
    this.up = this.#button("arrow-up", gettext("Earlier"), () => actions.move(this, -1));
    this.down = this.#button("arrow-down", gettext("Later"), () => actions.move(this, 1));
    this.node = this.#build();
    this.#paint();
  }

  get isVideo() {
    return this.record.kind === "video" || (this.record.blob?.type ?? "").startsWith("video/");
  }

  get isSettled() {
    return this.state === "done" || this.state === "waiting" || this.state === "refused";
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {() => void} act
   */
  #button(name, label, act) {
    return element(
      "button",
      {
        type: "button",
        class: "button-quiet",
        "aria-label": `${label}: ${this.record.name}`,
        title: label,
        onclick: act,
      },
      icon(name),
    );
  }

  #build() {
    const away = this.#button("x", gettext("Remove"), () => this.#actions.remove(this));
    return element(
      "li",
      { class: "media-item" },
      this.#picture,
      element(
        "span",
        { class: "media-text" },
        element("strong", {}, this.record.name),
        this.#about,
        this.#bar,
      ),
      element("span", { class: "media-buttons" }, this.up, this.down, away),
    );
  }

  #paint() {
    const { blob, thumbnail } = this.record;
    if (!thumbnail && blob && !this.isVideo) this.#address ??= URL.createObjectURL(blob);
    const source = thumbnail || this.#address;
    const fallback = () => this.#picture.replaceChildren(icon(this.isVideo ? "video" : "image"));
    if (!source) {
      fallback();
      return;
    }
    this.#picture.replaceChildren(element("img", { src: source, alt: "", onerror: fallback }));
    if (this.isVideo) this.#picture.append(icon("play", "icon media-play"));
  }

  /** The file is not needed any more. */
  release() {
    if (this.#address) URL.revokeObjectURL(this.#address);
  }

  /**
   * Another state; `words` say why where it was refused.
   *
   * @param {string} state
   */
  become(state, words = "") {
    this.state = state;
    this.words = words;
    this.node.dataset.state = state;
    this.#bar.hidden = state !== "sending";
    this.#about.textContent = state === "refused" ? words : STATES[state]();
    this.#about.className = state === "refused" ? "field-error" : "muted";
  }

  /** @param {number} share */
  progress(share) {
    this.#bar.value = share;
    if (share >= 1) this.#about.textContent = gettext("Being cleaned of hidden data…");
  }

  /**
   * The portal has it.
   *
   * @param {UploadDocument} upload
   */
  accept({ id, thumbnail, processing, processing_title: title }) {
    this.uploadId = id;
    if (thumbnail && thumbnail !== this.record.thumbnail) {
      this.record = { ...this.record, thumbnail };
      this.#paint();
    }
    if (processing === "failed")
      this.become("refused", interpolate(gettext("%(state)s. Remove it."), { state: title }));
    else this.become(processing === "waiting" ? "waiting" : "done");
  }
}
