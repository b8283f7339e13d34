/** What a ring of problems holds, in words, beside the pointer. */

import { element } from "../../../interface/js/elements.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { nameState, stateShape } from "../../../mapkit/js/states.mjs";
import { listCounts } from "./problems_layer.mjs";

const AWAY_PX = 14;

/** Returns `follow(point, ring or null)`; `point` in pixels of the window. */
export function createTip() {
  const tip = element("div", { class: "map-tip", "aria-hidden": "true", hidden: true });
  document.body.append(tip);
  let shown = "";
  /**
   * @param {ScreenPoint | null} point
   * @param {Ring | null} ring
   */
  return function follow(point, ring) {
    tip.hidden = !ring;
    if (!ring || !point) {
      shown = "";
      return;
    }
    const lines = listCounts(ring);
    const text = JSON.stringify(lines);
    if (text !== shown) {
      shown = text;
      tip.replaceChildren(...lines.map(({ state, count }) => buildLine(state, count)));
    }
    const left = Math.min(point.x + AWAY_PX, innerWidth - tip.offsetWidth - AWAY_PX);
    const top = Math.min(point.y + AWAY_PX, innerHeight - tip.offsetHeight - AWAY_PX);
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  };
}

/**
 * @param {string} state
 * @param {number} count
 */
function buildLine(state, count) {
  return element(
    "p",
    {},
    stateShape(state),
    element("span", {}, nameState(state)),
    element("strong", {}, formatNumber(count)),
  );
}
