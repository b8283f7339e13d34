/** How the maps of an import are drawn: colours by what becomes of an object, shapes by its kind. */

import { stateColour } from "../../../mapkit/js/states.mjs";

const SKETCH = { light: "#1d5bd6", dark: "#8db4ff" };
const WAS = { light: "#8b929b", dark: "#a8b0ba" };
const HALO = { light: "#ffffff", dark: "#14171b" };

/**
 * Of an object that is added, changed, removed, and of what was; as lists and tables have them.
 *
 * @param {Theme} theme that the page has now
 */
export function differenceColours(theme) {
  return {
    added: stateColour("closed"),
    changed: stateColour("accepted"),
    removed: stateColour("open"),
    was: WAS[theme],
  };
}

/**
 * Layers over a vector source of one layer; without `action` all are of the sketch's colour.
 *
 * @param {string} source
 * @param {"sketch" | "difference"} kind
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
export function buildLayers(source, kind, theme) {
  const colours = differenceColours(theme);
  /** @type {Expression | string} */
  const colour =
    kind === "sketch"
      ? SKETCH[theme]
      : [
          "match",
          ["get", "action"],
          "added",
          colours.added,
          "changed",
          colours.changed,
          "removed",
          colours.removed,
          colours.was,
        ];
  const from = { source, "source-layer": kind };
  /** @type {(type: string) => Expression} */
  const only = (type) => ["==", ["geometry-type"], type];
  return [
    {
      ...from,
      id: `${source}--areas`,
      type: "fill",
      filter: only("Polygon"),
      paint: { "fill-color": colour, "fill-opacity": 0.25 },
    },
    {
      ...from,
      id: `${source}--lines`,
      type: "line",
      filter: ["!", only("Point")],
      paint: { "line-color": colour, "line-width": 2 },
    },
    {
      ...from,
      id: `${source}--points`,
      type: "circle",
      filter: only("Point"),
      paint: {
        "circle-color": colour,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 2.5, 13, 4, 16, 7],
        "circle-stroke-color": HALO[theme],
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 0.5, 14, 1.5],
      },
    },
  ];
}
