/** One report: its place and territories on the map, the pin that can be moved, keys. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";
import { startMap } from "../work/page.mjs";
import { offerPrepared } from "../work/prepared.mjs";

const DECIMALS = 6;
const page = document.getElementById("report");
const moving = document.getElementById("move");
const moveForm = document.getElementById("move-form");
const number = Number(page.dataset.number);

offerPrepared();

async function showPlace() {
  const { features } = await fetchJson(page.dataset.places);
  const map = await startMap(features, {
    onChoose(other) {
      if (other !== number) location.assign(`/moderation/${other}/`);
    },
    onPlace({ lng, lat }) {
      if (moving?.open) movePin(map, features, lng, lat);
    },
  });
  map?.choose(number, { move: false });
  if (!map || !moveForm) return;
  document.getElementById("move-hint").hidden = false;
  letDrag(map, features);
}

/** The place goes into the form; it is kept when the form is sent. */
function movePin(map, features, lon, lat) {
  moveForm.elements.lon.value = lon.toFixed(DECIMALS);
  moveForm.elements.lat.value = lat.toFixed(DECIMALS);
  const moved = features.map((feature) =>
    feature.properties.number === number
      ? { ...feature, geometry: { type: "Point", coordinates: [lon, lat] } }
      : feature,
  );
  map.show(moved);
  map.choose(number, { move: false });
}

function letDrag(map, features) {
  let dragging = false;
  map.map.on("mousedown", "work--pins", (event) => {
    if (!moving?.open || event.features[0].properties.number !== number) return;
    event.preventDefault();
    dragging = true;
  });
  map.map.on("mousemove", ({ lngLat }) => {
    if (dragging) movePin(map, features, lngLat.lng, lngLat.lat);
  });
  map.map.on("mouseup", () => {
    dragging = false;
  });
}

/** Open a part of the page and put the cursor into its first field. */
function openPart(id) {
  const part = document.getElementById(id);
  if (!part) return;
  if (part instanceof HTMLDetailsElement) part.open = true;
  part.scrollIntoView({ block: "start" });
  const field = part.querySelector("input:not([type=hidden]), textarea, select");
  (field ?? part.querySelector("summary, button, a") ?? part).focus();
}

function openNamed() {
  if (location.hash.length > 1) openPart(location.hash.slice(1));
}

function publish() {
  document.getElementById("publish")?.requestSubmit();
}

function askReason() {
  document.getElementById("reject")?.scrollIntoView({ block: "start" });
  document.querySelector("#reject summary")?.focus();
}

function chooseReason(digit) {
  const reason = document.querySelector(`#reject .reason-form[data-key="${digit}"]`);
  if (!reason) return;
  reason.open = true;
  reason.scrollIntoView({ block: "nearest" });
  reason.querySelector("button").focus();
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
    run: () => document.querySelector("#done-bar:not([hidden]) form")?.requestSubmit(),
  },
  { keys: ["?"], words: gettext("show the keys"), run: openHelp },
]);

addEventListener("hashchange", openNamed);
// The browser goes to the named part itself when all is loaded, and takes the focus away from it.
if (document.readyState === "complete") openNamed();
else addEventListener("load", () => setTimeout(openNamed));
showPlace();
