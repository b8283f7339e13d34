/** What the bar below says of the point, in words. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { formatDistance } from "../../../interface/js/format.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";

export function sayOutside() {
  return gettext(
    "This place is outside the community: its services do not work there. Move the point, or write to the community that it belongs to.",
  );
}

/**
 * Nodes for the bar; an empty list when there is nothing to say.
 *
 * @param {Place} place
 * @returns {HTMLElement[]}
 */
export function buildPlaceNote(place) {
  const { state, responsible, nearest, distance } = place.answer;
  if (!place.point || state === "none") return [];
  if (state === "outside") return [line("circle-alert", sayOutside(), "is-bad")];
  if (state === "unknown") {
    return [
      line(
        "cloud-off",
        gettext("No connection: the point is kept, and checked when the report is sent."),
      ),
    ];
  }
  const name = place.address || gettext("A point without an address");
  const near =
    nearest === place.address && distance && distance > 15 ? ` (${formatDistance(distance)})` : "";
  /** @type {HTMLElement[]} */
  const lines = [line("map-pin", name + near, "is-main")];
  if (state === "asking") lines.push(line("clock", gettext("Finding out who answers here…")));
  else if (responsible) lines.push(buildAnswering(responsible));
  if (state === "inside" && nearest && place.isNamedByHand && nearest !== place.address) {
    lines.push(buildOffer(place, nearest));
  }
  return lines;
}

/** @param {Responsible[]} responsible */
function buildAnswering(responsible) {
  const executor = responsible.find(({ role }) => role === "executor");
  if (!executor) return line("users", gettext("A dispatcher will choose who answers for it."));
  return line(
    "users",
    interpolate(gettext("Answers here: %(name)s"), { name: executor.organisation }),
    "",
    executor.reason,
  );
}

/**
 * @param {Place} place
 * @param {string} nearest
 */
function buildOffer(place, nearest) {
  const words = interpolate(gettext("Take the nearest address: %(address)s"), { address: nearest });
  const take = () => {
    place.name(nearest);
    place.ask({ named: true });
  };
  return element(
    "button",
    { type: "button", class: "bar-link", onclick: take },
    icon("house"),
    words,
  );
}

/**
 * @param {string} mark
 * @param {string} text
 * @param {string} [classes]
 * @param {string | null} [title]
 */
function line(mark, text, classes = "", title = null) {
  return element(
    "p",
    { class: `bar-line ${classes}`, title },
    icon(mark),
    element("span", {}, text),
  );
}
