/** New photos and videos by keyboard: from one to the next, show it or keep it hidden. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";

const files = [...document.querySelectorAll("#files .report")];
let chosen = 0;

function choose(place) {
  if (!files[place]) return;
  files[chosen].classList.remove("is-chosen");
  chosen = place;
  files[chosen].classList.add("is-chosen");
  files[chosen].focus({ preventScroll: true });
  files[chosen].scrollIntoView({ block: "nearest" });
}

function decide(action) {
  files[chosen]?.querySelector(`form[data-action=${action}]`)?.requestSubmit();
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
