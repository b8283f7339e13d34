/** How a problem's state looks: colour, shape and word together, in pages and on the map alike. */

import { gettext } from "../../interface/js/i18n.mjs";

export const PROBLEMS = "problems";
export const STATES = ["open", "accepted", "closed", "archived"];
const SVG = "http://www.w3.org/2000/svg";
const ICON_OF_ANY = "message-circle-warning";

/** Grounds of signs, 4.5 : 1 under white; in the dark a little lighter, 3 : 1 on both sides. */
export const COLOURS = {
  light: { open: "#c62828", accepted: "#9a6700", closed: "#2e7d32", archived: "#616161" },
  dark: { open: "#e0524d", accepted: "#b07c12", closed: "#46934b", archived: "#7f868d" },
};

/** Paths in a square of 16 by 16: `fill` or `stroke` with its width. */
export const SHAPES = {
  open: [{ d: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z" }],
  accepted: [{ d: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", stroke: 2 }, { d: "M8 2a6 6 0 0 1 0 12Z" }],
  closed: [{ d: "m2 8.6 4 4L14 4", stroke: 2.6 }],
  archived: [{ d: "M2 3h12v3.4H2zM3 7.6h10V14H3zm3 1.5v1.6h4V9.1z" }],
};

export function nameState(state) {
  return {
    open: gettext("Open"),
    accepted: gettext("Accepted"),
    closed: gettext("Closed"),
    archived: gettext("Archived"),
  }[state];
}

/** The shape as an element, in the colour of the state's class. */
export function stateShape(state) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", `shape shape-${state}`);
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  for (const { d, stroke } of SHAPES[state] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", stroke ? "none" : "currentColor");
    path.setAttribute("fill-rule", "evenodd");
    if (stroke) {
      path.setAttribute("stroke", "currentColor");
      path.setAttribute("stroke-width", stroke);
      path.setAttribute("stroke-linecap", "round");
      path.setAttribute("stroke-linejoin", "round");
    }
    drawing.append(path);
  }
  return drawing;
}

/** How a problem is marked when it is chosen, as a layer's `color` and `icon`. */
export function lookOf({ state, icon }) {
  return { color: COLOURS.light[state] ?? COLOURS.light.archived, icon: icon || ICON_OF_ANY };
}
