/** One part of the form at a time; the history of the browser goes through them. */

import { listIn, needIn } from "../../../interface/js/finding.mjs";

export const STEPS = ["category", "place", "words", "media", "check"];
const PREFIX = "#step-";

function readStep() {
  const name = location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : "";
  return STEPS.includes(name) ? name : null;
}

/**
 * `page` is the element that knows the step (`data-step`); `allow(from, to)` says which step is
 * shown when somebody asks for `to`. Sends `step`.
 */
export class Steps extends EventTarget {
  #page;
  #allow;

  /**
   * @param {HTMLElement} page
   * @param {(from: string, to: string) => string} allow
   */
  constructor(page, allow) {
    super();
    this.#page = page;
    this.#allow = allow;
    addEventListener("popstate", () => this.#follow());
  }

  get current() {
    return this.#page.dataset.step ?? "";
  }

  get place() {
    return STEPS.indexOf(this.current);
  }

  /**
   * The first step to show; nothing gets the focus.
   *
   * @param {string | null} name
   */
  begin(name) {
    const step = this.#allow(STEPS[0], readStep() ?? name ?? STEPS[0]);
    history.replaceState(null, "", PREFIX + step);
    this.#show(step, false);
  }

  /** @param {string} name */
  go(name) {
    const step = this.#allow(this.current, name);
    if (step === this.current) return;
    history.pushState(null, "", PREFIX + step);
    this.#show(step, true);
  }

  forward() {
    this.go(STEPS[Math.min(STEPS.length - 1, this.place + 1)]);
  }

  back() {
    this.go(STEPS[Math.max(0, this.place - 1)]);
  }

  /** The address has changed: a link of the list of steps, or "back" of the browser. */
  #follow() {
    const wanted = readStep() ?? STEPS[0];
    const step = this.#allow(this.current, wanted);
    if (step !== wanted) history.replaceState(null, "", PREFIX + step);
    if (step !== this.current) this.#show(step, true);
  }

  /**
   * @param {string} step
   * @param {boolean} byHand
   */
  #show(step, byHand) {
    this.#page.dataset.step = step;
    for (const section of listIn(this.#page, ".step")) {
      section.hidden = section.dataset.step !== step;
    }
    const links = this.#page.querySelectorAll(".report-steps a");
    for (const [place, link] of [...links].entries()) {
      link.parentElement?.classList.toggle("is-done", place < STEPS.indexOf(step));
      if (place === STEPS.indexOf(step)) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    if (byHand) {
      scrollTo({ top: 0 });
      needIn(this.#page, `#title-${step}`).focus({ preventScroll: true });
    }
    this.dispatchEvent(new Event("step"));
  }
}
