/**
 * Signs of problems for the map, drawn when a style asks for them by name:
 * `problem|<state>|<icon>|<late or nothing>|<theme>`, one problem (without an icon the small sign
 * from afar), `state|<state>|<theme>`, a state alone, `problems|<open>|<accepted>|<closed>|<archived>|<theme>`,
 * a ring in these shares. Colours are those of the page, which has the theme of the style.
 */

import { tokenValue } from "../../interface/js/tokens.mjs";
import { STATES, stateColour, stateDrawing, stateInk } from "./states.mjs";

/** @type {Record<string, string>} */
const HALO = { light: "#ffffff", dark: "#14171b" };
const EDGE_PX = 2;
const FAR = { side: 34, radius: 11, shape: 12 };
const NEAR = { side: 44, radius: 15, icon: 18, badge: 8.5, shape: 9.5 };
const ALONE = { side: 34, radius: 14, shape: 14 };
const RING = { side: 56, outer: 25, inner: 17 };
const SHAPE_VIEW = 16;
// Where a mark sits on the edge of a disc, in parts of its radius.
const CORNER = 0.72;
const TURN = 2 * Math.PI;
// Between the parts of a ring, so that they are told apart without their colours.
const GAP = 0.1;

/**
 * A function that draws the named image, or `null` for a name of others.
 *
 * @param {string} name
 * @returns {((tools: DrawingTools) => CanvasRenderingContext2D | Promise<CanvasRenderingContext2D>) | null}
 */
export function readProblemImage(name) {
  const [kind, ...parts] = name.split("|");
  if (kind === "problem" && parts.length === 4) return (tools) => drawProblem(parts, tools);
  if (kind === "state" && parts.length === 2) return (tools) => drawState(parts, tools, ALONE);
  if (kind === "problems" && parts.length === 5) return (tools) => drawRing(parts, tools);
  return null;
}

/**
 * @param {string[]} parts
 * @param {DrawingTools} tools
 */
async function drawProblem([state, iconName, late, theme], tools) {
  if (!iconName) {
    const context = await drawState([state, theme], tools, FAR);
    if (late) drawLate(context, FAR);
    return context;
  }
  const context = tools.prepareCanvas(NEAR.side);
  const middle = NEAR.side / 2;
  const color = stateColour(state);
  disc(context, middle, middle, NEAR.radius + EDGE_PX, HALO[theme]);
  disc(context, middle, middle, NEAR.radius, color);
  const start = (NEAR.side - NEAR.icon) / 2;
  const place = { x: start, y: start, size: NEAR.icon, color: stateInk() };
  await tools.drawInside(context, await tools.findIcon(iconName), place);
  const corner = middle + NEAR.radius * CORNER;
  disc(context, corner, corner, NEAR.badge + 1.5, color);
  disc(context, corner, corner, NEAR.badge, tokenValue("--surface"));
  await drawShape(context, state, { x: corner, y: corner, side: NEAR.shape, color }, tools);
  if (late) drawLate(context, NEAR);
  return context;
}

/**
 * A disc with the shape of the state.
 *
 * @param {string[]} parts
 * @param {DrawingTools} tools
 * @param {typeof FAR} size
 */
async function drawState([state, theme], tools, { side, radius, shape }) {
  const context = tools.prepareCanvas(side);
  const middle = side / 2;
  disc(context, middle, middle, radius + EDGE_PX, HALO[theme]);
  disc(context, middle, middle, radius, stateColour(state));
  await drawShape(context, state, { x: middle, y: middle, side: shape, color: stateInk() }, tools);
  return context;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} color
 */
function disc(context, x, y, radius, color) {
  context.beginPath();
  context.fillStyle = color;
  context.arc(x, y, radius, 0, TURN);
  context.fill();
}

/**
 * The shape of a state around a point.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} state
 * @param {{ x: number, y: number, side: number, color: string }} place
 * @param {DrawingTools} tools
 */
function drawShape(context, state, { x, y, side, color }, tools) {
  const place = { x: x - side / 2, y: y - side / 2, size: side, color, view: SHAPE_VIEW };
  return tools.drawInside(context, stateDrawing(state), place);
}

/**
 * An exclamation mark in the upper corner.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{ side: number, radius: number }} size
 */
function drawLate(context, { side, radius }) {
  const x = side / 2 + radius * CORNER;
  const y = side / 2 - radius * CORNER;
  const color = tokenValue("--danger");
  disc(context, x, y, 7, color);
  disc(context, x, y, 5.5, tokenValue("--surface"));
  context.fillStyle = color;
  context.fillRect(x - 0.9, y - 3.6, 1.8, 4.3);
  context.fillRect(x - 0.9, y + 1.7, 1.8, 1.8);
}

/**
 * @param {string[]} parts
 * @param {DrawingTools} tools
 */
function drawRing([open, accepted, closed, archived, theme], tools) {
  const shares = [open, accepted, closed, archived].map(Number);
  const whole = shares.reduce((sum, share) => sum + share, 0) || 1;
  const context = tools.prepareCanvas(RING.side);
  const middle = RING.side / 2;
  disc(context, middle, middle, RING.outer + EDGE_PX, HALO[theme]);
  disc(context, middle, middle, RING.inner, tokenValue("--surface"));
  const parts = shares.filter((share) => share > 0).length;
  const gap = parts > 1 ? GAP : 0;
  let from = -TURN / 4;
  shares.forEach((share, place) => {
    if (!share) return;
    const to = from + (share / whole) * TURN;
    context.beginPath();
    context.strokeStyle = stateColour(STATES[place]);
    context.lineWidth = RING.outer - RING.inner;
    context.arc(middle, middle, (RING.outer + RING.inner) / 2, from + gap / 2, to - gap / 2);
    context.stroke();
    from = to;
  });
  return context;
}
