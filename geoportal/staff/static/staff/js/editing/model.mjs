/** What is being edited: features as they were read, what was done to them, and back again. */

/**
 * A feature as its editors read it; `version` is `null` before it was saved.
 *
 * @typedef {{
 *   id: string,
 *   geometry: GeoJSON.Geometry | null,
 *   properties: Record<string, unknown>,
 *   internal: Record<string, unknown>,
 *   visibility: string,
 *   version: number | null,
 * }} EditedFeature
 *
 * By key; `null`: removed.
 * @typedef {Map<string, EditedFeature | null>} Work
 *
 * @typedef {{ id: string, feature: EditedFeature | null }} Conflict
 *
 * @typedef {{ type: "Feature", id?: string, version?: number | null } & Partial<EditedFeature>} Sent
 */

const NEW = "~";

/** @param {string} key of a feature that is not saved yet */
export function isNewKey(key) {
  return key.startsWith(NEW);
}

/**
 * @param {unknown} first
 * @param {unknown} second
 */
function isEqual(first, second) {
  return JSON.stringify(first) === JSON.stringify(second);
}

/**
 * Members whose values differ, with the second's.
 *
 * @param {Record<string, unknown>} before
 * @param {Record<string, unknown>} after
 */
function listChanged(before, after) {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !isEqual(before[name] ?? null, value ?? null)),
  );
}

/**
 * Attributes for another feature: the key and the photos are one feature's alone.
 *
 * @param {EditedFeature} feature
 * @param {string[]} own names of attributes that stay with it
 */
export function copyWords({ properties, internal, visibility }, own) {
  const copy = (/** @type {Record<string, unknown>} */ values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !own.includes(name)));
  return { properties: copy(properties), internal: copy(internal), visibility };
}

/** Each step is kept whole; steps share what they have in common. */
export class EditModel {
  /** @type {Map<string, EditedFeature>} as the portal has them */
  #base = new Map();
  /** @type {Work} */
  #work = new Map();
  /** @type {Work[]} */
  #past = [];
  /** @type {Work[]} */
  #future = [];
  #made = 0;

  /** @param {EditedFeature[]} features what is being edited already stays as it is edited */
  load(features) {
    for (const feature of features) {
      if (!this.#base.has(feature.id) || !this.#work.has(feature.id))
        this.#base.set(feature.id, feature);
    }
  }

  /** @param {string} key */
  find(key) {
    return this.#work.has(key) ? (this.#work.get(key) ?? null) : (this.#base.get(key) ?? null);
  }

  /** @param {string} key */
  findBase(key) {
    return this.#base.get(key) ?? null;
  }

  /** All that stand now, in the order in which they were read; new ones at the end. */
  list() {
    const keys = new Set([...this.#base.keys(), ...this.#work.keys()]);
    return [...keys].flatMap((key) => {
      const feature = this.find(key);
      return feature ? [feature] : [];
    });
  }

  /** @returns {Map<string, GeoJSON.Geometry>} */
  listShapes() {
    return new Map(this.list().flatMap(({ id, geometry }) => (geometry ? [[id, geometry]] : [])));
  }

  /** @param {string} key */
  tellState(key) {
    if (!this.#work.has(key)) return "same";
    if (!this.#base.has(key)) return "added";
    const feature = this.#work.get(key);
    if (!feature) return "removed";
    return this.#describe(key, feature) ? "changed" : "same";
  }

  /** @param {Work} changes one step */
  apply(changes) {
    if (!changes.size) return;
    this.#past.push(this.#work);
    this.#future = [];
    this.#work = new Map([...this.#work, ...changes]);
    for (const [key, feature] of this.#work)
      if (!feature && !this.#base.has(key)) this.#work.delete(key);
  }

  /** @param {Map<string, GeoJSON.Geometry>} shapes */
  applyShapes(shapes) {
    /** @type {Work} */
    const changes = new Map();
    for (const [key, geometry] of shapes) {
      const feature = this.find(key);
      if (feature) changes.set(key, { ...feature, geometry });
    }
    this.apply(changes);
  }

  /**
   * A feature that is not there yet; its key is one of ours until it is saved.
   *
   * @param {GeoJSON.Geometry | null} geometry
   * @param {Partial<EditedFeature>} [given]
   * @returns {EditedFeature}
   */
  make(geometry, given = {}) {
    this.#made += 1;
    return {
      properties: {},
      internal: {},
      visibility: "public",
      ...given,
      id: `${NEW}${this.#made}`,
      geometry,
      version: null,
    };
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#work);
    this.#work = before;
  }

  redo() {
    const after = this.#future.pop();
    if (!after) return;
    this.#past.push(this.#work);
    this.#work = after;
  }

  /** As one request: `adds`, `changes` and `removals`, with no more than what differs. */
  buildEdits() {
    /** @type {{ adds: Sent[], changes: Sent[], removals: { id: string, version: number | null }[] }} */
    const edits = { adds: [], changes: [], removals: [] };
    for (const [key, feature] of this.#work) {
      const base = this.#base.get(key);
      if (!base) {
        if (feature) edits.adds.push(describeNew(feature));
      } else if (!feature) edits.removals.push({ id: key, version: base.version });
      else {
        const change = this.#describe(key, feature);
        if (change) edits.changes.push(change);
      }
    }
    return edits;
  }

  countEdits() {
    const { adds, changes, removals } = this.buildEdits();
    return adds.length + changes.length + removals.length;
  }

  /** Keys in the order of `buildEdits`: what the portal says of an edit by its number is of these. */
  listEdited() {
    const keys = { adds: /** @type {string[]} */ ([]), changes: /** @type {string[]} */ ([]) };
    for (const [key, feature] of this.#work) {
      if (!feature) continue;
      if (!this.#base.has(key)) keys.adds.push(key);
      else if (this.#describe(key, feature)) keys.changes.push(key);
    }
    return keys;
  }

  /**
   * @param {string} key
   * @param {EditedFeature} feature
   * @returns {Sent | null}
   */
  #describe(key, feature) {
    const base = this.#base.get(key);
    if (!base) return null;
    /** @type {Sent} */
    const change = { type: "Feature", id: key, version: base.version };
    if (!isEqual(base.geometry, feature.geometry)) change.geometry = feature.geometry;
    const properties = listChanged(base.properties, feature.properties);
    const internal = listChanged(base.internal, feature.internal);
    if (Object.keys(properties).length) change.properties = properties;
    if (Object.keys(internal).length) change.internal = internal;
    if (base.visibility !== feature.visibility) change.visibility = feature.visibility;
    return Object.keys(change).length > 3 ? change : null;
  }

  /** @param {EditedFeature[]} saved as they stand now; the steps that led there are done with */
  accept(saved) {
    for (const [key, feature] of this.#work) if (!feature) this.#base.delete(key);
    this.#work = new Map();
    this.#past = [];
    this.#future = [];
    for (const feature of saved) this.#base.set(feature.id, feature);
  }

  /** Forget all that was not saved. */
  reset() {
    this.#work = new Map();
    this.#past = [];
    this.#future = [];
  }

  /**
   * Somebody else changed or removed a feature: go on from theirs. Of what both changed, `mine` or
   * `theirs` stands; what only one of the two changed is kept. Steps back would lead to what is no more.
   *
   * @param {Conflict} conflict
   * @param {"mine" | "theirs"} choice
   */
  settle({ id, feature: theirs }, choice) {
    const base = this.#base.get(id) ?? null;
    const mine = this.find(id);
    this.#past = [];
    this.#future = [];
    const work = new Map(this.#work);
    if (theirs) this.#base.set(id, theirs);
    else this.#base.delete(id);
    if (choice === "theirs") work.delete(id);
    else if (mine && theirs) work.set(id, base ? mergeFeature(base, mine, theirs) : mine);
    else if (mine) work.set(id, { ...mine, version: null });
    else if (!theirs) work.delete(id);
    this.#work = work;
  }
}

/**
 * @param {EditedFeature} feature
 * @returns {Sent}
 */
function describeNew({ id, geometry, properties, internal, visibility }) {
  const key = isNewKey(id) ? {} : { id };
  return { type: "Feature", ...key, geometry, properties, internal, visibility };
}

/**
 * Three ways: what I changed over what they have.
 *
 * @param {EditedFeature} base
 * @param {EditedFeature} mine
 * @param {EditedFeature} theirs
 * @returns {EditedFeature}
 */
function mergeFeature(base, mine, theirs) {
  return {
    ...theirs,
    geometry: isEqual(base.geometry, mine.geometry) ? theirs.geometry : mine.geometry,
    properties: { ...theirs.properties, ...listChanged(base.properties, mine.properties) },
    internal: { ...theirs.internal, ...listChanged(base.internal, mine.internal) },
    visibility: base.visibility === mine.visibility ? theirs.visibility : mine.visibility,
  };
}
