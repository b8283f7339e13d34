/** Brings the map to the page, and says so calmly when it does not come. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { Camera } from "../../../mapkit/js/camera.mjs";
import { setUpLocation } from "../../../mapkit/js/locate.mjs";
import { pickAt, pickInView } from "../../../mapkit/js/picking.mjs";
import { sayRefused } from "../../../mapkit/js/refusals.mjs";
import { showScale } from "../../../mapkit/js/scale.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import { nameFeature } from "../../../mapkit/js/values.mjs";
import { ViewList } from "./list.mjs";
import { setUpHints } from "./panel.mjs";
import { createTip } from "./problems_tip.mjs";

/** `part(id)` finds the elements of the page. */
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

function showUnavailable(part, container) {
  container.dataset.mapState = "failed";
  part("map-unavailable").hidden = false;
  document.querySelector(".map-controls").hidden = true;
  document.querySelector(".map-foot").hidden = true;
}

function runMap(map, engine, tools) {
  const { config, state, layers, overlays, presenter, problems, say, part } = tools;
  const camera = new Camera(map, {
    panel: part("panel"),
    top: document.querySelector(".top"),
    bounds: config.bounds,
  });
  if (!state.view) showStart(camera, tools);
  map.on("moveend", () => {
    state.rememberView(camera.view());
    reportFrom(part("report"), camera.view());
  });
  presenter.useCamera(camera);
  presenter.markAgain();
  const nameOf = (hit) => nameFeature(layers.get(hit.layer), hit.properties);
  const isShown = (slug) => state.layers.has(slug);

  state.addEventListener("layers", () => engine.applyLayers(map, isShown));
  state.addEventListener("view", () => camera.jump(state.view));
  map.on("click", ({ point, lngLat, originalEvent }) => {
    const ring = problems?.layer.clusterAt(point);
    if (ring) {
      problems.layer.open(ring);
      return;
    }
    presenter.pick(pickAt(map, point, originalEvent.pointerType, layers), lngLat, nameOf);
  });
  followPointer(map, layers, problems);
  engine.watchTiles(map, (retry) =>
    say(gettext("Some of the map did not load. Check the connection."), { retry }),
  );
  setUpControls(map, camera, part);
  setUpHints(part("layer-switches"), state, map, layers);
  setUpList(map, camera, { state, layers, overlays, presenter, problems, part, nameOf });
  showScale(map, part("scale"), part("scale-text"));
  part("ground-attribution").textContent = config.ground.attribution;
  setUpLocation(part("locate"), {
    overlays,
    say,
    bounds: config.bounds,
    move: (lon, lat) => camera.showGeometry({ type: "Point", coordinates: [lon, lat] }),
  });
}

/** Around the problems that are asked for, else where the layers are. */
function showStart(camera, { asked, state, layers }) {
  if (asked && state.layers.has(PROBLEMS)) camera.showBox(asked);
  else camera.showStart([...state.layers].map((slug) => layers.get(slug)));
}

/** The form of a report begins where the map is. */
function reportFrom(link, { zoom, lat, lon }) {
  link.search = new URLSearchParams({
    map: `${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`,
  });
}

/**
 * The pointer becomes a hand over what can be opened, and a ring of problems says what it holds;
 * looked up once a frame at most.
 */
function followPointer(map, layers, problems) {
  const showTip = problems ? createTip() : () => {};
  let waiting = null;
  map.on("mouseout", () => showTip(null, null));
  map.on("movestart", () => showTip(null, null));
  map.on("mousemove", ({ point }) => {
    if (!waiting) {
      requestAnimationFrame(() => {
        const ring = problems?.layer.clusterAt(waiting) ?? null;
        showTip(waiting, ring);
        const over = ring !== null || pickAt(map, waiting, "mouse", layers).length > 0;
        map.getCanvasContainer().dataset.over = over ? "feature" : "";
        waiting = null;
      });
    }
    waiting = point;
  });
}

function setUpControls(map, camera, part) {
  part("zoom-in").addEventListener("click", () => map.zoomIn());
  part("zoom-out").addEventListener("click", () => map.zoomOut());
  part("whole").addEventListener("click", () => camera.showWhole());
  const update = () => {
    part("zoom-in").disabled = map.getZoom() >= map.getMaxZoom();
    part("zoom-out").disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", update);
}

function setUpList(map, camera, { state, layers, overlays, presenter, problems, part, nameOf }) {
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
      open: (hit) => presenter.open(hit, "list", nameOf(hit)),
      hint: (hit) => overlays.hint(hit?.geometries[0] ?? null),
    },
  );
  const update = () => {
    const anyLayer = [...state.layers].some((slug) => objects.has(slug));
    list.update(pickInView(map, camera.seenRectangle(), objects), anyLayer);
  };
  map.on("idle", update);
  if (!problems) return;
  problems.onCount = (count) => list.countProblems(count);
  problems.useView(() => camera.seenBounds());
  map.on("moveend", () => problems.update());
}
