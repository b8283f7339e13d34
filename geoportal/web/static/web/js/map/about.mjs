/** What a resident asks of an object first: as `web/about.html` on its page. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";

const ALWAYS = "24/7";

/** @param {AboutDocument} about */
export function buildAbout(about) {
  const links = [
    about.way
      ? element(
          "a",
          {
            class: "chip",
            href: about.way,
            target: "_blank",
            rel: "noopener noreferrer nofollow",
          },
          icon("route"),
          gettext("Way there"),
        )
      : null,
    ...about.contacts.map(({ title, text, href, icon: sign }) =>
      element(
        "a",
        { class: "chip", href, title, rel: "noopener nofollow" },
        icon(sign),
        element("span", {}, text),
      ),
    ),
  ].filter((link) => link !== null);
  if (!about.hours && !about.address && !links.length) return null;
  return element(
    "div",
    { class: "about" },
    buildHours(about),
    about.address
      ? element(
          "p",
          { class: "about-address" },
          icon("map-pin"),
          element("span", {}, about.address),
        )
      : null,
    links.length
      ? element(
          "ul",
          { class: "plain-list about-links" },
          ...links.map((link) => element("li", {}, link)),
        )
      : null,
  );
}

/** @param {AboutDocument} about */
function buildHours({ hours, is_open: isOpen, open_state: words }) {
  if (!hours) return null;
  if (!words)
    return element("p", {}, element("span", { class: "open-state" }, icon("clock"), hours));
  return element(
    "p",
    {},
    element(
      "span",
      { class: `open-state ${isOpen ? "is-open" : "is-closed"}` },
      icon(isOpen ? "clock-check" : "clock-alert"),
      words,
    ),
    hours === ALWAYS ? null : " ",
    hours === ALWAYS ? null : element("span", { class: "about-hours" }, hours),
  );
}
