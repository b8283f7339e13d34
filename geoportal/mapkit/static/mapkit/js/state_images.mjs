/**
 * Signs of problems, filled in by their names: `problem|<state>|<icon>|<late or nothing>|<theme>`,
 * one problem (without an icon the small sign from afar), `state|<state>|<theme>`, a state alone,
 * `problems|<open>|<accepted>|<closed>|<archived>|<theme>`, a bubble with a bar in these shares. Colours
 * are those of the page, which has the theme of the style.
 */

import { tokenValue } from "../../interface/js/tokens.mjs";
import { STATES, stateColour, stateDrawing, stateInk } from "./states.mjs";

/** @type {Record<string, string>} */
const HALO = { light: "#ffffff", dark: "#14171b" };
const LATE_X = { problem: "30", "problem-far": "20" };
const BAR = { left: 9, width: 34, top: 33, height: 4, gap: 1 };

/**
 * The SVG of the named sign, or `null` for a name of others.
 *
 * @param {string} name
 * @param {SignTools} tools
 */
export async function fillProblem(name, tools) {
  const [kind, ...parts] = name.split("|");
  if (kind === "problem" && parts.length === 4) return fillOne(parts, tools);
  if (kind === "state" && parts.length === 2) return fillOne([parts[0], "", "", parts[1]], tools);
  if (kind === "problems" && parts.length === 5) return fillSeveral(parts, tools);
  return null;
}

/**
 * @param {string[]} parts
 * @param {SignTools} tools
 */
async function fillOne([state, icon, late, theme], { fill, findIcon }) {
  const sign = icon ? "problem" : "problem-far";
  const colours = pickColours(state, theme);
  return fill(sign, {
    ...colours,
    icon: icon ? await findIcon(icon) : "",
    shape: stateDrawing(state),
    late: late ? fill("late", { ...colours, x: LATE_X[sign] }) : "",
  });
}

/**
 * The edge in the colour of the most urgent state, below it the shares of all.
 *
 * @param {string[]} parts
 * @param {SignTools} tools
 */
function fillSeveral(parts, { fill }) {
  const shares = STATES.map((state, place) => ({ state, share: Number(parts[place]) })).filter(
    ({ share }) => share > 0,
  );
  const whole = shares.reduce((sum, { share }) => sum + share, 0) || 1;
  const room = BAR.width - BAR.gap * (shares.length - 1);
  let left = BAR.left;
  const bar = shares.map(({ state, share }) => {
    const width = (share / whole) * room;
    const piece = `<rect x="${left}" y="${BAR.top}" width="${width}" height="${BAR.height}" fill="${stateColour(state)}"/>`;
    left += width + BAR.gap;
    return piece;
  });
  const colours = pickColours(shares[0]?.state ?? "archived", parts[STATES.length]);
  return fill("problems", { ...colours, bar: bar.join("") });
}

/**
 * @param {string} state
 * @param {string} theme
 */
function pickColours(state, theme) {
  return {
    color: stateColour(state),
    ink: stateInk(),
    halo: HALO[theme],
    surface: tokenValue("--surface"),
    danger: tokenValue("--danger"),
  };
}
