/** The preview follows what is written; what was not saved is not left by accident. */

import { findIn, listIn, need } from "../../interface/js/finding.mjs";

const WAIT_MS = 500;
const form = need("editor", HTMLFormElement);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let latest = 0;
let unsaved = false;

async function refresh() {
  latest += 1;
  const asked = latest;
  const body = new FormData(form);
  body.set("action", "preview");
  const response = await fetch(location.href, { method: "POST", body });
  if (!response.ok || asked !== latest) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of listIn(form, "[data-preview]")) {
    const shown = findIn(fresh, `[data-preview="${part.dataset.preview}"]`);
    if (shown && asked === latest) part.replaceChildren(...shown.childNodes);
  }
}

form.addEventListener("input", () => {
  unsaved = true;
  clearTimeout(timer);
  // The button shows the preview when the connection is gone.
  timer = setTimeout(() => refresh().catch(() => {}), WAIT_MS);
});
form.addEventListener("submit", () => {
  unsaved = false;
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
