/** Where the map looks: around the panel or between the search field and the sheet. */

import { findBounds } from "./geometry.mjs";

const PHONE = matchMedia("(max-width: 720px)");
const NEAR_ZOOM = 16.5;
const EDGE_PX = 48;
const CLEAR_ZOOMS = 0.75;
const CLUSTER_ZOOMS = 2;

export class Camera {
  #map;
  #panel;
  #top;
  #bounds;

  /**
   * `panel` and `top` lie over the map; `bounds` are the community's (degrees).
   *
   * @param {MapLibre} map
   * @param {{ panel: HTMLElement, top: HTMLElement, bounds: Bounds | null }} parts
   */
  constructor(map, { panel, top, bounds }) {
    this.#map = map;
    this.#panel = panel;
    this.#top = top;
    this.#bounds = bounds;
    this.#usePadding();
    PHONE.addEventListener("change", () => this.#usePadding());
  }

  #usePadding() {
    const { left, top, right, bottom } = this.#frame("peek");
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    this.#map.setPadding({ left, top, right: width - right, bottom: height - bottom });
  }

  /** The part of the screen that nothing covers; `height` of the sheet as it will be. */
  #frame(height = this.#panel.dataset.height) {
    const { clientWidth: right, clientHeight } = this.#map.getContainer();
    if (!PHONE.matches) {
      return {
        left: this.#panel.getBoundingClientRect().right,
        top: 0,
        right,
        bottom: clientHeight,
      };
    }
    const covered = height === "peek" ? 92 : clientHeight * 0.46;
    const { bottom: top } = this.#top.getBoundingClientRect();
    return { left: 0, top, right, bottom: clientHeight - covered };
  }

  /** What is in view, in pixels of the map. */
  seenRectangle() {
    return this.#frame(this.#panel.dataset.height === "full" ? "half" : undefined);
  }

  /**
   * The same as west, south, east, north in degrees.
   *
   * @returns {Bounds}
   */
  seenBounds() {
    const { left, top, right, bottom } = this.seenRectangle();
    const low = this.#map.unproject([left, bottom]);
    const high = this.#map.unproject([right, top]);
    return [clampLon(low.lng), low.lat, clampLon(high.lng), high.lat];
  }

  /** @returns {MapView} */
  view() {
    const { lng, lat } = this.#map.getCenter();
    return { zoom: this.#map.getZoom(), lat, lon: lng };
  }

  /** @param {MapView} view */
  jump({ zoom, lat, lon }) {
    this.#map.jumpTo({ zoom, center: [lon, lat] });
  }

  showWhole({ animate = true } = {}) {
    if (this.#bounds) this.#map.fitBounds(this.#bounds, { padding: EDGE_PX / 2, animate });
  }

  /**
   * Everything between west, south, east, north, as near as it all fits.
   *
   * @param {Bounds} bounds
   */
  showBox(bounds) {
    this.#map.fitBounds(bounds, { padding: EDGE_PX, maxZoom: NEAR_ZOOM, animate: false });
  }

  /**
   * The first view: the whole community, but on a small screen not so far away that the layers
   * which are on would not be drawn; then where they are closest together.
   *
   * @param {LayerDocument[]} layers
   */
  showStart(layers) {
    this.showWhole({ animate: false });
    const drawn = Math.max(0, ...layers.map((layer) => layer.min_zoom));
    const focus = layers
      .map(({ extent }) => extent)
      .filter(isSpread)
      .sort(bySize)[0];
    if (this.#map.getZoom() >= drawn || !focus) return;
    const [west, south, east, north] = focus;
    this.#map.jumpTo({
      center: [(west + east) / 2, (south + north) / 2],
      zoom: drawn + CLEAR_ZOOMS,
    });
  }

  /**
   * Bring a geometry near, in the middle of what the sheet at half height leaves free.
   *
   * @param {GeoJSON.Geometry} geometry
   */
  showGeometry(geometry, { animate = true, zoom = NEAR_ZOOM } = {}) {
    const [west, south, east, north] = findBounds(geometry);
    const free = this.#frame(PHONE.matches ? "half" : undefined);
    const usual = this.#frame("peek");
    /** @type {[number, number]} */
    const offset = [0, (free.bottom - usual.bottom) / 2];
    if (west === east && south === north) {
      const nearer = Math.max(this.#map.getZoom(), zoom);
      this.#map.flyTo({ center: [west, south], zoom: nearer, offset, animate, maxDuration: 2500 });
      return;
    }
    const padding = {
      top: EDGE_PX,
      left: EDGE_PX,
      right: EDGE_PX,
      bottom: EDGE_PX + usual.bottom - free.bottom,
    };
    this.#map.fitBounds([west, south, east, north], { padding, animate, maxZoom: 17.5 });
  }

  /**
   * Come so near that what a cluster counts parts.
   *
   * @param {Hit} cluster
   */
  openCluster({ geometries: [place] }) {
    const [west, south] = findBounds(place);
    this.#map.easeTo({ center: [west, south], zoom: this.#map.getZoom() + CLUSTER_ZOOMS });
  }

  /**
   * Move only when the point would lie under the panel or the sheet.
   *
   * @param {Degrees} place
   */
  keepInSight({ lng, lat }) {
    const free = this.#frame(PHONE.matches ? "half" : undefined);
    const { x, y } = this.#map.project([lng, lat]);
    const inside =
      x > free.left + EDGE_PX / 2 &&
      x < free.right - EDGE_PX / 2 &&
      y > free.top &&
      y < free.bottom - EDGE_PX / 2;
    if (inside) return;
    const usual = this.#frame("peek");
    this.#map.easeTo({ center: [lng, lat], offset: [0, (free.bottom - usual.bottom) / 2] });
  }
}

/** @param {number} lon */
function clampLon(lon) {
  return Math.max(-180, Math.min(180, lon));
}

/**
 * @param {Bounds | null} extent
 * @returns {extent is Bounds}
 */
function isSpread(extent) {
  return extent !== null && extent[0] < extent[2] && extent[1] < extent[3];
}

/**
 * @param {Bounds} first
 * @param {Bounds} second
 */
function bySize(first, second) {
  /** @type {(extent: Bounds) => number} */
  const size = ([west, south, east, north]) => (east - west) * (north - south);
  return size(first) - size(second);
}
