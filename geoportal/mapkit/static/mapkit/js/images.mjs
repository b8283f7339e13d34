/**
 * Pictures for the map, drawn when a style asks for one by its name. What a sign looks like comes
 * from the server (`config.signs`: SVG with places to fill in), which draws sprites from the same.
 */

import { fillProblem } from "./state_images.mjs";

const RATIO = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1));
const INK = /^ink:(#[0-9a-f]{6}):([a-z0-9-]+)$/;
const BADGE = /^badge:([a-z0-9-]*):(#[0-9a-f]{6}):(#[0-9a-f]{6})$/;
const PLACE = /\{([a-z]+)\}/g;

/**
 * Give the map an image for every name: `<icon>` is the icon in white, `ink:<colour>:<icon>` in a
 * colour, `badge:<icon>:<colour>:<halo>` in white on a disc, others are signs of problems. An icon
 * that nobody knows is left out.
 *
 * @param {MapLibre} map
 * @param {MapConfig} config
 */
export function offerIcons(map, { icons, signs }) {
  /** @type {SignTools} */
  const tools = {
    fill: (sign, values) => signs[sign].replace(PLACE, (_all, name) => values[name] ?? ""),
    findIcon: (name) => findIcon(name, icons),
  };
  map.setMissingStyleImageResolver(async (name) => {
    const image = await rasterise(await fillSign(name, tools));
    if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio: RATIO });
  });
}

/**
 * @param {string} name
 * @param {SignTools} tools
 */
async function fillSign(name, tools) {
  const problem = await fillProblem(name, tools);
  if (problem) return problem;
  const badge = BADGE.exec(name);
  if (badge) {
    const [, icon, color, halo] = badge;
    return tools.fill("badge", { icon: await tools.findIcon(icon), color, halo });
  }
  const [, color, icon] = INK.exec(name) ?? ["", "#ffffff", name];
  return tools.fill("icon", { icon: await tools.findIcon(icon), color });
}

/**
 * The inside of the icon's <svg>: from the page's sprite, else from its file.
 *
 * @param {string} name
 * @param {string} iconsUrl
 */
async function findIcon(name, iconsUrl) {
  const symbol = document.getElementById(`icon-${name}`);
  if (symbol) return symbol.innerHTML;
  if (!/^[a-z0-9-]+$/.test(name)) return "";
  try {
    const response = await fetch(`${iconsUrl}${name}.svg`);
    if (!response.ok) return "";
    const parsed = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    return parsed.documentElement.innerHTML;
  } catch {
    return "";
  }
}

/**
 * Pixels of an SVG that says its width and height.
 *
 * @param {string} svg
 */
async function rasterise(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * RATIO;
  canvas.height = image.naturalHeight * RATIO;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser draws nothing");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
