/** «Опубліковано · Скасувати»: what was just decided, and the way back. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { Refused, send } from "./actions.mjs";

export class DoneBar {
  #bar = document.getElementById("done-bar");
  #form = this.#bar.querySelector("form");
  #words = this.#bar.querySelector(".done-words");

  /** `onUndone(answer)` hears of a decision that was taken back. */
  constructor(onUndone) {
    this.onUndone = onUndone;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.undo();
    });
  }

  /** Say what was done; `url` takes it back, without one there is nothing to take back. */
  show(words, url = "") {
    this.#bar.hidden = false;
    this.#bar.classList.remove("is-refused");
    this.#words.textContent = words;
    this.#form.hidden = !url;
    this.#form.action = url;
  }

  refuse(error) {
    this.show(explain(error));
    this.#bar.classList.add("is-refused");
  }

  get canUndo() {
    return !this.#bar.hidden && !this.#form.hidden && this.#form.getAttribute("action") !== "";
  }

  async undo() {
    if (!this.canUndo) return;
    try {
      const answer = await send(this.#form.action, {});
      this.show(answer.message);
      await this.onUndone(answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refuse(error);
    }
  }
}

/** Words for a refusal; those of the server where it gave some. */
export function explain(error) {
  if (error.status === 0)
    return gettext("No answer: check the connection and try again. Nothing was lost.");
  return error.message || gettext("This could not be done. Reload the page and try again.");
}
