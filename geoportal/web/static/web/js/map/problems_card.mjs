/** The card of a problem: its state, what is known, who works on it, and joining it. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { nameState, stateShape } from "../../../mapkit/js/states.mjs";

/** @typedef {{ join: (number: number) => Promise<void>, signIn: () => void }} Actions */

const DATES = ["published", "accepted", "closed", "planned", "due"];

/**
 * A badge as on every page: colour, shape and word, and how it ended.
 *
 * @param {string} state
 */
export function stateBadge(state, ending = "") {
  const word = ending ? `${nameState(state)}: ${ending.toLocaleLowerCase()}` : nameState(state);
  return element(
    "span",
    { class: `status status-${state}` },
    stateShape(state),
    element("span", { class: "status-word" }, word),
  );
}

/**
 * What stands under the title: category and number.
 *
 * @param {CardDocument} problem
 */
export function buildProblemAbout({ category, number }) {
  return element("p", { class: "card-layer" }, `${category} · № ${number}`);
}

/** @param {CardDocument} problem */
export function problemMark({ state, icon: name }) {
  return element("span", { class: `problem-mark problem-mark-large status-${state}` }, icon(name));
}

/**
 * @param {CardDocument} problem
 * @param {Actions} actions
 */
export function buildProblemContent(problem, actions) {
  const { state, ending, is_overdue: late, votes, thumbnail, url } = problem;
  const picture = thumbnail
    ? element(
        "a",
        { class: "problem-photo", href: url, tabindex: "-1", "aria-hidden": "true" },
        element("img", { src: thumbnail, alt: "", width: "480", height: "360", decoding: "async" }),
        problem.is_video ? icon("play", "icon problem-photo-play") : null,
      )
    : null;
  return [
    element(
      "p",
      { class: "problem-signs" },
      stateBadge(state, ending),
      late ? element("span", { class: "overdue" }, icon("alarm-clock"), gettext("Overdue")) : null,
      votes ? element("span", { class: "problem-votes" }, icon("users"), countVoices(votes)) : null,
    ),
    picture,
    element("dl", { class: "facts" }, ...listFacts(problem)),
    buildJoin(problem, actions),
  ];
}

/** @param {number} count */
function countVoices(count) {
  return interpolate(ngettext("%(count)s voice", "%(count)s voices", count), {
    count: formatNumber(count),
  });
}

/** @param {CardDocument} problem */
function listFacts({ address, organisation, organisation_url: page, dates }) {
  /** @type {Record<string, string>} */
  const titles = {
    published: gettext("Published on"),
    accepted: gettext("Accepted on"),
    closed: gettext("Closed on"),
    planned: gettext("Announced date"),
    due: gettext("Due by"),
  };
  /** @type {[string, Child][]} */
  const rows = [
    [gettext("Address"), address],
    [gettext("Organisation"), organisation && element("a", { href: page }, organisation)],
  ];
  for (const name of DATES) rows.push([titles[name], dates[name]]);
  return rows
    .filter(([, value]) => value)
    .map(([title, value]) =>
      element("div", {}, element("dt", {}, title), element("dd", {}, value)),
    );
}

/**
 * @param {CardDocument} problem
 * @param {Actions} actions
 */
function buildJoin({ number, join }, actions) {
  /** @type {Record<string, string>} */
  const notes = {
    joined: gettext("You joined: your voice is counted."),
    own: gettext("This is your report."),
  };
  const said = notes[join];
  if (said) return element("p", { class: "problem-join-note" }, icon("check"), said);
  if (join === "confirm") {
    const link = element("a", { href: "/accounts/email/" }, gettext("Confirm the e-mail"));
    return element(
      "p",
      { class: "problem-join-note" },
      gettext("Confirm your e-mail to join."),
      " ",
      link,
    );
  }
  if (join === "closed") return null;
  const label = join === "can" ? gettext("Join") : gettext("Sign in to join");
  /** @type {HTMLButtonElement} */
  const button = element(
    "button",
    {
      type: "button",
      class: "button button-second problem-join",
      onclick: () => {
        button.disabled = true;
        const done = join === "can" ? actions.join(number) : actions.signIn();
        Promise.resolve(done).finally(() => {
          button.disabled = false;
        });
      },
    },
    icon("user-plus"),
    label,
  );
  return element(
    "div",
    {},
    button,
    element(
      "p",
      { class: "problem-join-why" },
      gettext(
        "It concerns you too? Joining adds your voice and brings you letters about every change.",
      ),
    ),
  );
}
