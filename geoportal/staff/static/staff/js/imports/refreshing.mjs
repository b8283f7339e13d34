/** A page where a job is at work asks for itself anew, and shows what has become of it. */

const PAUSE_MS = 1500;

/** @param {ParentNode} root */
function listWorking(root) {
  return [...root.querySelectorAll("[data-working]")];
}

/**
 * What somebody has ticked or not stays so.
 * @param {ParentNode} old
 * @param {ParentNode} now
 */
function keepTicks(old, now) {
  for (const box of old.querySelectorAll("input[type=checkbox]")) {
    const same = now.querySelector(`input[value="${CSS.escape(box.getAttribute("value") ?? "")}"]`);
    if (same instanceof HTMLInputElement && box instanceof HTMLInputElement)
      same.checked = box.checked;
  }
}

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of listWorking(document)) {
    const now = fresh.getElementById(part.id);
    if (!now) continue;
    keepTicks(part, now);
    part.replaceWith(document.adoptNode(now));
  }
  // Another stage has scripts of its own.
  if (!listWorking(fresh).length) location.reload();
}

setInterval(() => refresh().catch(() => {}), PAUSE_MS);
