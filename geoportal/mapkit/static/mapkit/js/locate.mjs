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
  /** @type {PositionCallback} */
  const found = ({ coords: { longitude, latitude, accuracy } }) => {
    button.removeAttribute("aria-busy");
    button.setAttribute("aria-pressed", "true");
    overlays.locate(longitude, latitude, accuracy);
    move(longitude, latitude);
    if (bounds && !isInside(bounds, longitude, latitude)) {
      say(gettext("You are outside the community: the map has little to show here."));
    }
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
    navigator.geolocation.getCurrentPosition(found, failed, OPTIONS);
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
