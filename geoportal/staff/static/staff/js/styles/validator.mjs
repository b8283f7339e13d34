/** MapLibre's own validator in the browser, for portals whose server cannot run it. */

import { gettext, interpolate } from "../../../interface/js/i18n.mjs";

/**
 * @typedef {{ message: string, severity?: string }} SpecFault
 * @typedef {(style: MapStyle) => SpecFault[]} Validate
 */

const SOURCE = "layer";
const PLACE = /^layers\[(\d+)\]\.?/;

/**
 * Sentences on what is wrong with style layers, by theme; none where MapLibre takes them.
 *
 * @param {Record<string, StyleLayer[]>} themes
 * @param {Validate} validate
 */
export function listFaults(themes, validate) {
  return Object.entries(themes).flatMap(([theme, drawn]) => {
    return validate(buildStyle(drawn))
      .filter(({ severity }) => severity !== "warning")
      .map(({ message }) => {
        const number = Number(PLACE.exec(message)?.[1] ?? -1) + 1;
        const text = gettext("“%(theme)s”, item %(number)s: %(reason)s");
        return interpolate(text, { theme, number, reason: message.replace(PLACE, "") });
      });
  });
}

/**
 * @param {StyleLayer[]} drawn
 * @returns {MapStyle}
 */
function buildStyle(drawn) {
  const tiles = ["https://town.example/{z}/{x}/{y}"];
  return {
    version: 8,
    sources: { [SOURCE]: { type: "vector", tiles } },
    layers: drawn.map((layer, place) =>
      Object.assign({}, layer, { id: String(place), source: SOURCE }),
    ),
  };
}

/**
 * It comes when it is needed; a hundred kilobytes.
 *
 * @returns {Promise<Validate>}
 */
export async function loadValidator() {
  const { validateStyleMin } = await import("../../../vendor/style-spec/validate_style.min.mjs");
  return validateStyleMin;
}
