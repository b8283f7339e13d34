/** Problems in view as a list: the way to them without a pointer and without the map. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { findIn } from "../../../interface/js/finding.mjs";
import { formatDistance, formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { measureDistance } from "../../../mapkit/js/geometry.mjs";
import { nameState, PROBLEMS, stateShape } from "../../../mapkit/js/states.mjs";

/** @typedef {Record<"section" | "items" | "summary", HTMLElement>} Parts */
/** @typedef {{ open: (hit: Hit) => void, hint: (hit: Hit | null) => void }} Actions */
/** @typedef {ProblemDocument & { geometry: GeoJSON.Point, distance: number }} Line */

export class ProblemsList {
  #parts;
  #actions;

  /**
   * @param {Parts} parts
   * @param {Actions} actions
   */
  constructor(parts, actions) {
    this.#parts = parts;
    this.#actions = actions;
    parts.items.addEventListener("focusout", () => actions.hint(null));
    parts.items.addEventListener("pointerleave", () => actions.hint(null));
  }

  hide() {
    this.#parts.section.hidden = true;
  }

  /**
   * `centre`: `{lng, lat}` of the view.
   *
   * @param {ViewDocument} found
   * @param {Degrees} centre
   */
  show({ problems, in_view: count }, centre) {
    const { section, items, summary } = this.#parts;
    /** @type {HTMLElement | null | undefined} */
    const link = document.activeElement?.closest("#problems-items a");
    const focused = link?.dataset.number;
    const lines = problems
      .map((problem) => {
        /** @type {GeoJSON.Point} */
        const geometry = { type: "Point", coordinates: [problem.lon, problem.lat] };
        return { ...problem, geometry, distance: measureDistance(geometry, centre) };
      })
      .sort((first, second) => first.distance - second.distance);
    items.replaceChildren(...lines.map((problem) => element("li", {}, this.#buildItem(problem))));
    summary.textContent = describe(count, lines.length);
    section.hidden = false;
    if (focused)
      findIn(items, `a[data-number="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** @param {Line} problem */
  #buildItem(problem) {
    const { number, title, state, category, address, geometry } = problem;
    const hit = {
      layer: PROBLEMS,
      key: String(number),
      properties: { title },
      geometries: [geometry],
    };
    return element(
      "a",
      {
        class: "result",
        href: problem.url,
        "data-number": String(number),
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.#actions.open(hit);
        },
        onfocus: () => this.#actions.hint(hit),
        onpointerenter: () => this.#actions.hint(hit),
      },
      element("span", { class: `problem-mark status-${state}` }, icon(problem.icon)),
      element(
        "span",
        { class: "result-text" },
        element("span", { class: "result-title" }, title),
        element("span", { class: "result-about" }, [category, address].filter(Boolean).join(" · ")),
        element(
          "span",
          { class: "problem-state" },
          element(
            "span",
            { class: `state-word status-${state}` },
            stateShape(state),
            nameState(state),
          ),
          problem.is_overdue
            ? element("span", { class: "overdue" }, icon("alarm-clock"), gettext("Overdue"))
            : null,
        ),
      ),
      element("span", { class: "result-distance" }, formatDistance(problem.distance)),
    );
  }
}

/**
 * @param {number} count
 * @param {number} listed
 */
function describe(count, listed) {
  if (!count)
    return gettext("No problem of this filter is in view. Move the map or change the filter.");
  const text = interpolate(
    ngettext("%(count)s problem in view", "%(count)s problems in view", count),
    {
      count: formatNumber(count),
    },
  );
  if (count <= listed) return text;
  return `${text}. ${interpolate(gettext("Here are the nearest %(max)s: zoom in to see the others."), { max: listed })}`;
}
