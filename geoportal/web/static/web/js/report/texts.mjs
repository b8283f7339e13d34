/** While somebody writes: how much fits, and whether somebody's numbers would become public. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { post } from "./requests.mjs";

const WAIT_MS = 900;
const AROUND = 18;
const NEAR_END = 0.8;
const ANSWER = "answer:";

/** Looks for personal data at the portal; `notes` are what it found last; `edit(step)` goes to a field. */
export class Texts extends EventTarget {
  #form;
  #box;
  #waiting = 0;
  #asked = "";
  #edit;
  notes = [];

  constructor(form, part, edit) {
    super();
    this.#edit = edit;
    this.#form = form;
    this.#box = part("text-notes");
    for (const name of ["title", "description"]) {
      const control = form.elements[name];
      const count = () => showCount(control, part(`${name}-count`));
      control.addEventListener("input", count);
      count();
    }
    form.addEventListener("input", ({ target }) => {
      if (!this.#list().includes(target)) return;
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.check(), WAIT_MS);
    });
  }

  /** Fields whose words everyone will read: of answers those of the chosen category. */
  #list() {
    const { title, description, address } = this.#form.elements;
    const leaf = findChosen(this.#form)?.element;
    const answers =
      leaf?.querySelectorAll(
        "[data-question]:not([data-private]) :is(textarea, input[maxlength='254'])",
      ) ?? [];
    return [title, description, address, ...answers];
  }

  /** The field of the form that the portal's name of it means. */
  #find(name) {
    const code = name.startsWith(ANSWER) ? name.slice(ANSWER.length) : null;
    if (code === null) return this.#form.elements[name];
    return this.#list().find(
      (control) => control.closest("[data-question]")?.dataset.question === code,
    );
  }

  /** Ask now; without an answer the moderators look at it anyway. */
  async check() {
    clearTimeout(this.#waiting);
    const [title, description, address, ...answered] = this.#list();
    const answers = Object.fromEntries(
      answered.map((control) => [
        control.closest("[data-question]").dataset.question,
        control.value,
      ]),
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

  #buildNote({ field, kind_title: kind, start, end }) {
    const letters = [...this.#find(field).value];
    const before = letters.slice(Math.max(0, start - AROUND), start).join("");
    const after = letters.slice(end, end + AROUND).join("");
    const where =
      {
        title: gettext("in the short text"),
        description: gettext("in the details"),
        address: gettext("in the address"),
      }[field] ?? gettext("in an answer");
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

  /** Characters of the portal are code points; those of a field are units of UTF-16. */
  #select(field, letters, start, end) {
    this.#edit({ title: "words", description: "words", address: "place" }[field] ?? "category");
    const control = this.#find(field);
    const from = letters.slice(0, start).join("").length;
    control.focus();
    control.setSelectionRange(from, from + letters.slice(start, end).join("").length);
  }
}

function showCount(control, place) {
  const [length, most] = [control.value.length, control.maxLength];
  place.hidden = length < most * NEAR_END;
  place.textContent = interpolate(gettext("%(count)s of %(max)s"), { count: length, max: most });
}
