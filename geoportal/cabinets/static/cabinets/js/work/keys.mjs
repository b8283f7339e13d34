/** Keyboard shortcuts: single letters, never while a field is being filled in. */

import { element } from "../../../interface/js/elements.mjs";

const FIELDS = "input, textarea, select, [contenteditable]";

/** `bindings`: {keys, words, run(key)}. Letters of the Ukrainian layout on the same keys count as well. */
export function listenKeys(bindings) {
  const byKey = new Map();
  for (const binding of bindings) for (const key of binding.keys) byKey.set(key, binding);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const binding = byKey.get(event.key) ?? byKey.get(nameOfCode(event));
    if (!binding) return;
    event.preventDefault();
    binding.run(event.key);
  });
  showHelp(bindings);
}

/** The Latin letter on the pressed key, whatever layout is on. */
export function nameOfCode({ code }) {
  return /^Key[A-Z]$/.test(code ?? "") ? code.slice(3).toLowerCase() : "";
}

function showHelp(bindings) {
  const list = document.getElementById("keys-list");
  const hint = document.getElementById("keys-hint");
  if (!list) return;
  list.replaceChildren(
    ...bindings.map(({ keys, words }) =>
      element(
        "div",
        {},
        element("dt", {}, ...keys.slice(0, 2).map((key) => element("kbd", {}, key))),
        element("dd", {}, words),
      ),
    ),
  );
  if (hint) hint.hidden = false;
  document.getElementById("keys-help")?.addEventListener("click", openHelp);
}

export function openHelp() {
  document.getElementById("keys-dialog")?.showModal();
}
