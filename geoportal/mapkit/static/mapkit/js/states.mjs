/**
 * How a problem's state looks, in pages and on the map alike. Colours are the tokens
 * `--state-<state>`; shapes and words stand in the page (`state_sprite`), so that each has one place.
 */

import { tokenValue } from "../../interface/js/tokens.mjs";

export const PROBLEMS = "problems";
export const ARCHIVED = "archived";
export const STATES = ["open", "accepted", "closed", ARCHIVED];
const SVG = "http://www.w3.org/2000/svg";
const ICON_OF_ANY = "message-circle-warning";

/**
 * In the theme that the page has now.
 *
 * @param {string} state
 */
export function stateColour(state) {
  return tokenValue(`--state-${state}`) || tokenValue("--state-archived");
}

/** What is drawn on the colour of a state. */
export function stateInk() {
  return tokenValue("--state-ink");
}

/** @param {string} state */
function findSymbol(state) {
  return document.getElementById(`state-${state}`);
}

/** @param {string} state */
export function nameState(state) {
  return findSymbol(state)?.dataset.title ?? state;
}

/**
 * What is inside the shape's <svg> of 16 by 16; it has the colour of the text.
 *
 * @param {string} state
 */
export function stateDrawing(state) {
  return findSymbol(state)?.innerHTML ?? "";
}

/**
 * The shape as an element, in the colour of the state's class.
 *
 * @param {string} state
 */
export function stateShape(state) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", `shape shape-${state}`);
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#state-${state}`);
  drawing.append(use);
  return drawing;
}

/**
 * How a problem is marked when it is chosen: by its sign, which is drawn in the theme of the map.
 *
 * @param {{ state: string, icon: string }} problem
 * @returns {Look}
 */
export function lookOf({ state, icon }) {
  const sign = `problem|${state}|${icon || ICON_OF_ANY}|`;
  return { color: stateColour(state), icon: "", sign };
}
