/** Brings the map to the page, and says so calmly when it does not come. */

import { needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { Camera } from "../../../mapkit/js/camera.mjs";
import { setUpLocation } from "../../../mapkit/js/overlays.mjs";
import { clusterAt, pickAt, pickInView } from "../../../mapkit/js/picking.mjs";
import { sayRefused } from "../../../mapkit/js/refusals.mjs";
import { showScale } from "../../../mapkit/js/scale.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import { ViewList } from "./list.mjs";
import { onLongPress } from "./long_press.mjs";
import { setUpHints } from "./panel.mjs";
import { createTip } from "./problems_tip.mjs";

/**
 * @typedef {object} Tools
 * @property {HomeConfig} config
 * @property {Bounds | null} asked Around the problems that the address asks for.
 * @property {MapState} state
 * @property {Map<string, LayerDocument>} layers
 * @property {Overlays} overlays
 * @property {Presenter} presenter
 * @property {Problems | null} problems
 * @property {Say} say
 * @property {Part} part
 * @property {(hit: Hit) => string} nameOf
 * @property {Person} person
 */

/** @param {Tools} tools */
export async function startMap(tools) {
  const { config, state, layers, overlays, presenter, problems, say, part } = tools;
  const container = part("map");
  if (!canDraw()) {
    showUnavailable(part, container);
    await presenter.present();
    return;
  }
  if (state.feature) presenter.present();
  try {
    const engine = await import("../../../mapkit/js/engine.mjs");
    const map = await engine.createMap(container, {
      config,
      overlays,
      extras: problems ? [problems.layer] : [],
      isShown: (slug) => state.layers.has(slug),
      tellRefused: (slugs) =>
        say(sayRefused(slugs.map((slug) => layers.get(slug)?.title ?? slug)), { stays: true }),
      start: state.view ? { center: [state.view.lon, state.view.lat], zoom: state.view.zoom } : {},
    });
    runMap(map, engine, tools);
  } catch (error) {
    container.dataset.mapState = "failed";
    console.warn("the map did not start", error);
    say(gettext("The map did not load. The layers and search work without it."), {
      retry: () => startMap(tools),
    });
  }
}

function canDraw() {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/**
 * @param {Part} part
 * @param {HTMLElement} container
 */
function showUnavailable(part, container) {
  container.dataset.mapState = "failed";
  part("map-unavailable").hidden = false;
  needIn(document, ".map-controls").hidden = true;
  needIn(document, ".map-foot").hidden = true;
}

/**
 * @param {MapLibre} map
 * @param {MapEngine} engine
 * @param {Tools} tools
 */
function runMap(map, engine, tools) {
  const { config, state, layers, overlays, presenter, problems, say, part, nameOf } = tools;
  const camera = new Camera(map, {
    panel: part("panel"),
    top: needIn(document, ".top"),
    bounds: config.bounds,
  });
  if (!state.view) showStart(camera, tools);
  map.on("moveend", () => {
    state.rememberView(camera.view());
    reportFrom(part("report", HTMLAnchorElement), camera.view());
  });
  presenter.useCamera(camera);
  presenter.markAgain();
  /** @type {(slug: string) => boolean} */
  const isShown = (slug) => state.layers.has(slug);

  state.addEventListener("layers", () => engine.applyLayers(map, isShown));
  state.addEventListener("view", () => state.view && camera.jump(state.view));
  map.on("click", ({ point, lngLat, originalEvent }) => {
    const ring = problems?.layer.clusterAt(point);
    if (ring) {
      problems?.layer.open(ring);
      return;
    }
    const cluster = clusterAt(map, point, layers);
    if (cluster) {
      camera.openCluster(cluster);
      return;
    }
    presenter.pick(pickAt(map, point, pointerOf(originalEvent), layers), lngLat, nameOf);
  });
  onLongPress(map, (place) => presenter.offerPlace(place));
  followPointer(map, layers, problems);
  engine.watchTiles(map, (retry) =>
    say(gettext("Some of the map did not load. Check the connection."), { retry }),
  );
  setUpControls(map, camera, part);
  const { person } = tools;
  const tellSeen = setUpHints(part("layer-switches"), state, map, layers);
  const updateList = setUpList(map, camera, tools, tellSeen);
  showScale(map, part("scale"), part("scale-text"));
  part("ground-attribution").textContent = config.ground.attribution;
  setUpLocation(part("locate"), {
    overlays,
    say,
    bounds: config.bounds,
    move: (lon, lat) => {
      person.place = { lng: lon, lat };
      camera.showGeometry({ type: "Point", coordinates: [lon, lat] });
      updateList();
    },
  });
  map.once("idle", () => followChanges(map, tools));
}

/**
 * What others do appears by itself; the first view does not wait for it.
 *
 * @param {MapLibre} map
 * @param {Tools} tools
 */
async function followChanges(map, { problems, say }) {
  const { keepLive } = await import("../../../mapkit/js/live.mjs");
  keepLive(map, {
    heard: (slugs) => slugs.has(PROBLEMS) && problems?.update(),
    look: () =>
      say(gettext("The layers of the map have changed. Reload the page to see them as they are."), {
        stays: true,
      }),
  });
}

/**
 * Of a click: `mouse`, `touch` or `pen`.
 *
 * @param {MouseEvent} event
 */
function pointerOf(event) {
  return event instanceof PointerEvent ? event.pointerType : "mouse";
}

/**
 * Around the problems that are asked for, else where the layers are.
 *
 * @param {Camera} camera
 * @param {Tools} tools
 */
function showStart(camera, { asked, state, layers }) {
  if (asked && state.layers.has(PROBLEMS)) camera.showBox(asked);
  else camera.showStart([...layers.values()].filter(({ slug }) => state.layers.has(slug)));
}

/**
 * The form of a report begins where the map is.
 *
 * @param {HTMLAnchorElement} link
 * @param {MapView} view
 */
function reportFrom(link, { zoom, lat, lon }) {
  const map = `${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
  link.search = String(new URLSearchParams({ map }));
}

/**
 * The pointer becomes a hand over what can be opened, and a ring of problems says what it holds;
 * looked up once a frame at most.
 *
 * @param {MapLibre} map
 * @param {Map<string, LayerDocument>} layers
 * @param {Problems | null} problems
 */
function followPointer(map, layers, problems) {
  const showTip = problems ? createTip() : () => {};
  /** @type {ScreenPoint | null} */
  let waiting = null;
  map.on("mouseout", () => showTip(null, null));
  map.on("movestart", () => showTip(null, null));
  map.on("mousemove", ({ point }) => {
    if (!waiting) {
      requestAnimationFrame(() => {
        const at = waiting ?? point;
        waiting = null;
        const ring = problems?.layer.clusterAt(at) ?? null;
        showTip(at, ring);
        const over =
          ring !== null ||
          clusterAt(map, at, layers) !== null ||
          pickAt(map, at, "mouse", layers).length > 0;
        map.getCanvasContainer().dataset.over = over ? "feature" : "";
      });
    }
    waiting = point;
  });
}

/**
 * @param {MapLibre} map
 * @param {Camera} camera
 * @param {Part} part
 */
function setUpControls(map, camera, part) {
  part("zoom-in").addEventListener("click", () => map.zoomIn());
  part("zoom-out").addEventListener("click", () => map.zoomOut());
  part("whole").addEventListener("click", () => camera.showWhole());
  const update = () => {
    part("zoom-in", HTMLButtonElement).disabled = map.getZoom() >= map.getMaxZoom();
    part("zoom-out", HTMLButtonElement).disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", update);
}

/**
 * `tellSeen` takes the slugs of layers of which anything is in view. Gives what brings the lists up
 * to date.
 *
 * @param {MapLibre} map
 * @param {Camera} camera
 * @param {Tools} tools
 * @param {(seen: Set<string>) => void} tellSeen
 */
function setUpList(map, camera, tools, tellSeen) {
  const { state, layers, overlays, presenter, problems, part, nameOf, person } = tools;
  const objects = new Map([...layers].filter(([slug]) => slug !== PROBLEMS));
  const list = new ViewList(
    {
      items: part("list-items"),
      summary: part("list-summary"),
      badge: part("list-count"),
      live: part("live-count"),
    },
    {
      layerOf: (slug) => layers.get(slug),
      open: (hit) =>
        hit.count ? camera.openCluster(hit) : presenter.open(hit, "list", nameOf(hit)),
      hint: (hit) => overlays.hint(hit?.geometries[0] ?? null),
    },
  );
  const update = () => {
    const anyLayer = [...state.layers].some((slug) => objects.has(slug));
    const hits = pickInView(map, camera.seenRectangle(), objects, person.place);
    list.update(hits, anyLayer, person.place !== null);
    tellSeen(new Set(hits.map(({ layer }) => layer)));
  };
  map.on("idle", update);
  if (!problems) return update;
  problems.onCount = (count) => list.countProblems(count);
  problems.useView(() => camera.seenBounds());
  map.on("moveend", () => problems.update());
  return () => {
    update();
    problems.update();
  };
}
