/** Calm messages over the map: what happened, and what can be done. */

import { element, icon } from "./elements.mjs";
import { gettext } from "./i18n.mjs";

const SHOWN_MS = 6000;

/**
 * `say(text)` goes by itself; with `retry` it stays until it is tried again or closed, with `stays` until closed.
 *
 * @param {HTMLElement} region
 * @returns {Say}
 */
export function createMessages(region) {
  /** @type {HTMLElement | null} */
  let last = null;
  return function say(text, { retry = null, stays = false } = {}) {
    last?.remove();
    const close = () => message.remove();
    const message = element(
      "div",
      { class: "message" },
      element("p", {}, text),
      retry &&
        element(
          "button",
          {
            type: "button",
            class: "button-quiet message-retry",
            onclick: () => {
              close();
              retry();
            },
          },
          gettext("Try again"),
        ),
      element(
        "button",
        { type: "button", class: "button-quiet", "aria-label": gettext("Close"), onclick: close },
        icon("x"),
      ),
    );
    last = message;
    region.append(message);
    if (!retry && !stays) setTimeout(close, SHOWN_MS);
  };
}
