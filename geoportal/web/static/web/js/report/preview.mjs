/** The last look: exactly what everyone will see, and what only those who work on it. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { findChosen } from "./categories.mjs";

/** Answers as pairs of texts, with whether they are public. */
function listAnswers(leaf) {
  return [...leaf.querySelectorAll("[data-question]")]
    .map((question) => {
      const controls = [...question.querySelectorAll("input, textarea")];
      const texts = controls
        .filter((control) =>
          control.type === "radio" || control.type === "checkbox"
            ? control.checked
            : control.value.trim(),
        )
        .map((control) =>
          control.type === "radio" || control.type === "checkbox"
            ? control.nextElementSibling.textContent
            : control.value,
        );
      return {
        title: question.dataset.title,
        text: texts.join(", "),
        isPrivate: "private" in question.dataset,
      };
    })
    .filter(({ text }) => text);
}

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

/** `edit(step)` goes back to a part of the form. */
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

function part(step, edit, content) {
  const label = {
    words: gettext("Correct the text"),
    category: gettext("Change the category"),
    place: gettext("Move the point"),
    media: gettext("Change the photos"),
  }[step];
  return element(
    "div",
    { class: "preview-part" },
    content,
    element(
      "button",
      { type: "button", class: "link-button", "aria-label": label, onclick: () => edit(step) },
      gettext("Change"),
    ),
  );
}

function nameAuthor(person, isNamed, onBehalf) {
  if (onBehalf) return gettext("A caller, written down by staff");
  return isNamed ? person.name || gettext("Author") : gettext("Author (name hidden)");
}

function buildMedia(media, edit) {
  const pictures = media.items.filter(({ state }) => state !== "refused");
  if (!pictures.length)
    return part(
      "media",
      edit,
      element("p", { class: "muted" }, icon("image"), gettext("No photos")),
    );
  const copies = pictures.map(({ node }) => {
    const copy = node.querySelector(".media-picture").cloneNode(true);
    return element("li", {}, copy);
  });
  return part("media", edit, element("ul", { class: "plain-list preview-media" }, ...copies));
}

function buildPrivate(answers, { form, person, onBehalf, named }) {
  const rows = [...answers];
  const read = (name) => form.elements[name].value.trim();
  if (onBehalf) {
    rows.push({
      title: gettext("Caller"),
      text: ["contact_name", "contact_phone", "contact_email"].map(read).filter(Boolean).join(", "),
    });
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
