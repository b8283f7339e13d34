/** Keyboard shortcuts: single letters, never while a field is being filled in. */

import { element } from "../../../interface/js/elements.mjs";
import { findAround, findIn } from "../../../interface/js/finding.mjs";

const FIELDS = "input, textarea, select, [contenteditable]";

/** @typedef {{ keys: string[], words: string, run: (key: string) => unknown }} Binding */

/**
 * Letters of the Ukrainian layout on the same keys count as well.
 *
 * @param {Binding[]} bindings
 */
export function listenKeys(bindings) {
  /** @type {Map<string, Binding>} */
  const byKey = new Map();
  for (const binding of bindings) for (const key of binding.keys) byKey.set(key, binding);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (findAround(event, FIELDS) || document.querySelector("dialog[open]")) return;
    const binding = byKey.get(event.key) ?? byKey.get(nameOfCode(event));
    if (!binding) return;
    event.preventDefault();
    binding.run(event.key);
  });
  showHelp(bindings);
}

/**
 * The Latin letter on the pressed key, whatever layout is on.
 *
 * @param {{ code?: string }} event
 */
export function nameOfCode({ code = "" }) {
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : "";
}

/** @param {Binding[]} bindings */
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
  findIn(document, "#keys-dialog", HTMLDialogElement)?.showModal();
}
