/** What is missing or wrong in a step, before the server says the same. */

import { findIn, listIn, needIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { isTick, listFields } from "./fields.mjs";
import { sayOutside } from "./place_note.mjs";

/**
 * What gets the focus where it is not the field itself.
 *
 * @type {Record<string, string>}
 */
const TARGETS = { category: "#category-search", place: "#address" };

/** @typedef {{ form: ReportForm, place: Place, limits: ReportConfig["limits"] }} Checked */
/** @typedef {Map<string, string>} Wrong */

/**
 * Field → words; empty when the step is done.
 *
 * @param {string} step
 * @param {Checked} checked
 * @returns {Wrong}
 */
export function checkStep(step, { form, place, limits }) {
  /** @type {Record<string, (checked: Checked) => Wrong>} */
  const checks = { category: checkCategory, place: checkPlace, words: checkWords };
  return checks[step]?.({ form, place, limits }) ?? new Map();
}

/** @param {Checked} checked */
function checkCategory({ form }) {
  const chosen = findChosen(form);
  if (!chosen) return new Map([["category", gettext("Choose what has happened.")]]);
  /** @type {Wrong} */
  const wrong = new Map();
  const danger = findIn(chosen.element, "[data-danger]");
  if (danger && !findIn(danger, "input:checked")) {
    const words = gettext("First call; then say here that you have called.");
    wrong.set(danger.dataset.danger ?? "", words);
  }
  for (const question of listIn(chosen.element, "[data-question][data-required]")) {
    const controls = listFields(question);
    const isAnswered = controls.some((control) =>
      isTick(control) ? control.checked : control.value.trim(),
    );
    if (!isAnswered) wrong.set(controls[0].name, gettext("Answer this question."));
  }
  return wrong;
}

/**
 * @param {Checked} checked
 * @returns {Wrong}
 */
function checkPlace({ place }) {
  if (!place.point)
    return new Map([
      ["place", gettext("Show the place: choose an address from the list or tap the map.")],
    ]);
  return place.answer.state === "outside" ? new Map([["place", sayOutside()]]) : new Map();
}

/** @param {Checked} checked */
function checkWords({ form, limits }) {
  /** @type {Wrong} */
  const wrong = new Map();
  const title = form.elements.title.value.trim();
  if ([...title].length < limits.title_min) {
    wrong.set(
      "title",
      interpolate(gettext("From %(min)s to %(max)s letters."), {
        min: limits.title_min,
        max: limits.title_max,
      }),
    );
  }
  if (!form.elements.description.value.trim())
    wrong.set("description", gettext("Describe what is wrong."));
  if (form.elements.on_behalf?.checked) {
    const contacts = listIn(form, "[name^=contact_]", HTMLInputElement);
    if (!contacts.some((control) => control.value.trim())) {
      wrong.set("contact_name", gettext("Write who called, or how to reach them."));
    }
    if (!needIn(form, "[name=contact_email]", HTMLInputElement).checkValidity())
      wrong.set("contact_email", gettext("This is not an e-mail address."));
  }
  return wrong;
}

/**
 * The step that a field stands in.
 *
 * @param {string} name
 */
export function findStep(name) {
  /** @type {HTMLElement | null | undefined} */
  const step = findError(name)?.closest(".step");
  return step?.dataset.step ?? null;
}

/** @param {string} name */
function findError(name) {
  return document.getElementById(`error-${name}`);
}

/**
 * Show the errors of fields, or take them away; the first wrong field gets the focus.
 *
 * @param {ParentNode} scope
 * @param {Wrong} wrong
 */
export function showErrors(scope, wrong, { focus = false } = {}) {
  for (const place of listIn(scope, ".field-error")) {
    const name = place.id.replace(/^error-/, "");
    if (name === "files") continue;
    place.textContent = wrong.get(name) ?? "";
    place.hidden = !wrong.has(name);
    for (const control of scope.querySelectorAll(`[name="${name}"]`)) {
      if (wrong.has(name)) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
  const [first] = wrong.keys();
  if (!focus || !first) return;
  const target = TARGETS[first] ?? `[name="${first}"]`;
  findIn(scope, target)?.focus({ preventScroll: true });
  findError(first)?.scrollIntoView({ block: "center" });
}
