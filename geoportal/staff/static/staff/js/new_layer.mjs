/** The address of a new layer is proposed while its title is written, until somebody writes another. */

import { findIn, readJson } from "../../interface/js/finding.mjs";
import { proposeSlug } from "./romanisation.mjs";

const title = findIn(document, "[name=title_uk]", HTMLInputElement);
const slug = findIn(document, "[name=slug]", HTMLInputElement);

if (title && slug && !slug.value) {
  /** @type {import("./romanisation.mjs").Romanisation} */
  const table = readJson("romanisation");
  let proposed = "";
  title.addEventListener("input", () => {
    if (slug.value !== proposed) return;
    proposed = proposeSlug(title.value, table);
    slug.value = proposed;
  });
}
