/** How the maps of an import are drawn: colours by what becomes of an object, shapes by its kind. */

export const COLOURS = {
  light: {
    added: "#1b7f3b",
    changed: "#c98a00",
    was: "#8b929b",
    removed: "#c62828",
    sketch: "#1d5bd6",
  },
  dark: {
    added: "#5fd38a",
    changed: "#f2c25c",
    was: "#a8b0ba",
    removed: "#ff9c92",
    sketch: "#8db4ff",
  },
};
const HALO = { light: "#ffffff", dark: "#14171b" };

/**
 * Layers over a vector source of one layer; without `action` all are of the sketch's colour.
 *
 * @param {string} source
 * @param {"sketch" | "difference"} kind
 * @param {Theme} theme
 * @returns {StyleLayer[]}
 */
export function buildLayers(source, kind, theme) {
  const colours = COLOURS[theme];
  /** @type {Expression | string} */
  const colour =
    kind === "sketch"
      ? colours.sketch
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
