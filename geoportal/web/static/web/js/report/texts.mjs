/** While somebody writes: how much fits, and whether somebody's numbers would become public. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { post } from "./requests.mjs";

const WAIT_MS = 900;
const AROUND = 18;
const NEAR_END = 0.8;
const ANSWER = "answer:";
/** @type {Record<string, string>} */
const STEPS = { title: "words", description: "words", address: "place" };

/** Looks for personal data at the portal; `notes` are what it found last; `edit(step)` goes to a field. */
export class Texts extends EventTarget {
  #form;
  #box;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #asked = "";
  #edit;
  /** @type {TextNote[]} */
  notes = [];

  /**
   * @param {ReportForm} form
   * @param {Part} part
   * @param {(step: string) => void} edit
   */
  constructor(form, part, edit) {
    super();
    this.#edit = edit;
    this.#form = form;
    this.#box = part("text-notes");
    for (const control of [form.elements.title, form.elements.description]) {
      const count = () => showCount(control, part(`${control.name}-count`));
      control.addEventListener("input", count);
      count();
    }
    form.addEventListener("input", ({ target }) => {
      if (!this.#list().some((control) => control === target)) return;
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.check(), WAIT_MS);
    });
  }

  /**
   * Fields whose words everyone will read: of answers those of the chosen category.
   *
   * @returns {TextField[]}
   */
  #list() {
    const { title, description, address } = this.#form.elements;
    const leaf = findChosen(this.#form)?.element;
    /** @type {Iterable<TextField>} */
    const answers =
      leaf?.querySelectorAll(
        "[data-question]:not([data-private]) :is(textarea, input[maxlength='254'])",
      ) ?? [];
    return [title, description, address, ...answers];
  }

  /**
   * The field of the form that the portal's name of it means.
   *
   * @param {string} name
   */
  #find(name) {
    const code = name.startsWith(ANSWER) ? name.slice(ANSWER.length) : null;
    return this.#list().find((control) =>
      code === null ? control.name === name : findQuestion(control) === code,
    );
  }

  /** Ask now; without an answer the moderators look at it anyway. */
  async check() {
    clearTimeout(this.#waiting);
    const [title, description, address, ...answered] = this.#list();
    const answers = Object.fromEntries(
      answered.map((control) => [findQuestion(control), control.value]),
    );
    const texts = {
      title: title.value,
      description: description.value,
      address: address.value,
      answers,
    };
    const key = JSON.stringify(texts);
    if (key === this.#asked) return;
    this.#asked = key;
    try {
      /** @type {{ found: TextNote[] }} */
      const { found } = await post("/api/v1/problems/check-text/", texts);
      if (key !== this.#asked) return;
      this.notes = found.filter(({ field }) => this.#find(field));
    } catch {
      this.#asked = "";
    }
    this.#show();
    this.dispatchEvent(new Event("checked"));
  }

  #show() {
    this.#box.hidden = this.notes.length === 0;
    this.#box.replaceChildren(this.build());
  }

  /** Everything that was found, with its place. */
  build() {
    return element(
      "div",
      { class: "notice notes-list" },
      icon("triangle-alert"),
      element(
        "div",
        {},
        element(
          "p",
          { class: "notice-lead" },
          gettext("Everyone will be able to read this. Leave out what is not needed."),
        ),
        element("ul", { class: "plain-list" }, ...this.notes.map((note) => this.#buildNote(note))),
      ),
    );
  }

  /** @param {TextNote} note */
  #buildNote({ field, kind_title: kind, start, end }) {
    const letters = [...(this.#find(field)?.value ?? "")];
    const before = letters.slice(Math.max(0, start - AROUND), start).join("");
    const after = letters.slice(end, end + AROUND).join("");
    /** @type {Record<string, string>} */
    const places = {
      title: gettext("in the short text"),
      description: gettext("in the details"),
      address: gettext("in the address"),
    };
    const where = places[field] ?? gettext("in an answer");
    return element(
      "li",
      {},
      element("span", {}, `${interpolate(gettext("%(kind)s %(where)s"), { kind, where })}: `),
      element(
        "q",
        {},
        start > AROUND ? "…" : "",
        before,
        element("mark", {}, letters.slice(start, end).join("")),
        after,
        end + AROUND < letters.length ? "…" : "",
      ),
      " ",
      element(
        "button",
        {
          type: "button",
          class: "link-button",
          onclick: () => this.#select(field, letters, start, end),
        },
        gettext("Correct"),
      ),
    );
  }

  /**
   * Characters of the portal are code points; those of a field are units of UTF-16.
   *
   * @param {string} field
   * @param {string[]} letters
   * @param {number} start
   * @param {number} end
   */
  #select(field, letters, start, end) {
    this.#edit(STEPS[field] ?? "category");
    const control = this.#find(field);
    const from = letters.slice(0, start).join("").length;
    control?.focus();
    control?.setSelectionRange(from, from + letters.slice(start, end).join("").length);
  }
}

/**
 * @param {TextField} control
 * @param {HTMLElement} place
 */
function showCount(control, place) {
  const [length, most] = [control.value.length, control.maxLength];
  place.hidden = length < most * NEAR_END;
  place.textContent = interpolate(gettext("%(count)s of %(max)s"), { count: length, max: most });
}

/**
 * The code of the question that a field answers.
 *
 * @param {TextField} control
 */
function findQuestion(control) {
  /** @type {HTMLElement | null} */
  const question = control.closest("[data-question]");
  return question?.dataset.question;
}
