/** The preview follows what is written; what was not saved is not left by accident. */

const WAIT_MS = 500;
const form = document.getElementById("editor");
let timer = 0;
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
  for (const part of form.querySelectorAll("[data-preview]")) {
    const shown = fresh.querySelector(`[data-preview="${part.dataset.preview}"]`);
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
