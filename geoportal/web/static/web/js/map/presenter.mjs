/** Shows the object that the state names: card, mark on the map, camera, and where the focus goes. */

import { findIn } from "../../../interface/js/finding.mjs";
import { fetchJson, RequestFailed } from "../../../interface/js/requests.mjs";
import { cardUrl } from "../../../mapkit/js/addresses.mjs";
import { findBounds } from "../../../mapkit/js/geometry.mjs";
import { lookOf, PROBLEMS } from "../../../mapkit/js/states.mjs";
import { nameFeature } from "../../../mapkit/js/values.mjs";
import { isSameFeature } from "./state.mjs";

/** @typedef {"address" | "map" | "list" | "search"} From Who has asked for the object. */
export class Presenter {
  #state;
  #overlays;
  #layers;
  #panel;
  #browse;
  #setHeight;
  /** @type {Card | null} */
  #card = null;
  /** @type {Camera | null} */
  #camera = null;
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {From} */
  #from = "address";
  #name = "";
  /** @type {Hit[]} */
  #nearby = [];
  /** @type {Degrees | null} */
  #spot = null;
  /** @type {GeoJSON.Feature | null} */
  #shown = null;
  /** @type {HTMLElement | null} */
  #returnTo = null;
  #heightBefore = "peek";

  /**
   * @param {{
   *   state: MapState,
   *   overlays: Overlays,
   *   layers: Map<string, LayerDocument>,
   *   panel: HTMLElement,
   *   browse: HTMLElement,
   *   setHeight: (name: string) => void,
   * }} tools
   */
  constructor({ state, overlays, layers, panel, browse, setHeight }) {
    this.#state = state;
    this.#overlays = overlays;
    this.#layers = layers;
    this.#panel = panel;
    this.#browse = browse;
    this.#setHeight = setHeight;
    state.addEventListener("feature", () => this.present());
  }

  /** @param {Card} card */
  useCard(card) {
    this.#card = card;
  }

  /** @param {Camera} camera */
  useCamera(camera) {
    this.#camera = camera;
  }

  get #height() {
    return this.#panel.dataset.height ?? "peek";
  }

  get hasMap() {
    return this.#camera !== null;
  }

  /**
   * `from`: `map`, `list`, `search`. A hit of the map is left where it is, others are flown to.
   *
   * @param {FeatureRef} hit
   * @param {From} from
   * @param {string} name
   */
  open(hit, from, name) {
    if (!this.#card?.isShown) {
      const { activeElement: focused } = document;
      this.#returnTo = focused instanceof HTMLElement ? focused : null;
      this.#heightBefore = this.#height;
    }
    this.#from = from;
    this.#name = name;
    const ref = { layer: hit.layer, key: hit.key };
    if (isSameFeature(ref, this.#state.feature)) this.present();
    else this.#state.openFeature(ref);
  }

  /**
   * What a click on the map has met; `spot`: where, in degrees.
   *
   * @param {Hit[]} hits
   * @param {Degrees} spot
   * @param {(hit: Hit) => string} nameOf
   */
  pick(hits, spot, nameOf) {
    this.#nearby = hits;
    this.#spot = spot;
    const nearest = hits.filter((hit) => hit.rank === hits[0].rank);
    if (!hits.length) this.close();
    else if (nearest.length === 1) this.open(nearest[0], "map", nameOf(nearest[0]));
    else this.#offerChoice(hits);
  }

  /** @param {Hit[]} hits */
  #offerChoice(hits) {
    this.#state.closeFeature();
    this.#nearby = hits;
    if (!this.#card?.isShown) this.#heightBefore = this.#height;
    this.#card?.showChoice(hits);
    this.#reveal();
    this.#card?.focus();
  }

  /**
   * A place that was pressed long: mark it, and say what can be done there.
   *
   * @param {Degrees} place
   */
  offerPlace(place) {
    this.#state.closeFeature();
    if (!this.#card?.isShown) this.#heightBefore = this.#height;
    this.#card?.showPlace(place);
    /** @type {GeoJSON.Point} */
    const geometry = { type: "Point", coordinates: [place.lng, place.lat] };
    this.#overlays.choose({ type: "Feature", properties: {}, geometry }, { icon: "map-pin" });
    this.#reveal();
    this.#camera?.keepInSight(place);
    this.#card?.focus();
  }

  close() {
    if (this.#state.feature) this.#state.closeFeature();
    else if (this.#card?.isShown) this.#hide();
  }

  approach() {
    if (this.#shown?.geometry) this.#camera?.showGeometry(this.#shown.geometry, { zoom: 18 });
  }

  chooseTab() {
    this.#nearby = [];
  }

  /** Bring the page to what the state says. */
  async present() {
    const ref = this.#state.feature;
    this.#asked?.abort();
    this.#shown = null;
    if (!ref) {
      this.#hide();
      return;
    }
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const [from, name] = [this.#from, this.#name];
    this.#from = "address";
    this.#name = "";
    this.#card?.showLoading(ref, name);
    this.#reveal();
    try {
      /** @type {CardFeature} */
      const feature = await fetchJson(cardUrl(ref), { signal });
      if (!this.#layers.has(ref.layer)) throw new RequestFailed(404);
      this.#shown = feature;
      this.#card?.showFeature(ref, feature, this.#listAlso(ref, from));
      this.#mark(ref, feature, from);
    } catch (error) {
      if (signal.aborted) return;
      this.#overlays.choose(null);
      const status = error instanceof RequestFailed ? error.status : 0;
      this.#card?.showFailure(ref, name, status, () => this.present());
    }
    this.#card?.focus();
  }

  /**
   * @param {FeatureRef} ref
   * @param {From} from
   */
  #listAlso(ref, from) {
    if (from === "address" || from === "search") this.#nearby = [];
    const among = this.#nearby.some((hit) => isSameFeature(hit, ref));
    return among ? this.#nearby.filter((hit) => !isSameFeature(hit, ref)) : [];
  }

  /**
   * Mark the object; called again when the map comes later than the object.
   *
   * @param {FeatureRef} ref
   * @param {GeoJSON.Feature} feature
   * @param {From} from
   */
  #mark(ref, feature, from) {
    const layer = this.#layers.get(ref.layer);
    if (!layer) return;
    const isProblem = layer.slug === PROBLEMS;
    const look = isProblem ? lookOf(/** @type {CardDocument} */ (feature.properties)) : layer;
    this.#overlays.choose(feature, look, nameFeature(layer, feature.properties));
    if (!feature.geometry || !this.#camera) return;
    if (from === "map") this.#camera.keepInSight(this.#spot ?? centreOf(feature.geometry));
    else if (from !== "address") this.#camera.showGeometry(feature.geometry);
    else if (this.#state.view) this.#camera.keepInSight(centreOf(feature.geometry));
    else this.#camera.showGeometry(feature.geometry, { animate: false });
  }

  /** The map has come: show on it what was opened before. */
  markAgain() {
    const { feature: ref } = this.#state;
    if (ref && this.#shown) this.#mark(ref, this.#shown, "address");
  }

  #reveal() {
    this.#browse.hidden = true;
    this.#panel.dataset.shows = "card";
    if (this.#panel.dataset.height === "peek") this.#setHeight("half");
  }

  #hide() {
    this.#overlays.choose(null);
    this.#nearby = [];
    this.#card?.hide();
    this.#browse.hidden = false;
    delete this.#panel.dataset.shows;
    this.#setHeight(this.#heightBefore);
    findAgain(this.#returnTo)?.focus({ preventScroll: true });
    this.#returnTo = null;
  }
}

/**
 * What had the focus; where its list was drawn anew meanwhile, the same line of it.
 *
 * @param {HTMLElement | null} left
 */
function findAgain(left) {
  if (!left || left.isConnected) return left;
  const { number, ref } = left.dataset;
  if (number) return findIn(document, `a[data-number="${CSS.escape(number)}"]`);
  return ref ? findIn(document, `a[data-ref="${CSS.escape(ref)}"]`) : null;
}

/** @param {GeoJSON.Geometry} geometry */
function centreOf(geometry) {
  const [west, south, east, north] = findBounds(geometry);
  return { lng: (west + east) / 2, lat: (south + north) / 2 };
}
