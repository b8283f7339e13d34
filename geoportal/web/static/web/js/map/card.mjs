/** The card of an object, built from its layer's schema; and the choice among several objects. */

import { element, icon, layerSample } from "../../../interface/js/elements.mjs";
import { findIn, needIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { pageUrl } from "../../../mapkit/js/addresses.mjs";
import { findBounds } from "../../../mapkit/js/geometry.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import { formatValue, listPhotos, nameFeature } from "../../../mapkit/js/values.mjs";
import { buildAbout } from "./about.mjs";
import { nearestUrl } from "./kinds.mjs";
import { buildProblemAbout, buildProblemContent, problemMark } from "./problems_card.mjs";

/**
 * @typedef {object} Actions
 * @property {() => void} close
 * @property {(title: string) => void} share
 * @property {() => void} approach
 * @property {(hit: Hit) => void} open
 * @property {(slug: string) => LayerDocument | undefined} layerOf
 * @property {(number: number) => Promise<void>} join Of problems alone, as `signIn`.
 * @property {() => void} signIn
 */

export class Card {
  #root;
  #actions;

  /**
   * @param {HTMLElement} root
   * @param {Actions} actions
   */
  constructor(root, actions) {
    this.#root = root;
    this.#actions = actions;
  }

  /**
   * While the object is on its way; `name` as the map knows it already.
   *
   * @param {FeatureRef} ref
   * @param {string} name
   */
  showLoading(ref, name) {
    const lines = Array.from({ length: 5 }, () => element("span"));
    this.#fill(ref, name, element("div", { class: "skeleton", "aria-hidden": "true" }, ...lines));
  }

  /**
   * A GeoJSON feature; `also`: other objects at the same place.
   *
   * @param {FeatureRef} ref
   * @param {CardFeature} feature
   * @param {Hit[]} also
   */
  showFeature(ref, feature, also) {
    if (ref.layer === PROBLEMS) {
      this.#showProblem(ref, /** @type {CardDocument} */ (feature.properties), also);
      return;
    }
    const layer = this.#actions.layerOf(ref.layer);
    if (!layer) return;
    const properties = feature.properties ?? {};
    const name = nameFeature(layer, properties);
    const { about } = feature;
    const told = new Set(about?.told);
    const rows = keyLast(layer)
      .filter((field) => field.name in properties && field.name !== layer.title_field)
      .filter((field) => field.type !== "photos" && !told.has(field.name))
      .map((field) => buildFact(field, properties[field.name]));
    const facts = rows.some(Boolean)
      ? element("dl", { class: "facts" }, ...rows)
      : about?.address || about?.hours
        ? null
        : element("p", { class: "empty" }, gettext("Nothing but the place is known."));
    const photos = layer.fields
      .filter((field) => field.type === "photos")
      .flatMap((field) => listPhotos(properties[field.name]));
    this.#fill(
      ref,
      name,
      about && buildAbout(about),
      buildPhotos(name, photos),
      facts,
      buildReportLink(ref, feature.geometry),
      ...this.#buildAlso(also),
    );
  }

  /**
   * @param {FeatureRef} ref
   * @param {CardDocument} problem
   * @param {Hit[]} also
   */
  #showProblem(ref, problem, also) {
    const content = buildProblemContent(problem, this.#actions);
    this.#fill(ref, problem.title, ...content, ...this.#buildAlso(also));
    const [mark, title] = needIn(this.#root, ".card-head").children;
    mark.replaceWith(problemMark(problem));
    needIn(title, ".card-layer").replaceWith(buildProblemAbout(problem));
  }

  /**
   * @param {FeatureRef} ref
   * @param {string} name
   * @param {number} status
   * @param {() => void} retry
   */
  showFailure(ref, name, status, retry) {
    const gone = status === 404;
    const text = gone
      ? gettext(
          "This object is not here any more: it may have been removed. Choose another one on the map.",
        )
      : gettext("The object could not be loaded. Check the connection and try again.");
    const again = element(
      "button",
      { type: "button", class: "button button-second", onclick: retry },
      gettext("Try again"),
    );
    this.#fill(
      ref,
      name,
      element("div", { class: "search-note" }, element("p", {}, text), gone ? null : again),
    );
  }

  /**
   * Several objects under one finger.
   *
   * @param {Hit[]} hits
   */
  showChoice(hits) {
    const title = interpolate(
      ngettext("%(count)s object here", "%(count)s objects here", hits.length),
      {
        count: hits.length,
      },
    );
    this.#root.replaceChildren(
      element(
        "header",
        { class: "card-head" },
        layersMark(),
        this.#buildTitle(title, gettext("Choose one")),
        this.#buildClose(),
      ),
      element("div", { class: "card-scroll" }, this.#buildList(hits)),
    );
    this.#show();
  }

  /**
   * A place of the map where nothing was chosen: what can be done there.
   *
   * @param {Degrees} place
   */
  showPlace({ lng: lon, lat }) {
    const report = new URLSearchParams({ lon: lon.toFixed(6), lat: lat.toFixed(6) });
    this.#root.replaceChildren(
      element(
        "header",
        { class: "card-head" },
        icon("map-pin", "icon sample"),
        this.#buildTitle(gettext("This place"), `${lat.toFixed(5)}, ${lon.toFixed(5)}`),
        this.#buildClose(),
      ),
      element(
        "div",
        { class: "card-actions" },
        element(
          "a",
          { class: "button", href: nearestUrl({ lon, lat }) },
          icon("locate-fixed"),
          gettext("What is near?"),
        ),
        element(
          "a",
          { class: "button button-second", href: `/problems/new/?${report}` },
          icon("message-square-plus"),
          gettext("Report a problem here"),
        ),
      ),
    );
    this.#show();
  }

  hide() {
    this.#root.hidden = true;
    this.#root.replaceChildren();
  }

  get isShown() {
    return !this.#root.hidden;
  }

  focus() {
    findIn(this.#root, ".card-title")?.focus({ preventScroll: true });
  }

  #show() {
    this.#root.hidden = false;
  }

  /**
   * @param {FeatureRef} ref
   * @param {string} name
   * @param {...Child} content
   */
  #fill(ref, name, ...content) {
    const layer = this.#actions.layerOf(ref.layer);
    const about = element(
      "a",
      { class: "card-layer", href: layerUrl(ref.layer) },
      layer?.title ?? ref.layer,
    );
    this.#root.replaceChildren(
      element(
        "header",
        { class: "card-head" },
        layer ? layerSample(layer) : layersMark(),
        this.#buildTitle(name || (layer?.title ?? ""), about),
        this.#buildClose(),
      ),
      element(
        "div",
        { class: "card-actions" },
        element("a", { class: "button", href: pageUrl(ref) }, gettext("Details")),
        element(
          "button",
          {
            type: "button",
            class: "button button-second",
            onclick: () => this.#actions.share(name),
          },
          icon("share-2"),
          gettext("Share"),
        ),
        element(
          "button",
          {
            type: "button",
            class: "button button-second",
            onclick: () => this.#actions.approach(),
          },
          icon("zoom-in"),
          gettext("Closer"),
        ),
      ),
      element("div", { class: "card-scroll" }, ...content),
    );
    this.#show();
  }

  /**
   * @param {string} title
   * @param {string | HTMLElement} below
   */
  #buildTitle(title, below) {
    return element(
      "div",
      {},
      element("h2", { class: "card-title", tabindex: "-1" }, title),
      typeof below === "string" ? element("p", { class: "card-layer" }, below) : below,
    );
  }

  #buildClose() {
    const label = gettext("Close the card");
    return element(
      "button",
      {
        type: "button",
        class: "card-close",
        "aria-label": label,
        title: label,
        onclick: () => this.#actions.close(),
      },
      icon("x"),
    );
  }

  /** @param {Hit[]} hits */
  #buildAlso(hits) {
    if (!hits.length) return [];
    return [element("h3", { class: "card-also" }, gettext("Also here")), this.#buildList(hits)];
  }

  /** @param {Hit[]} hits */
  #buildList(hits) {
    return element(
      "ul",
      { class: "plain-list card-list" },
      ...hits.map((hit) => element("li", {}, this.#buildHit(hit))),
    );
  }

  /** @param {Hit} hit */
  #buildHit(hit) {
    const layer = this.#actions.layerOf(hit.layer);
    return element(
      "a",
      {
        class: "result",
        href: pageUrl(hit),
        onclick: (event) => {
          event.preventDefault();
          this.#actions.open(hit);
        },
      },
      layer && layerSample(layer),
      element(
        "span",
        { class: "result-text" },
        element("span", { class: "result-title" }, layer && nameFeature(layer, hit.properties)),
        element("span", { class: "result-about" }, layer?.title),
      ),
      icon("chevron-right"),
    );
  }
}

/**
 * @param {string} name
 * @param {import("../../../mapkit/js/values.mjs").PhotoDocument[]} photos
 */
function buildPhotos(name, photos) {
  if (!photos.length) return null;
  const shown = photos.map(({ url, thumbnail, caption }, at) => {
    const counted = interpolate(gettext("%(name)s, photo %(number)s"), { name, number: at + 1 });
    const alt = caption ? `${counted}: ${caption}` : counted;
    const image = element("img", { src: thumbnail, alt, loading: "lazy", decoding: "async" });
    return element("li", {}, element("a", { class: "photo-link", href: url }, image));
  });
  return element("ul", { class: "plain-list card-photos" }, ...shown);
}

/**
 * A report at a point begins there; at a street or an area only the map does.
 *
 * @param {FeatureRef} ref
 * @param {GeoJSON.Geometry | null} geometry
 */
function buildReportLink({ layer }, geometry) {
  if (!geometry || layer === PROBLEMS) return null;
  const [west, south, east, north] = findBounds(geometry);
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const query =
    geometry.type === "Point"
      ? { lon: String(lon), lat: String(lat) }
      : { map: `17/${lat}/${lon}` };
  const href = `/problems/new/?${new URLSearchParams(Object.entries(query))}`;
  return element(
    "a",
    { class: "card-report", href },
    icon("message-square-plus"),
    gettext("Report a problem here"),
  );
}

/** @param {string} slug */
function layerUrl(slug) {
  return slug === PROBLEMS ? "/problems/" : `/layers/${encodeURIComponent(slug)}/`;
}

function layersMark() {
  return icon("layers", "icon sample");
}

/**
 * @param {FieldDocument} field
 * @param {unknown} value
 */
function buildFact(field, value) {
  const { text, href } = formatValue(field, value);
  if (!text) return null;
  const outside = href.startsWith("http");
  const shown = href
    ? element("a", { href, rel: outside ? "noopener nofollow" : null }, text)
    : text;
  return element("div", {}, element("dt", {}, field.title), element("dd", {}, shown));
}

/**
 * The schema's order, but the identifier after what people ask for.
 *
 * @param {LayerDocument} layer
 */
function keyLast({ fields, key_field: key }) {
  return [
    ...fields.filter(({ name }) => name !== key),
    ...fields.filter(({ name }) => name === key),
  ];
}
