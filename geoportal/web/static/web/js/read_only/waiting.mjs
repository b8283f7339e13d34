/** Looks whether the whole portal is back, and opens it then. */

const HEADER = "Geoportal-Read-Only";
// Not all pages at once: what has just come back is busy.
const SOONEST_MS = 10_000;
const SPREAD_MS = 20_000;

export function waitForReturn() {
  setTimeout(look, SOONEST_MS + Math.random() * SPREAD_MS);
}

async function look() {
  if (!document.hidden && (await isBack())) location.reload();
  else waitForReturn();
}

async function isBack() {
  try {
    const answer = await fetch("/", { method: "HEAD", cache: "no-store" });
    return answer.ok && !answer.headers.has(HEADER);
  } catch {
    return false;
  }
}
