/** The last look: exactly what everyone will see, and what only those who work on it. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { listIn, needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";
import { isTick, listFields } from "./fields.mjs";

/** @typedef {{ title: string, text: string }} Fact */
/** @typedef {(step: string) => void} Edit */

/**
 * Answers as pairs of texts, with whether they are public.
 *
 * @param {HTMLElement} leaf
 */
function listAnswers(leaf) {
  return listIn(leaf, "[data-question]")
    .map((question) => {
      const texts = listFields(question)
        .filter((control) => (isTick(control) ? control.checked : control.value.trim()))
        .map((control) =>
          isTick(control) ? control.nextElementSibling?.textContent : control.value,
        );
      return {
        title: question.dataset.title ?? "",
        text: texts.join(", "),
        isPrivate: "private" in question.dataset,
      };
    })
    .filter(({ text }) => text);
}

/** @param {Fact[]} rows */
function facts(rows) {
  return rows.length
    ? element(
        "dl",
        { class: "facts" },
        ...rows.map(({ title, text }) =>
          element("div", {}, element("dt", {}, title), element("dd", {}, text)),
        ),
      )
    : null;
}

/**
 * `edit(step)` goes back to a part of the form.
 *
 * @param {{
 *   form: ReportForm,
 *   place: Place,
 *   media: Media,
 *   texts: Texts,
 *   person: ReportConfig["person"],
 *   edit: Edit,
 * }} tools
 */
export function buildPreview({ form, place, media, texts, person, edit }) {
  const chosen = findChosen(form);
  const { title, description, shows_name: named, on_behalf: calls } = form.elements;
  const onBehalf = calls?.checked ?? false;
  const answers = chosen ? listAnswers(chosen.element) : [];
  const isPublic = chosen ? !chosen.isPrivate : true;
  const shown = isPublic ? answers.filter(({ isPrivate }) => !isPrivate) : answers;
  return element(
    "div",
    {},
    texts.notes.length && isPublic ? texts.build() : null,
    element(
      "h3",
      { class: "preview-head" },
      icon(isPublic ? "eye" : "eye-off"),
      isPublic
        ? gettext("What everyone will see")
        : gettext("Not published: only moderators and the organisation will see it"),
    ),
    element(
      "div",
      { class: "preview" },
      part("words", edit, element("h4", {}, title.value.trim())),
      part("category", edit, element("p", { class: "muted" }, chosen?.title ?? "")),
      part(
        "place",
        edit,
        element(
          "p",
          { class: "muted" },
          icon("map-pin"),
          place.address || gettext("A point without an address"),
        ),
      ),
      element("p", { class: "preview-text" }, description.value.trim()),
      facts(shown),
      buildMedia(media, edit),
      element(
        "p",
        { class: "muted preview-author" },
        icon("user"),
        nameAuthor(person, named.checked, onBehalf),
      ),
    ),
    buildPrivate(isPublic ? answers.filter(({ isPrivate }) => isPrivate) : [], {
      form,
      person,
      onBehalf,
      named: named.checked,
    }),
  );
}

/**
 * @param {string} step
 * @param {Edit} edit
 * @param {HTMLElement} content
 */
function part(step, edit, content) {
  /** @type {Record<string, string>} */
  const labels = {
    words: gettext("Correct the text"),
    category: gettext("Change the category"),
    place: gettext("Move the point"),
    media: gettext("Change the photos"),
  };
  return element(
    "div",
    { class: "preview-part" },
    content,
    element(
      "button",
      {
        type: "button",
        class: "link-button",
        "aria-label": labels[step],
        onclick: () => edit(step),
      },
      gettext("Change"),
    ),
  );
}

/**
 * @param {ReportConfig["person"]} person
 * @param {boolean} isNamed
 * @param {boolean} onBehalf
 */
function nameAuthor(person, isNamed, onBehalf) {
  if (onBehalf) return gettext("A caller, written down by staff");
  return isNamed ? person.name || gettext("Author") : gettext("Author (name hidden)");
}

/**
 * @param {Media} media
 * @param {Edit} edit
 */
function buildMedia(media, edit) {
  const pictures = media.items.filter(({ state }) => state !== "refused");
  if (!pictures.length)
    return part(
      "media",
      edit,
      element("p", { class: "muted" }, icon("image"), gettext("No photos")),
    );
  const copies = pictures.map(({ node }) => {
    const copy = needIn(node, ".media-picture").cloneNode(true);
    return element("li", {}, copy);
  });
  return part("media", edit, element("ul", { class: "plain-list preview-media" }, ...copies));
}

/**
 * @param {Fact[]} answers
 * @param {{
 *   form: ReportForm,
 *   person: ReportConfig["person"],
 *   onBehalf: boolean,
 *   named: boolean,
 * }} tools
 */
function buildPrivate(answers, { form, person, onBehalf, named }) {
  const rows = [...answers];
  if (onBehalf) {
    const contacts = listIn(form, "[name^=contact_]", HTMLInputElement);
    const texts = contacts.map(({ value }) => value.trim());
    rows.push({ title: gettext("Caller"), text: texts.filter(Boolean).join(", ") });
  } else if (!named && person.name) rows.push({ title: gettext("Author"), text: person.name });
  if (!rows.length) return null;
  return element(
    "div",
    { class: "preview-private" },
    element(
      "h3",
      { class: "preview-head" },
      icon("eye-off"),
      gettext("Only for those who work on it"),
    ),
    facts(rows),
  );
}
