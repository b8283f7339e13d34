/** The chooser of categories: search over titles and keywords; the rest is plain HTML. */

import { findIn, listIn } from "../../../interface/js/finding.mjs";
import { fold } from "../../../interface/js/folding.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";

/**
 * What is said of the chosen category: `{code, title, isPrivate, element}` or `null`.
 *
 * @param {ParentNode} form
 */
export function findChosen(form) {
  const radio = findIn(form, "input[name=category]:checked", HTMLInputElement);
  /** @type {HTMLElement | null | undefined} */
  const leaf = radio?.closest(".leaf");
  if (!radio || !leaf) return null;
  return {
    code: radio.value,
    title: leaf.dataset.title ?? "",
    isPrivate: "private" in leaf.dataset,
    element: leaf,
  };
}

/**
 * Each of the wanted words begins one of the known.
 *
 * @param {string[]} words
 * @param {string[]} wanted
 */
export function fit(words, wanted) {
  return wanted.every((word) => words.some((known) => known.startsWith(word)));
}

/**
 * Without the ending: «собака» finds «собаки», «ліхтарів» «ліхтар».
 *
 * @param {string} word
 */
export function stem(word) {
  return word.slice(0, word.length - (word.length > 6 ? 2 : word.length > 3 ? 1 : 0));
}

/**
 * @param {HTMLFormElement} form
 * @param {Part} part
 */
export function setUpCategories(form, part) {
  const input = part("category-search", HTMLInputElement);
  const groups = listIn(form, ".category-group", HTMLDetailsElement);
  const leaves = listIn(form, ".leaf").map((element) => ({
    element,
    words: fold(element.dataset.words ?? "").split(/[\s|,]+/),
  }));
  part("category-search-box").hidden = leaves.length === 0;
  input.addEventListener("input", () => search(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  revealChosen();

  /** @param {string} text */
  function search(text) {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    const exact = leaves.filter(({ words }) => fit(words, wanted));
    const found = exact.length ? exact : leaves.filter(({ words }) => fit(words, wanted.map(stem)));
    for (const leaf of leaves) leaf.element.hidden = !found.includes(leaf);
    const count = found.length;
    for (const group of groups) {
      group.hidden = !group.querySelector(".leaf:not([hidden])");
      if (wanted.length) group.open = true;
    }
    if (!wanted.length) revealChosen();
    tell(text.trim(), wanted.length > 0, count);
  }

  function revealChosen() {
    for (const group of groups)
      group.open = group.querySelector("input[name=category]:checked") !== null;
  }

  /**
   * @param {string} text
   * @param {boolean} searching
   * @param {number} count
   */
  function tell(text, searching, count) {
    const nothing = part("category-nothing");
    nothing.hidden = !searching || count > 0;
    nothing.textContent = nothing.hidden
      ? ""
      : interpolate(
          gettext(
            "Nothing found for “%(query)s”. Try another word, or clear the search and choose from the list.",
          ),
          { query: text },
        );
    part("category-count").textContent = searching
      ? interpolate(ngettext("%(count)s category", "%(count)s categories", count), { count })
      : "";
  }
  return { revealChosen };
}
