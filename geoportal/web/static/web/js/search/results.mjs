/** What the one search answers, as options of a listbox grouped in people's words. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { formatDistance } from "../../../interface/js/format.mjs";
import { currentLanguage, gettext, interpolate } from "../../../interface/js/i18n.mjs";

/** @param {string} group */
export function nameGroup(group) {
  /** @type {Record<string, string>} */
  const names = {
    place: gettext("Coordinates"),
    kind: gettext("Kinds"),
    address: gettext("Addresses"),
    object: gettext("Objects"),
    problem: gettext("Problems"),
    territory: gettext("Territory"),
  };
  return names[group] ?? group;
}

/**
 * @param {string} query
 * @param {{ limit: number, near: [number, number] | null }} wish
 */
export function searchUrl(query, { limit, near }) {
  const fields = new URLSearchParams({ q: query, limit: String(limit) });
  if (currentLanguage() !== "uk") fields.set("lang", currentLanguage());
  if (near) {
    fields.set("lon", near[0].toFixed(5));
    fields.set("lat", near[1].toFixed(5));
  }
  return `/api/v1/search/?${fields}`;
}

/**
 * The page of the nearest of a kind, from where one looks.
 *
 * @param {string} kind
 * @param {[number, number] | null} near
 */
export function nearestUrl(kind, near) {
  const fields = new URLSearchParams({ kinds: kind });
  if (currentLanguage() !== "uk") fields.set("lang", currentLanguage());
  if (near) {
    fields.set("lon", near[0].toFixed(5));
    fields.set("lat", near[1].toFixed(5));
    fields.set("from", "map");
  }
  return `/nearest/?${fields}`;
}

/**
 * Results in their order, cut where the group changes.
 *
 * @param {SearchResult[]} results
 * @returns {{ group: string, results: SearchResult[] }[]}
 */
export function groupResults(results) {
  /** @type {{ group: string, results: SearchResult[] }[]} */
  const groups = [];
  for (const result of results) {
    const last = groups.at(-1);
    if (last?.group === result.group) last.results.push(result);
    else groups.push({ group: result.group, results: [result] });
  }
  return groups;
}

/** @param {SearchResult} result */
export function sayAbout(result) {
  const layer = result.group === "kind" || result.group === "place" ? "" : result.layer_title;
  return [result.note, result.subtitle, layer].filter(Boolean).join(" · ");
}

/** @param {string[]} missed */
export function sayMissed(missed) {
  if (!missed.length) return null;
  const text = interpolate(gettext("There is no “%(number)s”; this is what is there."), {
    number: missed.join(" "),
  });
  return element("p", { class: "search-note" }, text);
}

/**
 * A listbox with a heading over each group; options are numbered over all of them.
 *
 * @param {string} prefix of ids
 * @param {SearchResult[]} results
 * @param {{ choose: (result: SearchResult) => void, sample?: (result: SearchResult) => Node }} tools
 */
export function buildListbox(prefix, results, { choose, sample }) {
  let place = 0;
  const groups = groupResults(results).map(({ group, results }, number) => {
    const id = `${prefix}-group-${number}`;
    return element(
      "ul",
      { class: "plain-list", role: "group", "aria-labelledby": id },
      element("li", { class: "result-group", id, role: "presentation" }, nameGroup(group)),
      ...results.map((result) =>
        element(
          "li",
          {
            class: "result",
            role: "option",
            id: `${prefix}-option-${place++}`,
            "aria-selected": "false",
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(result),
          },
          sample?.(result) ?? icon("map-pin"),
          element(
            "span",
            { class: "result-text" },
            element("span", { class: "result-title" }, result.title),
            element("span", { class: "result-about" }, sayAbout(result)),
          ),
          result.distance_m === null
            ? null
            : element("span", { class: "result-distance" }, formatDistance(result.distance_m)),
        ),
      ),
    );
  });
  return element("div", { role: "listbox", "aria-label": gettext("What was found") }, ...groups);
}
