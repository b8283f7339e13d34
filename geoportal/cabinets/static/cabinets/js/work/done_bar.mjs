/** «Опубліковано · Скасувати»: what was just decided, and the way back. */

import { need, needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { Refused, send } from "./actions.mjs";

export class DoneBar {
  #bar = need("done-bar");
  #form = needIn(this.#bar, "form", HTMLFormElement);
  #words = needIn(this.#bar, ".done-words");

  /**
   * `onUndone(answer)` hears of a decision that was taken back.
   *
   * @param {(answer: ActionAnswer) => void | Promise<void>} onUndone
   */
  constructor(onUndone) {
    this.onUndone = onUndone;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.undo();
    });
  }

  /**
   * Say what was done; `url` takes it back, without one there is nothing to take back.
   *
   * @param {string} words
   */
  show(words, url = "") {
    this.#bar.hidden = false;
    this.#bar.classList.remove("is-refused");
    this.#words.textContent = words;
    this.#form.hidden = !url;
    this.#form.action = url;
  }

  /** @param {Refused} error */
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

/**
 * Words for a refusal; those of the server where it gave some.
 *
 * @param {Refused} error
 */
export function explain(error) {
  if (error.status === 0)
    return gettext("No answer: check the connection and try again. Nothing was lost.");
  return error.message || gettext("This could not be done. Reload the page and try again.");
}
