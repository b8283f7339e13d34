/** The bar below: where one is, what is known of the place, and the one button that goes on. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { needIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { buildPlaceNote } from "./place_note.mjs";

/** Sends `send` when the last button is pressed. */
export class Bar extends EventTarget {
  #part;
  /** @type {Steps} */
  #steps;
  /** @type {Place} */
  #place;
  /** @type {Similar} */
  #similar;
  /** @type {Sending} */
  #sending;
  #config;
  #state = "idle";

  /**
   * @param {Part} part
   * @param {{
   *   steps: Steps,
   *   place: Place,
   *   similar: Similar,
   *   sending: Sending,
   *   config: ReportConfig,
   * }} tools
   */
  constructor(part, { steps, place, similar, sending, config }) {
    super();
    this.#part = part;
    [this.#steps, this.#place, this.#similar, this.#sending] = [steps, place, similar, sending];
    this.#config = config;
    part("back").addEventListener("click", () => steps.back());
    part("next").addEventListener("click", () => steps.forward());
    part("send").addEventListener("click", () => this.press());
    steps.addEventListener("step", () => this.update());
    place.addEventListener("answer", () => this.update());
    place.addEventListener("name", () => this.update());
    similar.addEventListener("found", () => this.update());
    sending.addEventListener("state", (event) => {
      this.#state = /** @type {CustomEvent<string>} */ (event).detail;
      this.update();
    });
  }

  press() {
    this.dispatchEvent(new Event("send"));
  }

  update() {
    const last = this.#steps.current === "check";
    this.#part("back").hidden = this.#steps.place === 0;
    this.#part("next").hidden = last;
    const busy = this.#state === "files" || this.#state === "sending";
    const send = this.#part("send", HTMLButtonElement);
    send.hidden = !last;
    send.disabled = busy;
    needIn(send, "span").textContent = this.#nameSend(busy);
    const lines = this.#buildNote();
    const note = this.#part("bar-note");
    note.hidden = lines.length === 0;
    note.replaceChildren(...lines);
  }

  /** @param {boolean} busy */
  #nameSend(busy) {
    if (!this.#config.person.signed_in) return gettext("Sign in and send");
    if (busy) return this.#state === "files" ? gettext("Sending the photos…") : gettext("Sending…");
    return this.#state === "offline" ? gettext("Try now") : gettext("Send");
  }

  #buildNote() {
    const step = this.#steps.current;
    if (step === "place") return [...buildPlaceNote(this.#place), ...this.#buildSimilar()];
    if (step === "check" && this.#state === "offline") {
      return [
        element(
          "p",
          { class: "bar-line is-bad" },
          icon("cloud-off"),
          element(
            "span",
            {},
            gettext(
              "No connection. The report is kept in this browser and goes by itself as soon as there is one; keep the page open, or come back later.",
            ),
          ),
        ),
      ];
    }
    return [];
  }

  #buildSimilar() {
    const count = this.#similar.problems.length;
    if (!count) return [];
    const words = interpolate(
      ngettext(
        "%(count)s report like this nearby: is it the same?",
        "%(count)s reports like this nearby: is it one of them?",
        count,
      ),
      { count },
    );
    return [
      element(
        "button",
        { type: "button", class: "bar-link", onclick: () => this.#steps.go("words") },
        icon("users"),
        words,
      ),
    ];
  }
}
