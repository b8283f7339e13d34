/** What is chosen, which tool is at work, and what comes of it; the page around it is told. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { copyWords, EditModel } from "./model.mjs";
import {
  isSame,
  listPaths,
  mapPositions,
  replacePaths,
  SAME_DEGREES,
  withoutVertex,
} from "./paths.mjs";
import { reshape, tidy } from "./reshaping.mjs";
import { findSnap, findVertex } from "./snapping.mjs";
import { joinTo, lay, listNewVertices } from "./topology.mjs";

/**
 * @typedef {import("./model.mjs").EditedFeature} EditedFeature
 * @typedef {import("./model.mjs").Work} Work
 * @typedef {import("./tools.mjs").DrawTools} DrawTools
 * @typedef {Map<string, GeoJSON.Geometry>} Shapes
 * @typedef {{
 *   ask: (document: object) => Promise<{ shapes: GeoJSON.Geometry[] }>,
 *   say: (text: string, bad?: boolean) => void,
 *   measureReach: (place: GeoJSON.Position) => number,
 *   isTogether: () => boolean,
 *   approach: () => void,
 *   tell: () => void,
 * }} Surroundings `measureReach`: how far snapping reaches, in degrees of latitude;
 * `approach`: show the chosen one near enough to work on it
 */

const NEW_TOOLS = ["point", "line", "area"];

export class Editor {
  model = new EditModel();
  /** @type {string[]} keys; the first is the one that forms and tools are about */
  chosen = [];
  /** @type {string | null} */
  tool = null;
  /** @type {Shapes} while something is dragged */
  draft = new Map();
  /** A press on a vertex takes it away, for who has no right button. */
  isRemoving = false;
  /** @type {DrawTools | null} */
  #tools = null;
  /** @type {GeoJSON.Position | null} */
  #snapped = null;
  /** @type {EditorConfig} */
  #config;
  /** @type {Surroundings} */
  #around;

  /**
   * @param {EditorConfig} config
   * @param {Surroundings} around
   */
  constructor(config, around) {
    this.#config = config;
    this.#around = around;
  }

  /** @param {DrawTools} tools */
  attach(tools) {
    this.#tools = tools;
  }

  get main() {
    return this.chosen.length ? this.model.find(this.chosen[0]) : null;
  }

  /** What tools need, by the names that buttons ask for. */
  listMet() {
    const standing = this.chosen.filter((key) => this.model.find(key));
    return new Set([
      "",
      ...(standing.length ? ["some"] : []),
      ...(standing.length === 1 && this.main?.geometry ? ["one"] : []),
      ...(standing.length > 1 ? ["many"] : []),
      ...(this.model.canUndo ? ["past"] : []),
      ...(this.model.canRedo ? ["future"] : []),
      ...(this.tool ? ["tool"] : []),
      ...(this.tool && this.tool !== "reshape" && this.tool !== "point" ? ["drawing"] : []),
    ]);
  }

  /** @param {string[]} keys */
  choose(keys) {
    this.chosen = keys;
    if (this.tool === "reshape" && this.main?.geometry && keys.length === 1) this.#putPaths();
    else if (this.tool && !NEW_TOOLS.includes(this.tool)) this.stop();
    this.#around.tell();
  }

  /** @param {string} tool */
  async use(tool) {
    this.#around.say("");
    if (tool === "undo" || tool === "redo") return this.#step(tool);
    if (tool === "finish") return this.#tools?.finish();
    if (tool === "stop") return this.stop();
    if (tool === "vertex") return this.#removeVertices();
    if (tool === "remove") return this.#remove();
    if (tool === "merge") return this.#merge();
    this.isRemoving = false;
    this.tool = tool;
    if (tool === "reshape") {
      this.#around.approach();
      this.#putPaths();
    } else if (tool === "cut") this.#tools?.draw("line");
    else if (tool === "hole") this.#tools?.draw("area");
    else if (tool === "point" || tool === "line" || tool === "area") this.#tools?.draw(tool);
    this.#around.tell();
  }

  stop() {
    this.isRemoving = false;
    this.tool = null;
    this.draft = new Map();
    this.#tools?.stop();
    this.#around.tell();
  }

  /** @param {"undo" | "redo"} way */
  #step(way) {
    this.model[way]();
    this.refresh();
  }

  /** The paths on the map and all else follow the model. */
  refresh() {
    this.draft = new Map();
    this.chosen = this.chosen.filter((key) => this.model.find(key));
    if (this.tool === "reshape") {
      if (this.main?.geometry) this.#putPaths();
      else return this.stop();
    }
    this.#around.tell();
  }

  #remove() {
    const keys = this.chosen;
    this.stop();
    this.chosen = [];
    this.model.apply(new Map(keys.map((key) => [key, null])));
    this.#around.tell();
  }

  async #removeVertices() {
    const on = !this.isRemoving;
    if (this.tool !== "reshape") await this.use("reshape");
    this.isRemoving = on;
    this.#around.say(on ? gettext("Press the vertices that shall go.") : "");
    this.#around.tell();
  }

  /**
   * @param {GeoJSON.Position} place
   * @param {number} reach degrees of latitude
   */
  removeNear(place, reach) {
    const near = findVertex(place, listPaths(this.main?.geometry ?? null), reach);
    if (near) this.putPositions(near.path, withoutVertex(near.path, near.at));
  }

  /**
   * All paths of the chosen shape as they were written; one step for each that differs.
   *
   * @param {import("./paths.mjs").Path[]} paths
   * @param {GeoJSON.Position[][]} written
   */
  write(paths, written) {
    for (const [at, path] of paths.entries()) {
      const positions = written[at];
      if (JSON.stringify(positions) === JSON.stringify(path.positions)) continue;
      if (Math.abs(positions.length - path.positions.length) < 2)
        this.putPositions(path, positions);
      else if (this.#around.isTogether())
        return this.#around.say(
          gettext(
            "Where borders are shared, vertices come and go one at a time; or switch that off.",
          ),
          true,
        );
      else this.#replacePath(path, positions);
    }
  }

  /**
   * @param {import("./paths.mjs").Path} path
   * @param {GeoJSON.Position[]} positions
   */
  #replacePath({ at }, positions) {
    const main = this.main;
    if (!main?.geometry) return;
    const geometry = replacePaths(main.geometry, [
      { at, positions: positions.map((each) => tidy(each)) },
    ]);
    this.#apply(new Map([[main.id, geometry]]));
    setTimeout(() => this.refresh());
  }

  #putPaths() {
    const geometry = this.main?.geometry;
    if (!geometry) return;
    const isPoint = geometry.type.endsWith("Point");
    // A whole area would tear the borders that it shares.
    const movable = isPoint || !this.#around.isTogether();
    this.#tools?.reshape(listPaths(geometry), { isPoint, movable });
  }

  /**
   * A step of several shapes, with features that come or go.
   *
   * @param {Shapes} shapes
   * @param {Work} [others]
   */
  #apply(shapes, others = new Map()) {
    /** @type {Work} */
    const work = new Map(others);
    for (const [key, geometry] of shapes) {
      const feature = work.get(key) ?? this.model.find(key);
      if (feature) work.set(key, { ...feature, geometry });
    }
    this.model.apply(work);
  }

  /**
   * @param {GeoJSON.Position} place
   * @param {number} [vertex] number of the one that is dragged
   * @returns {GeoJSON.Position | null}
   */
  snap(place, vertex) {
    const shapes = this.model.listShapes();
    const main = this.chosen[0];
    const own = this.tool === "reshape" ? shapes.get(main) : undefined;
    const moved = vertex === undefined || !own ? [] : this.#listVertex(own, vertex);
    const skip = (/** @type {GeoJSON.Position} */ position) =>
      moved.some((each) => isSame(each, position));
    const reach = this.#around.measureReach(place);
    this.#snapped = findSnap(place, shapes.values(), reach, skip);
    return this.#snapped;
  }

  /**
   * @param {GeoJSON.Geometry} geometry
   * @param {number} vertex
   */
  #listVertex(geometry, vertex) {
    return listPaths(geometry).flatMap(({ positions }) =>
      positions[vertex] ? [positions[vertex]] : [],
    );
  }

  /**
   * @param {number[]} at
   * @param {GeoJSON.Position[]} positions
   */
  drag(at, positions) {
    const path = this.#tools?.findPath(at);
    if (!path || path.positions.length !== positions.length) return;
    this.draft = this.#reshape(path, positions) ?? new Map();
    this.#around.tell();
  }

  /**
   * @param {number[]} at
   * @param {GeoJSON.Position[]} positions
   */
  shape(at, positions) {
    const path = this.#tools?.findPath(at);
    if (!path) return;
    this.putPositions(path, positions);
  }

  /**
   * A path of the chosen shape gets other vertices, by hand or as they were written.
   *
   * @param {import("./paths.mjs").Path} path
   * @param {GeoJSON.Position[]} positions
   */
  putPositions(path, positions) {
    const changed = this.#reshape(path, positions);
    if (changed) this.#apply(changed);
    else
      this.#around.say(
        gettext(
          "This vertex stays: borders of several objects meet in it, or too few would be left.",
        ),
        true,
      );
    // It is still at work on what it tells of.
    setTimeout(() => this.refresh());
  }

  /**
   * @param {import("./paths.mjs").Path} path
   * @param {GeoJSON.Position[]} positions
   */
  #reshape(path, positions) {
    return reshape(this.model.listShapes(), this.chosen[0], path, positions, {
      together: this.#around.isTogether(),
      snapped: this.#snapped,
    });
  }

  /**
   * A vertex that stands there already is taken as it is; else 0.1 mm is enough.
   *
   * @param {GeoJSON.Position} place
   */
  #settle(place) {
    return findSnap(place, this.model.listShapes().values(), SAME_DEGREES) ?? tidy(place);
  }

  /** @param {GeoJSON.Geometry} drawn */
  async draw(drawn) {
    const tool = this.tool;
    this.tool = null;
    const geometry = mapPositions(drawn, (place) => this.#settle(place));
    if (tool === "cut" || tool === "hole") await this.#work(() => this.#cut(tool, geometry));
    else {
      const made = this.model.make(geometry);
      this.#apply(this.#join([geometry], []), new Map([[made.id, made]]));
      this.chosen = [made.id];
      this.#around.tell();
    }
  }

  /**
   * Vertices of new shapes that lie on borders of others come into these.
   *
   * @param {GeoJSON.Geometry[]} drawn
   * @param {GeoJSON.Geometry[]} old
   * @returns {Shapes}
   */
  #join(drawn, old) {
    if (!this.#around.isTogether()) return new Map();
    return joinTo(this.model.listShapes(), listNewVertices(drawn, old));
  }

  /**
   * @param {"cut" | "hole"} deed
   * @param {GeoJSON.Geometry} drawn
   */
  async #cut(deed, drawn) {
    const main = this.main;
    if (!main?.geometry) return;
    const { shapes } = await this.#around.ask({ do: deed, shapes: [main.geometry], with: drawn });
    const [largest, ...rest] = shapes;
    const own = [this.#config.key_field, ...this.#config.photos];
    /** @type {Work} */
    const work = new Map([[main.id, { ...main, geometry: largest }]]);
    for (const geometry of rest) {
      const made = this.model.make(geometry, copyWords(main, own));
      work.set(made.id, made);
    }
    const joined = this.#join(shapes, [main.geometry]);
    joined.delete(main.id);
    this.#apply(lay(new Map(), joined), work);
    this.chosen = [...work.keys()];
    this.#around.say(
      deed === "cut" ? gettext("The object is cut; each part has its attributes now.") : "",
    );
  }

  async #merge() {
    this.stop();
    await this.#work(async () => {
      const features = this.chosen.flatMap((key) => this.model.find(key) ?? []);
      const given = features.flatMap(({ geometry }) => geometry ?? []);
      const { shapes } = await this.#around.ask({ do: "merge", shapes: given });
      const [first, ...others] = features;
      /** @type {Work} */
      const work = new Map(others.map(({ id }) => [id, null]));
      work.set(first.id, { ...first, geometry: shapes[0] });
      this.model.apply(work);
      this.chosen = [first.id];
      this.#around.say(gettext("The objects are merged; the attributes of the first one stay."));
    });
  }

  /** @param {() => Promise<void>} deed something that the portal may refuse */
  async #work(deed) {
    try {
      await deed();
    } catch (error) {
      const words = error instanceof Error ? error.message : "";
      this.#around.say(
        words || gettext("The portal does not answer. Nothing was changed; try once more."),
        true,
      );
    }
    this.#around.tell();
  }
}
