/**
 * What the map shows: view, layers, open object; kept in the address as
 * `#map=14.2/50.18/27.07&layers=parks,schools&feature=parks/12` (zoom/latitude/longitude).
 * Opening and closing an object makes an entry of the history, so that "back" closes a card.
 */

/**
 * Read an address; what it does not say is `null`.
 *
 * @param {string} hash
 */
export function readAddress(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const layers = parts.get("layers");
  return {
    view: readView(parts.get("map")),
    layers: layers === null ? null : new Set(layers.split(",").filter(Boolean)),
    feature: readFeature(parts.get("feature")),
  };
}

/**
 * @param {string | null} text
 * @returns {MapView | null}
 */
function readView(text) {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  const fits = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 24;
  return fits ? { zoom, lat, lon } : null;
}

/**
 * @param {string | null} text
 * @returns {FeatureRef | null}
 */
function readFeature(text) {
  const cut = text?.indexOf("/") ?? -1;
  return text && cut > 0 && cut < text.length - 1
    ? { layer: text.slice(0, cut), key: text.slice(cut + 1) }
    : null;
}

/**
 * The address of a state, `""` for the plain one.
 *
 * @param {{ view: MapView | null, layers: Set<string> | null, feature: FeatureRef | null }} state
 */
export function writeAddress({ view, layers, feature }) {
  const parts = [];
  if (view) {
    const digits = view.zoom > 14 ? 6 : 5;
    parts.push(
      `map=${Number(view.zoom.toFixed(2))}/${view.lat.toFixed(digits)}/${view.lon.toFixed(digits)}`,
    );
  }
  if (layers) parts.push(`layers=${[...layers].join(",")}`);
  if (feature) parts.push(`feature=${feature.layer}/${encodeURIComponent(feature.key)}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

/**
 * @param {FeatureRef | null} first
 * @param {FeatureRef | null} second
 */
export function isSameFeature(first, second) {
  return first?.layer === second?.layer && first?.key === second?.key;
}

/**
 * @param {Set<string>} first
 * @param {Set<string>} second
 */
function isSameSet(first, second) {
  return first.size === second.size && [...first].every((value) => second.has(value));
}

/** Sends `layers`, `feature` (with `detail.previous`) and `view` (only from the history) events. */
export class MapState extends EventTarget {
  /**
   * `known`: slugs that may be switched; `usual`: those that are on when the address is silent.
   *
   * @param {Set<string>} known
   * @param {string[]} usual
   */
  constructor(known, usual) {
    super();
    this.known = known;
    this.usual = new Set(usual);
    const given = readAddress(location.hash);
    this.view = given.view;
    this.feature = given.feature;
    this.layers = this.#clean(given);
    addEventListener("popstate", () => this.#follow());
  }

  /** @param {{ layers: Set<string> | null, feature: FeatureRef | null }} given */
  #clean({ layers, feature }) {
    const clean = new Set([...(layers ?? this.usual)].filter((slug) => this.known.has(slug)));
    if (feature && this.known.has(feature.layer)) clean.add(feature.layer);
    return clean;
  }

  #follow() {
    const given = readAddress(location.hash);
    if (given.view) {
      this.view = given.view;
      this.dispatchEvent(new Event("view"));
    }
    this.#change(this.#clean(given), given.feature);
  }

  /**
   * @param {Set<string>} layers
   * @param {FeatureRef | null} feature
   */
  #change(layers, feature) {
    const previous = this.feature;
    const otherLayers = !isSameSet(layers, this.layers);
    this.layers = layers;
    this.feature = feature;
    if (otherLayers) this.dispatchEvent(new Event("layers"));
    if (!isSameFeature(previous, feature)) {
      this.dispatchEvent(new CustomEvent("feature", { detail: { previous } }));
    }
  }

  /** @param {"pushState" | "replaceState"} method */
  #write(method) {
    const layers = isSameSet(this.layers, this.usual) ? null : this.layers;
    const address = writeAddress({ view: this.view, layers, feature: this.feature });
    history[method](null, "", address || location.pathname + location.search);
  }

  /**
   * The map has been moved by hand.
   *
   * @param {MapView} view
   */
  rememberView(view) {
    this.view = view;
    this.#write("replaceState");
  }

  /**
   * @param {string[]} slugs
   * @param {boolean} on
   */
  switchLayers(slugs, on) {
    const layers = new Set(this.layers);
    for (const slug of slugs) {
      if (on && this.known.has(slug)) layers.add(slug);
      else layers.delete(slug);
    }
    this.#change(layers, this.feature);
    this.#write("replaceState");
  }

  /**
   * Open an object's card, and switch its layer on.
   *
   * @param {FeatureRef} feature
   */
  openFeature(feature) {
    if (isSameFeature(feature, this.feature)) return;
    const layers = this.known.has(feature.layer)
      ? new Set([...this.layers, feature.layer])
      : this.layers;
    this.#change(layers, feature);
    this.#write("pushState");
  }

  closeFeature() {
    if (!this.feature) return;
    this.#change(this.layers, null);
    this.#write("pushState");
  }
}
