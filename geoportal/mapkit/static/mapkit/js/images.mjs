/** Icons for the map, drawn from the kept set when a style asks for one by its name. */

import { readProblemImage } from "./state_images.mjs";

const ICON_PX = 24;
const BADGE_PX = 34;
const BADGE_RADIUS_PX = 14;
const BADGE_EDGE_PX = 2;
const BADGE_ICON_PX = 17;
const RATIO = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1));
const INK = /^ink:(#[0-9a-f]{6}):([a-z0-9-]+)$/;
const BADGE = /^badge:([a-z0-9-]*):(#[0-9a-f]{6}):(#[0-9a-f]{6})$/;

/**
 * Give the map an image for every name: `<icon>` is the icon in white, `ink:<colour>:<icon>` in a
 * colour, `badge:<icon>:<colour>:<halo>` in white on a disc, others are signs of problems. An unknown
 * name gives an empty image.
 *
 * @param {MapLibre} map
 * @param {string} iconsUrl
 */
export function offerIcons(map, iconsUrl) {
  map.setMissingStyleImageResolver(async (name) => {
    const image = await drawImage(name, iconsUrl);
    if (!map.hasImage(name)) map.addImage(name, image, { pixelRatio: RATIO });
  });
}

/**
 * @param {string} name
 * @param {string} iconsUrl
 */
async function drawImage(name, iconsUrl) {
  const drawProblem = readProblemImage(name);
  if (drawProblem) {
    /** @type {DrawingTools} */
    const tools = { prepareCanvas, drawInside, findIcon: (icon) => findIcon(icon, iconsUrl) };
    return readPixels(await drawProblem(tools));
  }
  const ink = INK.exec(name);
  if (ink) return drawIcon(await findIcon(ink[2], iconsUrl), ink[1]);
  const badge = BADGE.exec(name);
  const inside = await findIcon(badge ? badge[1] : name, iconsUrl);
  return badge ? drawBadge(inside, badge[2], badge[3]) : drawIcon(inside);
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
 * A square canvas in pixels of the style.
 *
 * @param {number} side
 */
function prepareCanvas(side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * RATIO;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser draws nothing");
  context.scale(RATIO, RATIO);
  return context;
}

/** @param {CanvasRenderingContext2D} context */
function readPixels(context) {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

/**
 * @param {string} inside
 * @param {string} [color]
 */
async function drawIcon(inside, color) {
  const context = prepareCanvas(ICON_PX);
  await drawInside(context, inside, { x: 0, y: 0, size: ICON_PX, color });
  return readPixels(context);
}

/**
 * @param {string} inside
 * @param {string} color
 * @param {string} halo
 */
async function drawBadge(inside, color, halo) {
  const context = prepareCanvas(BADGE_PX);
  const centre = BADGE_PX / 2;
  context.fillStyle = halo;
  context.arc(centre, centre, BADGE_RADIUS_PX + BADGE_EDGE_PX, 0, 2 * Math.PI);
  context.fill();
  context.beginPath();
  context.fillStyle = color;
  context.arc(centre, centre, BADGE_RADIUS_PX, 0, 2 * Math.PI);
  context.fill();
  const start = (BADGE_PX - BADGE_ICON_PX) / 2;
  await drawInside(context, inside, { x: start, y: start, size: BADGE_ICON_PX });
  return readPixels(context);
}

/**
 * The inside of an <svg> of `view` units in a colour; its upper left corner at `x`, `y`, `size` wide.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} inside
 * @param {DrawingPlace} place
 */
async function drawInside(context, inside, { x, y, size, color = "#ffffff", view = ICON_PX }) {
  if (!inside) return;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size * RATIO}" height="${size * RATIO}" viewBox="0 0 ${view} ${view}" ` +
      `color="${color}" fill="none" stroke="${color}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${inside}</svg>`,
  )}`;
  await image.decode();
  context.drawImage(image, x, y, size, size);
}
