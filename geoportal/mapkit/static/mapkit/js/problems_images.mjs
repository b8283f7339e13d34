/**
 * Signs of problems for the map, drawn when a style asks for them by name:
 * `problem|<state>|<icon>|<late or nothing>|<theme>`, one problem (without an icon the small sign
 * from afar), `problems|<open>|<accepted>|<closed>|<archived>|<theme>`, a ring in these shares.
 */

import { COLOURS, SHAPES, STATES } from "./problems_shapes.mjs";

const HALO = { light: "#ffffff", dark: "#14171b" };
const GROUND = { light: "#ffffff", dark: "#1b1f24" };
const LATE = { light: "#b3261e", dark: "#ff9d94" };
const EDGE_PX = 2;
const FAR = { side: 34, radius: 11, shape: 12 };
const NEAR = { side: 44, radius: 15, icon: 18, badge: 8.5, shape: 9.5 };
const RING = { side: 56, outer: 25, inner: 17 };
const TURN = 2 * Math.PI;
// Between the parts of a ring, so that they are told apart without their colours.
const GAP = 0.1;

/** A function that draws the named image, or `null` for a name of others. */
export function readProblemImage(name) {
  const [kind, ...parts] = name.split("|");
  if (kind === "problem" && parts.length === 4 && SHAPES[parts[0]])
    return (tools) => drawProblem(parts, tools);
  if (kind === "problems" && parts.length === 5) return (tools) => drawRing(parts, tools);
  return null;
}

async function drawProblem([state, iconName, late, theme], tools) {
  const size = iconName ? NEAR : FAR;
  const context = tools.prepareCanvas(size.side);
  const middle = size.side / 2;
  disc(context, middle, middle, size.radius + EDGE_PX, HALO[theme]);
  disc(context, middle, middle, size.radius, COLOURS[theme][state]);
  if (iconName) {
    const icon = await tools.findIcon(iconName);
    await tools.drawInside(context, icon, (size.side - size.icon) / 2, size.icon);
    const corner = middle + size.radius * 0.72;
    disc(context, corner, corner, size.badge + 1.5, COLOURS[theme][state]);
    disc(context, corner, corner, size.badge, GROUND[theme]);
    drawShape(context, state, corner, corner, size.shape, COLOURS[theme][state]);
  } else {
    drawShape(context, state, middle, middle, size.shape, "#ffffff");
  }
  if (late) drawLate(context, middle + size.radius * 0.72, middle - size.radius * 0.72, theme);
  return context;
}

function disc(context, x, y, radius, color) {
  context.beginPath();
  context.fillStyle = color;
  context.arc(x, y, radius, 0, TURN);
  context.fill();
}

function drawShape(context, state, x, y, side, color) {
  context.save();
  context.translate(x - side / 2, y - side / 2);
  context.scale(side / 16, side / 16);
  context.fillStyle = context.strokeStyle = color;
  context.lineCap = context.lineJoin = "round";
  for (const { d, stroke } of SHAPES[state]) {
    const path = new Path2D(d);
    if (stroke) {
      context.lineWidth = stroke;
      context.stroke(path);
    } else {
      context.fill(path, "evenodd");
    }
  }
  context.restore();
}

/** An exclamation mark in the corner. */
function drawLate(context, x, y, theme) {
  disc(context, x, y, 7, LATE[theme]);
  disc(context, x, y, 5.5, GROUND[theme]);
  context.fillStyle = LATE[theme];
  context.fillRect(x - 0.9, y - 3.6, 1.8, 4.3);
  context.fillRect(x - 0.9, y + 1.7, 1.8, 1.8);
}

function drawRing([open, accepted, closed, archived, theme], tools) {
  const shares = [open, accepted, closed, archived].map(Number);
  const whole = shares.reduce((sum, share) => sum + share, 0) || 1;
  const context = tools.prepareCanvas(RING.side);
  const middle = RING.side / 2;
  disc(context, middle, middle, RING.outer + EDGE_PX, HALO[theme]);
  disc(context, middle, middle, RING.inner, GROUND[theme]);
  const parts = shares.filter((share) => share > 0).length;
  const gap = parts > 1 ? GAP : 0;
  let from = -TURN / 4;
  shares.forEach((share, place) => {
    if (!share) return;
    const to = from + (share / whole) * TURN;
    context.beginPath();
    context.strokeStyle = COLOURS[theme][STATES[place]];
    context.lineWidth = RING.outer - RING.inner;
    context.arc(middle, middle, (RING.outer + RING.inner) / 2, from + gap / 2, to - gap / 2);
    context.stroke();
    from = to;
  });
  return context;
}
