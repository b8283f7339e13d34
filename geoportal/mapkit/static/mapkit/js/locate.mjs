/** «My location»: asks the browser, shows the place, and says in words why not. */

import { gettext } from "../../interface/js/i18n.mjs";

const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

/**
 * Words for a `GeolocationPositionError` code.
 *
 * @param {number} code
 */
function explain(code) {
  /** @type {Record<number, string>} */
  const words = {
    1: gettext(
      "The browser does not let this page know where you are. Allow it in the settings of the site.",
    ),
    2: gettext(
      "Your location could not be found out. Move the map by hand or search for an address.",
    ),
    3: gettext("Your location takes too long. Try once more under the open sky."),
  };
  return words[code];
}

/**
 * Ask the browser where it is when the button is pressed; `found(lon, lat, accuracy)` in degrees and
 * metres, `say` hears in words why not.
 *
 * @param {HTMLElement} button
 * @param {{ say: Say, found: (lon: number, lat: number, accuracy: number) => void }} tools
 */
export function askLocation(button, { say, found }) {
  /** @type {PositionCallback} */
  const succeeded = ({ coords: { longitude, latitude, accuracy } }) => {
    button.removeAttribute("aria-busy");
    found(longitude, latitude, accuracy);
  };
  /** @type {PositionErrorCallback} */
  const failed = ({ code }) => {
    button.removeAttribute("aria-busy");
    say(explain(code));
  };
  button.addEventListener("click", () => {
    if (!globalThis.isSecureContext || !navigator.geolocation) {
      say(gettext("Browsers tell the location only to pages opened by https."));
      return;
    }
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(succeeded, failed, OPTIONS);
  });
}

/**
 * `move(lon, lat)` brings the map there; `bounds` are the community's (degrees).
 *
 * @param {HTMLElement} button
 * @param {{
 *   overlays: Pick<Overlays, "locate">,
 *   say: Say,
 *   move: (lon: number, lat: number) => void,
 *   bounds: Bounds | null,
 * }} tools
 */
export function setUpLocation(button, { overlays, say, move, bounds }) {
  askLocation(button, {
    say,
    found: (lon, lat, accuracy) => {
      button.setAttribute("aria-pressed", "true");
      overlays.locate(lon, lat, accuracy);
      move(lon, lat);
      if (bounds && !isInside(bounds, lon, lat)) {
        say(gettext("You are outside the community: the map has little to show here."));
      }
    },
  });
}

/**
 * @param {Bounds} bounds
 * @param {number} lon
 * @param {number} lat
 */
function isInside([west, south, east, north], lon, lat) {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
