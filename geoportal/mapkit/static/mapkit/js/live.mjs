/** Keeps an open map as the town is now: tiles that others change are asked for anew, and only these. */

import { ChangeChannel } from "./change_channel.mjs";
import { gatherChanges, nameChanged, nameTile, slugsOf } from "./touched_tiles.mjs";

const CHANGES = "/tiles/changes";
/** So many changed tiles that are not in view are remembered of a source; more are all of it. */
const REMEMBERED_MAX = 2000;
/** nginx before the portal keeps a tile for a second and counts whole ones, so for nearly two: what
 * was asked for sooner may be the old one. */
const KEPT_MS = 2100;

/**
 * `heard(slugs)`: layers in which something changed; `look()`: a layer came, went, or is described
 * anew, which a new page shows.
 *
 * @param {MapLibre} map
 * @param {{ heard?: (slugs: Set<string>) => void, look?: () => void }} tell
 */
export function keepLive(map, { heard = () => {}, look = () => {} } = {}) {
  const stale = new StaleTiles(map);
  let known = "";
  new ChangeChannel(CHANGES, (changes) => {
    const isNew = known !== "" && changes.look !== known;
    known = changes.look;
    const named = new Set(Object.keys(changes.layers));
    for (const [id, source] of Object.entries(map.getStyle().sources)) {
      if (source.type !== "vector") continue;
      const slugs = (source.tiles ?? []).flatMap(slugsOf);
      if (!slugs.length) continue;
      if (changes.reset || isNew) stale.addAll(id);
      else if (slugs.some((slug) => named.has(slug))) {
        const tiles = gatherChanges(slugs, changes.layers);
        if (tiles) stale.add(id, tiles);
        else stale.addAll(id);
      }
    }
    stale.refreshTwice();
    if (named.size || changes.reset) heard(named);
    if (isNew) look();
  });
  map.on("moveend", () => stale.refresh());
}

/**
 * Tiles that were drawn before a change, by source. MapLibre keeps those that went out of view, so
 * they are asked for when they come back.
 */
class StaleTiles {
  #map;
  /**
   * By source and changed tile (`z/x/y`, zooms 0 to 14) which tiles of the map were asked for since.
   *
   * @type {Map<string, Map<string, Set<string>>>}
   */
  #changed = new Map();
  /** @type {Set<string>} */
  #whole = new Set();
  /** @type {ReturnType<typeof setTimeout> | null} */
  #settling = null;

  /** @param {MapLibre} map */
  constructor(map) {
    this.#map = map;
  }

  /** @param {string} id */
  addAll(id) {
    this.#changed.delete(id);
    this.#whole.add(id);
  }

  /**
   * @param {string} id
   * @param {string[]} tiles
   */
  add(id, tiles) {
    const changed = this.#changed.get(id) ?? new Map();
    for (const tile of tiles) changed.set(tile, new Set());
    this.#changed.set(id, changed);
    if (changed.size > REMEMBERED_MAX) this.addAll(id);
  }

  /** At once, and when nothing that was made before the change can come any more. */
  refreshTwice() {
    if (!this.#whole.size && !this.#changed.size) return;
    clearTimeout(this.#settling ?? undefined);
    this.#settling = setTimeout(() => this.#settle(), KEPT_MS);
    this.refresh();
  }

  #settle() {
    this.#settling = null;
    if (this.#map.areTilesLoaded()) this.refresh();
    else this.#map.once("idle", () => this.#settling ?? this.refresh());
  }

  refresh() {
    const isSure = this.#settling === null && this.#map.areTilesLoaded();
    for (const id of this.#whole) {
      if (isSure) this.#whole.delete(id);
      if (this.#map.getSource(id)) this.#map.refreshTiles(id);
    }
    for (const [id, changed] of this.#changed) {
      const source = this.#map.getSource(id);
      if (source?.type !== "vector") this.#changed.delete(id);
      else this.#refreshSource(id, /** @type {VectorTileSource} */ (source), changed, isSure);
    }
  }

  /**
   * @param {string} id
   * @param {VectorTileSource} source
   * @param {Map<string, Set<string>>} changed
   * @param {boolean} isSure
   */
  #refreshSource(id, { minzoom, maxzoom }, changed, isSure) {
    const inView = this.#map
      .coveringTiles({ tileSize: 512, minzoom, maxzoom })
      .map(({ canonical: { x, y, z } }) => ({ x, y, z }))
      .filter((tile) => changed.get(nameChanged(tile))?.has(nameTile(tile)) === false);
    if (isSure) for (const tile of inView) changed.get(nameChanged(tile))?.add(nameTile(tile));
    if (inView.length) this.#map.refreshTiles(id, inView);
  }
}
