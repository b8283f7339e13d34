/** While somebody writes words for a problem: what looks like personal data is said under the field.
 *
 * `data-hints` of a field is the number of its problem, or empty where there is none.
 */

const WAIT_MS = 900;
const PATIENCE_MS = 10000;

async function ask(field) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
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

function watch(field) {
  const note = document.createElement("p");
  note.className = "field-hint word-hint";
  note.setAttribute("role", "status");
  note.hidden = true;
  (field.closest("label, .field") ?? field).after(note);
  let waiting = 0;
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

for (const field of document.querySelectorAll("[data-hints]")) watch(field);
