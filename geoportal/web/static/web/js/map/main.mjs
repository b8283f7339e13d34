/** Puts the residents' map together: state, panel, search at once; the map when it has come. */

import { findIn, listIn, needIn, need as part, readJson } from "../../../interface/js/finding.mjs";
import { useLanguage } from "../../../interface/js/i18n.mjs";
import { createMessages } from "../../../interface/js/messages.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import { nameFeature } from "../../../mapkit/js/values.mjs";
import { Card } from "./card.mjs";
import { setUpKinds } from "./kinds.mjs";
import { revealLayer, setUpSwitches, setUpTabs } from "./panel.mjs";
import { Presenter } from "./presenter.mjs";
import { goSignIn, joinProblem, Problems, readSwitch } from "./problems.mjs";
import { findMiddle, Search } from "./search.mjs";
import { shareAddress } from "./share.mjs";
import { setUpSheet } from "./sheet.mjs";
import { startMap } from "./start.mjs";
import { MapState } from "./state.mjs";

/** @type {PageConfig} */
const brought = readJson("map-config");
const config = await fetchConfig(brought.document);
useLanguage(config.language, config.words);

const layers = new Map(config.layers.map((layer) => [layer.slug, layer]));
const switchable = config.layers.filter((layer) => !layer.is_basemap);
const problemsOn = readSwitch();
/** @type {(layer: LayerDocument) => boolean} */
const isUsual = ({ slug, shown_by_default: shown, feature_count: count }) =>
  slug === PROBLEMS ? (problemsOn ?? count > 0) : shown;
const state = new MapState(
  new Set(switchable.map((layer) => layer.slug)),
  switchable.filter(isUsual).map((layer) => layer.slug),
);
if (problemsOn !== null) state.switchLayers([PROBLEMS], problemsOn);
const say = createMessages(part("messages"));
const overlays = new Overlays();
const setHeight = setUpSheet(part("panel"), part("sheet-handle"));
const form = part("layer-switches");
/** @type {Person} */
const person = { place: null };

const presenter = new Presenter({
  state,
  overlays,
  layers,
  panel: part("panel"),
  browse: part("browse"),
  setHeight,
});
const card = new Card(part("card"), {
  layerOf: (slug) => layers.get(slug),
  close: () => presenter.close(),
  open: (hit) => presenter.open(hit, "map", nameOf(hit)),
  share: (title) => shareAddress(title, say),
  approach: () => presenter.approach(),
  join: async (number) => {
    if (!(await joinProblem(number, say))) return;
    presenter.present();
    problems?.refresh();
  },
  signIn: goSignIn,
});
presenter.useCard(card);

setUpSwitches(form, state);
const filters = findIn(document, "#problem-filters", HTMLFormElement);
/** @type {Problems | null} */
const problems = layers.has(PROBLEMS) && filters ? setUpProblems(filters) : null;
const showTab = setUpTabs(needIn(document, ".tabs"), () => presenter.chooseTab());

new Search(part("search"), {
  layers: switchable,
  actions: {
    openFeature: (result, page) => {
      if (presenter.hasMap) presenter.open(result, "search", result.title);
      else location.assign(page);
    },
    openLayer: (layer) => {
      presenter.close();
      state.switchLayers([layer.slug], true);
      showTab("layers");
      setHeight("half");
      revealLayer(part("layers"), layer.slug);
    },
    openPlace: (lon, lat) => {
      location.hash = `map=17/${lat.toFixed(5)}/${lon.toFixed(5)}`;
      location.reload();
    },
  },
  near: () => findMiddle(findHere()?.place ?? null, config.bounds),
});

const offered = findIn(document, "#search-kinds");
if (offered) setUpKinds(offered, findHere);

part("share").addEventListener("click", () => shareAddress(document.title, say));
for (const switcher of listIn(document, ".language", HTMLFormElement)) {
  switcher.addEventListener("submit", () => {
    needIn(switcher, "[name=next]", HTMLInputElement).value =
      location.pathname + location.search + location.hash;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && card.isShown) presenter.close();
});

await startMap({
  config,
  nameOf,
  asked: brought.problems.bounds,
  state,
  layers,
  overlays,
  presenter,
  problems,
  say,
  part,
  person,
});

/** Where the person is, else the middle of the map that was moved, else nowhere. */
function findHere() {
  const { place } = person;
  if (place)
    return { place: { lon: place.lng, lat: place.lat }, from: /** @type {const} */ ("me") };
  return state.view ? { place: state.view, from: /** @type {const} */ ("map") } : null;
}

/** @param {Hit} hit */
function nameOf(hit) {
  const layer = layers.get(hit.layer);
  return layer ? nameFeature(layer, hit.properties) : "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Problems}
 */
function setUpProblems(form) {
  setUpSwitches(part("problems-head"), state);
  return new Problems({
    state,
    say,
    part,
    form,
    bounds: brought.problems.bounds ?? config.bounds,
    person,
    open: (hit) => presenter.open(hit, "list", String(hit.properties.title)),
    hint: (hit) => overlays.hint(hit?.geometries[0] ?? null),
  });
}

/**
 * Words, layers and ground; asked for twice, and else the page says that there is no map.
 *
 * @param {string} address
 * @returns {Promise<HomeConfig>}
 */
async function fetchConfig(address) {
  try {
    return await fetchJson(address).catch(() => fetchJson(address));
  } catch (error) {
    part("map").dataset.mapState = "failed";
    part("map-unready").hidden = false;
    throw error;
  }
}
