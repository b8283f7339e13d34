/** While somebody writes words for a problem: what looks like personal data is said under the field.
 *
 * `data-hints` of a field is the number of its problem, or empty where there is none.
 */

import { findIn, listIn } from "../../interface/js/finding.mjs";

const WAIT_MS = 900;
const PATIENCE_MS = 10000;

/** @param {HTMLTextAreaElement | HTMLInputElement} field */
async function ask(field) {
  const token = findIn(document, "input[name=csrfmiddlewaretoken]", HTMLInputElement)?.value ?? "";
  const response = await fetch("/api/v1/problems/check-text/", {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": token,
    },
    body: JSON.stringify({ words: field.value, problem: Number(field.dataset.hints) || null }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return response.ok ? (await response.json()).message : "";
}

/** @param {HTMLTextAreaElement | HTMLInputElement} field */
function watch(field) {
  const note = document.createElement("p");
  note.className = "field-hint word-hint";
  note.setAttribute("role", "status");
  note.hidden = true;
  (field.closest("label, .field") ?? field).after(note);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = field.value;
      // Without an answer the portal looks at the words when they are sent.
      const message = asked.trim() ? await ask(field).catch(() => "") : "";
      if (asked !== field.value) return;
      note.textContent = message;
      note.hidden = !message;
    }, WAIT_MS);
  });
}

for (const field of listIn(document, "input[data-hints]", HTMLInputElement)) watch(field);
for (const field of listIn(document, "textarea[data-hints]", HTMLTextAreaElement)) watch(field);
