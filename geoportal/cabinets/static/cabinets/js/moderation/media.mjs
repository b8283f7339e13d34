/** New photos and videos by keyboard: from one to the next, show it or keep it hidden. */

import { findIn, listIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";

const files = listIn(document, "#files .report");
let chosen = 0;

/** @param {number} place */
function choose(place) {
  if (!files[place]) return;
  files[chosen].classList.remove("is-chosen");
  chosen = place;
  files[chosen].classList.add("is-chosen");
  files[chosen].focus({ preventScroll: true });
  files[chosen].scrollIntoView({ block: "nearest" });
}

/** @param {string} action */
function decide(action) {
  const file = files[chosen];
  if (file) findIn(file, `form[data-action=${action}]`, HTMLFormElement)?.requestSubmit();
}

for (const [place, file] of files.entries()) {
  file.addEventListener("focusin", () => {
    if (place !== chosen) choose(place);
  });
}

listenKeys([
  { keys: ["j"], words: gettext("next photo or video"), run: () => choose(chosen + 1) },
  { keys: ["k"], words: gettext("previous photo or video"), run: () => choose(chosen - 1) },
  { keys: ["s"], words: gettext("show it to everyone"), run: () => decide("show") },
  { keys: ["h"], words: gettext("keep it hidden"), run: () => decide("hide") },
  { keys: ["?"], words: gettext("show the keys"), run: openHelp },
]);
choose(0);
