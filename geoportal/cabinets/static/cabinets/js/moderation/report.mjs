/** One report: its place and territories on the map, the pin that can be moved, keys. */

import { findIn, need, needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";
import { startMap } from "../work/page.mjs";
import { offerPrepared } from "../work/prepared.mjs";

const DECIMALS = 6;
const page = need("report");
const moving = findIn(document, "#move", HTMLDetailsElement);
const moveForm = findIn(document, "#move-form", HTMLFormElement);
const number = Number(page.dataset.number);

offerPrepared();

async function showPlace() {
  /** @type {GeoJSON.FeatureCollection<GeoJSON.Geometry, WorkProperties>} */
  const { features } = await fetchJson(page.dataset.places ?? "");
  const map = await startMap(features, {
    onChoose(other) {
      if (other !== number) location.assign(`/moderation/${other}/`);
    },
    onPlace({ lng, lat }) {
      if (moving?.open && moveForm && map) movePin(map, moveForm, features, { lng, lat });
    },
  });
  map?.choose(number, { move: false });
  if (!map || !moveForm) return;
  need("move-hint").hidden = false;
  letDrag(map, moveForm, features);
}

/**
 * The place goes into the form; it is kept when the form is sent.
 *
 * @param {WorkMap} map
 * @param {HTMLFormElement} form
 * @param {WorkPlace[]} features
 * @param {Degrees} place
 */
function movePin(map, form, features, { lng, lat }) {
  needIn(form, "[name=lon]", HTMLInputElement).value = lng.toFixed(DECIMALS);
  needIn(form, "[name=lat]", HTMLInputElement).value = lat.toFixed(DECIMALS);
  /** @type {GeoJSON.Point} */
  const geometry = { type: "Point", coordinates: [lng, lat] };
  const moved = features.map((feature) =>
    feature.properties.number === number ? { ...feature, geometry } : feature,
  );
  map.show(moved);
  map.choose(number, { move: false });
}

/**
 * @param {WorkMap} work
 * @param {HTMLFormElement} form
 * @param {WorkPlace[]} features
 */
function letDrag(work, form, features) {
  const { map } = work;
  let dragging = false;
  map?.on("mousedown", "work--pins", (event) => {
    if (!moving?.open || event.features?.[0].properties.number !== number) return;
    event.preventDefault();
    dragging = true;
  });
  map?.on("mousemove", ({ lngLat }) => {
    if (dragging) movePin(work, form, features, lngLat);
  });
  map?.on("mouseup", () => {
    dragging = false;
  });
}

/**
 * Open a part of the page and put the cursor into its first field.
 *
 * @param {string} id
 */
function openPart(id) {
  const part = document.getElementById(id);
  if (!part) return;
  if (part instanceof HTMLDetailsElement) part.open = true;
  part.scrollIntoView({ block: "start" });
  const field = findIn(part, "input:not([type=hidden]), textarea, select");
  (field ?? findIn(part, "summary, button, a") ?? part).focus();
}

function openNamed() {
  if (location.hash.length > 1) openPart(location.hash.slice(1));
}

function publish() {
  findIn(document, "#publish", HTMLFormElement)?.requestSubmit();
}

function askReason() {
  document.getElementById("reject")?.scrollIntoView({ block: "start" });
  findIn(document, "#reject summary")?.focus();
}

/** @param {string} digit */
function chooseReason(digit) {
  const reason = findIn(document, `#reject .reason-form[data-key="${digit}"]`, HTMLDetailsElement);
  if (!reason) return;
  reason.open = true;
  reason.scrollIntoView({ block: "nearest" });
  needIn(reason, "button").focus();
}

listenKeys([
  {
    keys: ["j"],
    words: gettext("next report"),
    run: () => page.dataset.following && location.assign(page.dataset.following),
  },
  { keys: ["q"], words: gettext("back to the queue"), run: () => location.assign("/moderation/") },
  { keys: ["p"], words: gettext("publish"), run: publish },
  { keys: ["r"], words: gettext("to the reasons not to publish"), run: askReason },
  {
    keys: ["1", "2", "3", "4", "5", "6"],
    words: gettext("open a reason; then Enter"),
    run: chooseReason,
  },
  { keys: ["e"], words: gettext("correct the text"), run: () => openPart("edit") },
  { keys: ["m"], words: gettext("move the pin"), run: () => openPart("move") },
  { keys: ["d"], words: gettext("go to what is near"), run: () => openPart("near") },
  {
    keys: ["u"],
    words: gettext("undo the last decision"),
    run: () => findIn(document, "#done-bar:not([hidden]) form", HTMLFormElement)?.requestSubmit(),
  },
  { keys: ["?"], words: gettext("show the keys"), run: openHelp },
]);

addEventListener("hashchange", openNamed);
// The browser goes to the named part itself when all is loaded, and takes the focus away from it.
if (document.readyState === "complete") openNamed();
else addEventListener("load", () => setTimeout(openNamed));
showPlace();
