/** The editor on the map: puts its parts together. */

import { findIn, listIn, need, readJson } from "../../../interface/js/finding.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { tokenValue } from "../../../interface/js/tokens.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { post, Refused } from "../sending.mjs";
import { Editor } from "./editor.mjs";
import { ALL_AT_ONCE, loadFeature, loadFeatures } from "./loading.mjs";
import { approach, bringIntoView, EDGE_PX, measureReach, showPlace } from "./nearing.mjs";
import { Panel } from "./panel.mjs";
import { findBox, listPaths } from "./paths.mjs";
import { readPaths, readPositions, writePaths } from "./reshaping.mjs";
import { readRefusal, sendEdits, showConflicts } from "./saving.mjs";
import { PICKED, ShapesLayer } from "./shapes_layer.mjs";
import { DrawTools } from "./tools.mjs";

/** @typedef {import("./model.mjs").EditedFeature} EditedFeature */

// A finger is coarser than a pointer that is snapped.
const FINGER = 2;

/** @type {MapConfig} */
const mapConfig = readJson("map-config");
/** @type {EditorConfig} */
const config = readJson("editor-config");
useLanguage(mapConfig.language, mapConfig.words);

const said = need("edit-said");
const together = findIn(document, "#edit-together", HTMLInputElement);
const send = need("edit-send", HTMLButtonElement);
const insist = need("edit-insist", HTMLButtonElement);
const drop = need("edit-drop", HTMLButtonElement);
const comment = need("edit-comment", HTMLInputElement);
const layer = new ShapesLayer();
/** @type {MapLibre | null} */
let map = null;
let waits = false;

const editor = new Editor(config, {
  ask: (document) => {
    const fields = new FormData();
    fields.set("document", JSON.stringify(document));
    return post(config.shapes, fields);
  },
  say,
  measureReach: (place) => (map ? measureReach(map, place) : 0),
  isTogether: () => Boolean(together?.checked),
  approach: () => map && approach(map, editor.main?.geometry ?? null),
  tell: tellSoon,
});
const panel = new Panel(config, {
  choose: (keys) => {
    editor.choose(keys);
    showChosen();
  },
  write: (feature) => {
    editor.model.apply(new Map([[feature.id, feature]]));
    tellSoon();
  },
  find: () => editor.main,
  tell: tellSoon,
});

/** @param {string} text */
function say(text, bad = false) {
  said.textContent = text;
  said.classList.toggle("is-bad", bad && text !== "");
}

/** Once for all that happens in one turn. */
function tellSoon() {
  if (waits) return;
  waits = true;
  queueMicrotask(() => {
    waits = false;
    render();
  });
}

function render() {
  const { model, chosen, draft } = editor;
  const features = model.list();
  layer.show(
    features.flatMap(({ id, geometry }) => {
      const shown = draft.get(id) ?? geometry;
      const state = chosen.includes(id) ? "chosen" : model.tellState(id);
      return shown ? [{ key: id, state, geometry: shown }] : [];
    }),
  );
  if (draft.size) return;
  const met = editor.listMet();
  for (const button of listIn(document, ".edit-tool", HTMLButtonElement)) {
    button.disabled = !met.has(button.dataset.needs ?? "");
    const { tool } = button.dataset;
    const pressed = tool === "vertex" ? editor.isRemoving : tool === editor.tool;
    button.setAttribute("aria-pressed", String(pressed));
  }
  const main = editor.main;
  panel.showChosen(chosen.length === 1 ? main : null, main ? writePlaces(main) : "");
  panel.showList(listInView(features), chosen);
  const count = model.countEdits();
  need("edit-changes").textContent = count
    ? interpolate(ngettext("%(count)s change", "%(count)s changes", count), { count })
    : "";
  send.disabled = drop.disabled = !count;
}

/** @param {EditedFeature[]} features */
function listInView(features) {
  const bounds = map?.getBounds();
  return features
    .filter(({ id, geometry }) => {
      const box = findBox(geometry);
      if (!box || !bounds || editor.model.tellState(id) !== "same") return true;
      return (
        box[0] <= bounds.getEast() &&
        box[2] >= bounds.getWest() &&
        box[1] <= bounds.getNorth() &&
        box[3] >= bounds.getSouth()
      );
    })
    .map((feature) => ({ feature, state: editor.model.tellState(feature.id) }));
}

/**
 * Latitude first, as maps give it to copy.
 *
 * @param {EditedFeature} feature
 */
function writePlaces({ geometry }) {
  return writePaths(listPaths(geometry));
}

/** The paths of the chosen shape, or a new place, as they were written. */
function putPositions() {
  const main = editor.main;
  const text = need("edit-positions", HTMLTextAreaElement).value;
  if (!main) return;
  const paths = listPaths(main.geometry);
  const place = paths.length ? null : readPositions(text, false);
  const written = paths.length ? readPaths(text, paths) : place;
  if (!written || (place && place.length > 1))
    return say(
      gettext(
        "Write latitude and longitude of each vertex on a line of its own: 50.18321, 27.06402. An empty line stands between two parts or rings; there are as many as before.",
      ),
      true,
    );
  say("");
  if (place) {
    const geometry = { type: /** @type {const} */ ("Point"), coordinates: place[0] };
    editor.model.apply(new Map([[main.id, { ...main, geometry }]]));
    tellSoon();
  } else editor.write(paths, /** @type {GeoJSON.Position[][]} */ (written));
}

function showChosen() {
  if (map) bringIntoView(map, editor.main?.geometry ?? null);
}

/** @param {boolean} keepsCoverage */
async function save(keepsCoverage) {
  say(gettext("Saving…"));
  editor.stop();
  layer.showTheirs([]);
  send.disabled = true;
  insist.hidden = true;
  try {
    const { changeset } = await sendEdits(config, editor.model, {
      comment: comment.value,
      keepsCoverage,
    });
    comment.value = "";
    editor.chosen = editor.chosen.filter((key) => editor.model.find(key));
    layer.showTheirs([]);
    say(interpolate(gettext("Saved as change %(number)s."), { number: changeset.id }));
  } catch (error) {
    refuse(error);
  }
  tellSoon();
}

/** @param {unknown} error */
function refuse(error) {
  if (error instanceof Refused && error.status === 412) {
    const { conflicts = [] } = /** @type {import("./saving.mjs").EditRefusal} */ (error.document);
    say(error.message, true);
    layer.showTheirs(conflicts.flatMap(({ feature }) => feature?.geometry ?? []));
    editor.chosen = conflicts.map(({ id }) => id).filter((key) => editor.model.find(key));
    showChosen();
    showConflicts(conflicts, editor.model, config, (choices) => {
      for (const conflict of conflicts)
        editor.model.settle(conflict, choices.get(conflict.id) ?? "theirs");
      showConflicts([], editor.model, config, () => {});
      layer.showTheirs([]);
      say(gettext("Look at it, then save."));
      editor.refresh();
      send.focus();
    });
    return;
  }
  const refusal = readRefusal(error, editor.model, config);
  const { words, place, size_m, keys, control, insist: may } = refusal;
  say(words, true);
  insist.hidden = !may;
  editor.chosen = keys.filter((key) => editor.model.find(key)).slice(0, 1);
  if (place && map) {
    layer.showTheirs([{ type: "Point", coordinates: place }]);
    showPlace(map, place, size_m);
  }
  tellSoon();
  if (control) setTimeout(() => panel.focusControl(control));
}

async function load() {
  if (!map) return;
  try {
    const features = await loadFeatures(config, map);
    if (features) editor.model.load(features);
    else say(gettext("There are too many objects here: come nearer, and they can be changed."));
    tellPart();
    if (
      features &&
      said.textContent &&
      !said.classList.contains("is-bad") &&
      config.count > ALL_AT_ONCE
    )
      say("");
  } catch {
    say(
      gettext("The objects could not be read. Move the map, and they are asked for again."),
      true,
    );
  }
  tellSoon();
}

/** Of a large layer the page says that it holds but what was looked at. */
function tellPart() {
  if (config.count <= ALL_AT_ONCE) return;
  const part = need("edit-part");
  part.hidden = false;
  part.textContent = interpolate(
    gettext(
      "The layer has %(count)s objects; %(shown)s of them are loaded: those in view, more as you move the map.",
    ),
    { count: formatNumber(config.count), shown: formatNumber(editor.model.list().length) },
  );
}

async function start() {
  const bounds = config.bounds ?? mapConfig.bounds;
  map = await createMap(need("edit-map"), {
    config: mapConfig,
    overlays: new Overlays(),
    extras: [layer],
    isShown: () => false,
    start: bounds ? { bounds } : {},
    padding: EDGE_PX,
  });
  const tools = new DrawTools(
    map,
    {
      snap: (place, vertex) => editor.snap(place, vertex),
      onDrawn: (geometry) => editor.draw(geometry),
      onDragged: (at, positions) => editor.drag(at, positions),
      onShaped: (at, positions) => editor.shape(at, positions),
    },
    tokenValue("--accent"),
  );
  editor.attach(tools);
  layer.onRedrawn = () => editor.tool === "reshape" && editor.refresh();
  map.on("click", pick);
  map.on("moveend", config.count > ALL_AT_ONCE ? load : tellSoon);
  await load();
  if (config.key) await beginWith(config.key);
}

/** @param {string} key of an object that another page has led to */
async function beginWith(key) {
  try {
    const found = editor.model.find(key) ?? (await loadFeature(config, key));
    editor.model.load([found]);
    editor.choose([key]);
    showChosen();
  } catch {
    say(gettext("This object is not there any more."), true);
  }
}

/** @param {MapPointer} event */
function pick(event) {
  const { point, originalEvent } = event;
  if (!map || (editor.tool && editor.tool !== "reshape")) return;
  /** @type {ScreenBox} */
  const box = [
    [point.x - 6, point.y - 6],
    [point.x + 6, point.y + 6],
  ];
  if (editor.isRemoving) {
    const { lngLat } = event;
    const reach = measureReach(map, lngLat.toArray()) * FINGER;
    return editor.removeNear(lngLat.toArray(), reach);
  }
  const hits = map.queryRenderedFeatures(box, { layers: PICKED });
  const keys = hits.map(({ properties }) => String(properties.key));
  const key = keys[0] ?? "";
  // On a shared border the neighbour is hit as well.
  if (keys.some((each) => editor.chosen.includes(each)) && !originalEvent.shiftKey) return;
  const kept = originalEvent.shiftKey ? editor.chosen : [];
  if (key) editor.choose(kept.includes(key) ? kept.filter((each) => each !== key) : [...kept, key]);
  else if (editor.tool !== "reshape") editor.choose([]);
  panel.scrollToChosen();
}

need("edit-work").addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (button?.dataset.tool) editor.use(button.dataset.tool);
});
together?.addEventListener("change", () => editor.refresh());
need("edit-positions-put").addEventListener("click", putPositions);
send.addEventListener("click", () => save(config.kind === "territory"));
insist.addEventListener("click", () => save(false));
drop.addEventListener("click", () => {
  if (!confirm(gettext("All changes that are not saved go. Drop them?"))) return;
  editor.model.reset();
  editor.stop();
  say("");
});
addEventListener("beforeunload", (event) => {
  if (editor.model.countEdits()) event.preventDefault();
});
start().catch((error) => {
  console.warn("the map of the editor did not start", error);
  say(gettext("The map could not be drawn. Objects can be changed in the table."), true);
});
