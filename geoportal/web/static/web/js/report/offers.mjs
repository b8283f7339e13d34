/** The place of a photo is offered with the distance, and taken only when the person says so. */

import { element } from "../../../interface/js/elements.mjs";
import { formatDistance } from "../../../interface/js/format.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { measureDistance } from "../../../mapkit/js/geometry.mjs";
import { buildActions, emptyBox, fillBox } from "./boxes.mjs";

const SAME_M = 20;

/** `boxes`: where the offer is shown; `accept()` runs after the place was taken. */
export class PlaceOffer {
  #boxes;
  #place;
  #accept;

  /**
   * @param {HTMLElement[]} boxes
   * @param {Place} place
   * @param {() => void} accept
   */
  constructor(boxes, place, accept) {
    this.#boxes = boxes;
    this.#place = place;
    this.#accept = accept;
  }

  /**
   * `accept()` runs when this place was taken.
   *
   * @param {LonLat} taken
   * @param {() => void} [accept]
   */
  show(taken, accept = () => {}) {
    const { point } = this.#place;
    const away = point
      ? measureDistance(
          { type: "Point", coordinates: [taken.lon, taken.lat] },
          { lng: point.lon, lat: point.lat },
        )
      : null;
    if (away !== null && away < SAME_M) {
      accept();
      return;
    }
    const words =
      away === null
        ? gettext("The photo says where it was taken. Is the problem there?")
        : interpolate(
            gettext("The photo was taken %(distance)s from your point. Is the problem there?"),
            { distance: formatDistance(away) },
          );
    for (const box of this.#boxes) {
      fillBox(
        box,
        "image",
        element("p", {}, words),
        buildActions(
          element(
            "button",
            {
              type: "button",
              class: "button button-second",
              onclick: () => this.#take(taken, accept),
            },
            gettext("Put the point there"),
          ),
          element(
            "button",
            { type: "button", class: "button-quiet", onclick: () => this.hide() },
            gettext("No"),
          ),
        ),
      );
    }
  }

  /** A photo was asked for its place, and has none. */
  showNothing() {
    const words = gettext("This photo does not say where it was taken. Show the place yourself.");
    for (const box of this.#boxes) fillBox(box, "image", element("p", {}, words));
  }

  hide() {
    this.#boxes.forEach(emptyBox);
  }

  /**
   * @param {LonLat} taken
   * @param {() => void} accept
   */
  #take({ lon, lat }, accept) {
    this.hide();
    this.#place.set(lon, lat, { by: "photo" });
    accept();
    this.#accept();
  }
}
