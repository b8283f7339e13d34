/** What is missing or wrong in a step, before the server says the same. */

import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { sayOutside } from "./place_note.mjs";

/** Field → words; empty when the step is done. */
export function checkStep(step, { form, place, limits }) {
  const checks = { category: checkCategory, place: checkPlace, words: checkWords };
  return checks[step]?.({ form, place, limits }) ?? new Map();
}

function checkCategory({ form }) {
  const chosen = findChosen(form);
  if (!chosen) return new Map([["category", gettext("Choose what has happened.")]]);
  const wrong = new Map();
  for (const question of chosen.element.querySelectorAll("[data-question][data-required]")) {
    const controls = [...question.querySelectorAll("input, textarea")];
    const isAnswered = controls.some((control) =>
      control.type === "radio" || control.type === "checkbox"
        ? control.checked
        : control.value.trim(),
    );
    if (!isAnswered) wrong.set(controls[0].name, gettext("Answer this question."));
  }
  return wrong;
}

function checkPlace({ place }) {
  if (!place.point)
    return new Map([
      ["place", gettext("Show the place: choose an address from the list or tap the map.")],
    ]);
  return place.answer.state === "outside" ? new Map([["place", sayOutside()]]) : new Map();
}

function checkWords({ form, limits }) {
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
  const {
    on_behalf: calls,
    contact_name: name,
    contact_phone: phone,
    contact_email: email,
  } = form.elements;
  if (calls?.checked) {
    if (![name, phone, email].some((control) => control.value.trim())) {
      wrong.set("contact_name", gettext("Write who called, or how to reach them."));
    }
    if (!email.checkValidity())
      wrong.set("contact_email", gettext("This is not an e-mail address."));
  }
  return wrong;
}

/** The step that a field stands in. */
export function findStep(name) {
  return findError(name)?.closest(".step")?.dataset.step ?? null;
}

function findError(name) {
  return document.getElementById(`error-${name}`);
}

/** Show the errors of fields, or take them away; the first wrong field gets the focus. */
export function showErrors(scope, wrong, { focus = false } = {}) {
  for (const place of scope.querySelectorAll(".field-error")) {
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
  const target = { category: "#category-search", place: "#address" }[first] ?? `[name="${first}"]`;
  const control = scope.querySelector(target);
  control?.focus({ preventScroll: true });
  findError(first)?.scrollIntoView({ block: "center" });
}
