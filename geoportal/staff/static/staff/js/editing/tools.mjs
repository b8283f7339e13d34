/** Drawing with the pointer, by terra-draw: new shapes, and the paths of the one that is reshaped. */

/**
 * @typedef {import("./paths.mjs").Path} Path
 * @typedef {"point" | "line" | "area"} Kind
 * @typedef {{
 *   snap: (place: GeoJSON.Position, vertex?: number) => GeoJSON.Position | null,
 *   onDrawn: (geometry: GeoJSON.Geometry) => void,
 *   onDragged: (at: number[], positions: GeoJSON.Position[]) => void,
 *   onShaped: (at: number[], positions: GeoJSON.Position[]) => void,
 * }} Hands
 */

// Every bit of a double is kept: shared vertices must stay the same numbers.
const DECIMALS = 16;
const MODES = { point: "point", line: "linestring", area: "polygon" };
/** @type {`#${string}`} */
const HALO = "#ffffff";

export class DrawTools {
  /** @type {import("terra-draw").TerraDraw | null} */
  #draw = null;
  /** @type {Map<string | number, Path>} paths that are reshaped, by their name in terra-draw */
  #paths = new Map();
  #movable = true;
  /** @type {MapLibre} */
  #map;
  /** @type {Hands} */
  #hands;

  /**
   * @param {MapLibre} map
   * @param {Hands} hands
   * @param {string} color of what is drawn
   */
  constructor(map, hands, color) {
    this.#map = map;
    this.#hands = hands;
    this.color = /** @type {`#${string}`} */ (color);
  }

  /** @returns {import("terra-draw").TerraDraw} */
  #start() {
    if (this.#draw) return this.#draw;
    const { TerraDraw } = globalThis.terraDraw;
    const { TerraDrawMapLibreGLAdapter } = globalThis.terraDrawMaplibreGlAdapter;
    const adapter = new TerraDrawMapLibreGLAdapter({
      map: this.#map,
      coordinatePrecision: DECIMALS,
    });
    const draw = new TerraDraw({ adapter, modes: this.#buildModes() });
    draw.start();
    draw.on("finish", (id, { action }) => this.#finish(id, action));
    draw.on("change", (ids, type, context) => {
      if (type !== "update" || (context && "origin" in context)) return;
      for (const id of ids) this.#tell(id, this.#hands.onDragged);
    });
    this.#draw = draw;
    return draw;
  }

  #buildModes() {
    const td = globalThis.terraDraw;
    /** @type {import("terra-draw").SnapToCustom} */
    const toCustom = ({ lng, lat }) => this.#hands.snap([lng, lat]) ?? undefined;
    /** @type {import("terra-draw").SnapToCustom} */
    const toOthers = ({ lng, lat }, { currentCoordinate }) =>
      this.#hands.snap([lng, lat], currentCoordinate) ?? undefined;
    const color = this.color;
    const line = { lineStringColor: color, lineStringWidth: 3, ...this.#styleVertices() };
    const area = {
      fillColor: color,
      fillOpacity: 0.15,
      outlineColor: color,
      outlineWidth: 3,
      ...this.#styleVertices(),
    };
    const point = {
      pointColor: color,
      pointWidth: 7,
      pointOutlineColor: HALO,
      pointOutlineWidth: 2,
    };
    const vertices = {
      midpoints: true,
      draggable: true,
      deletable: true,
      snappable: { toCustom: toOthers },
    };
    const shape = { feature: { draggable: this.#movable, coordinates: vertices } };
    return [
      new td.TerraDrawPointMode({ styles: point }),
      new td.TerraDrawLineStringMode({ snapping: { toCustom }, styles: line }),
      new td.TerraDrawPolygonMode({ snapping: { toCustom }, styles: area }),
      new td.TerraDrawSelectMode({
        // Its own key would delete the path; objects are deleted by a button.
        keyEvents: null,
        pointerDistance: 24,
        flags: {
          point: { feature: { draggable: true } },
          linestring: shape,
          polygon: shape,
        },
        styles: this.#styleChosen(),
      }),
    ];
  }

  #styleVertices() {
    return {
      closingPointColor: this.color,
      closingPointWidth: 5,
      closingPointOutlineColor: HALO,
      closingPointOutlineWidth: 2,
      snappingPointColor: this.color,
      snappingPointWidth: 5,
      snappingPointOutlineColor: HALO,
      snappingPointOutlineWidth: 2,
    };
  }

  #styleChosen() {
    const color = this.color;
    return {
      selectedPolygonColor: color,
      selectedPolygonFillOpacity: 0.1,
      selectedPolygonOutlineColor: color,
      selectedPolygonOutlineWidth: 3,
      selectedLineStringColor: color,
      selectedLineStringWidth: 3,
      selectedPointColor: color,
      selectedPointWidth: 9,
      selectedPointOutlineColor: HALO,
      selectedPointOutlineWidth: 3,
      selectionPointColor: HALO,
      selectionPointWidth: 5,
      selectionPointOutlineColor: color,
      selectionPointOutlineWidth: 2,
      midPointColor: color,
      midPointOpacity: 0.6,
      midPointWidth: 4,
      midPointOutlineColor: HALO,
      midPointOutlineWidth: 1,
    };
  }

  /** @param {Kind} kind */
  draw(kind) {
    this.stop();
    this.#start().setMode(MODES[kind]);
  }

  /** What has been drawn so far is the shape, as with Enter. */
  finish() {
    const canvas = this.#map.getCanvas();
    canvas.dispatchEvent(new KeyboardEvent("keyup", { key: "Enter", bubbles: true }));
  }

  /**
   * Paths whose vertices can be dragged, added and removed; `movable`: the whole can be dragged too.
   *
   * @param {Path[]} paths
   * @param {{ isPoint: boolean, movable: boolean }} how
   */
  reshape(paths, { isPoint, movable }) {
    this.stop();
    this.#movable = movable;
    const draw = this.#start();
    draw.setMode("select");
    for (const path of paths) {
      const id = draw.getFeatureId();
      const [{ valid, reason }] = draw.addFeatures([{ id, ...describePath(path, isPoint) }]);
      if (valid) this.#paths.set(id, path);
      else console.warn("a path cannot be reshaped", reason);
    }
    const [first] = this.#paths.keys();
    if (first !== undefined) draw.selectFeature(first);
  }

  /** @param {number[]} at */
  findPath(at) {
    return [...this.#paths.values()].find((path) => String(path.at) === String(at)) ?? null;
  }

  /** What is drawn on the map is taken away; nothing is being drawn. */
  stop() {
    this.#paths.clear();
    if (!this.#draw) return;
    this.#draw.stop();
    this.#draw = null;
  }

  /**
   * @param {string | number} id
   * @param {string} action
   */
  #finish(id, action) {
    const feature = this.#draw?.getSnapshotFeature(id);
    if (action !== "draw") return this.#tell(id, this.#hands.onShaped);
    // It is still at work on what it tells of.
    setTimeout(() => {
      this.stop();
      if (feature) this.#hands.onDrawn(feature.geometry);
    });
  }

  /**
   * @param {string | number} id
   * @param {(at: number[], positions: GeoJSON.Position[]) => void} tell
   */
  #tell(id, tell) {
    const path = this.#paths.get(id);
    const feature = path && this.#draw?.getSnapshotFeature(id);
    if (feature) tell(path.at, readPath(feature.geometry));
  }
}

/**
 * @param {Path} path
 * @param {boolean} isPoint
 * @returns {{ type: "Feature", geometry: GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon, properties: { mode: string } }}
 */
function describePath({ positions, closed }, isPoint) {
  if (isPoint) {
    const geometry = { type: /** @type {const} */ ("Point"), coordinates: positions[0] };
    return { type: "Feature", geometry, properties: { mode: MODES.point } };
  }
  if (!closed) {
    const geometry = { type: /** @type {const} */ ("LineString"), coordinates: positions };
    return { type: "Feature", geometry, properties: { mode: MODES.line } };
  }
  const geometry = { type: /** @type {const} */ ("Polygon"), coordinates: [positions] };
  return { type: "Feature", geometry, properties: { mode: MODES.area } };
}

/**
 * @param {GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon} geometry
 * @returns {GeoJSON.Position[]}
 */
function readPath(geometry) {
  if (geometry.type === "Point") return [geometry.coordinates];
  return geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates[0];
}
