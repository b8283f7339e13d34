/** Share or copy the link of a problem; print it. Without this script the link stands as text. */

import { needIn } from "../../../interface/js/finding.mjs";

const SHOWN_MS = 2500;

const share = document.getElementById("share-problem");
const print = document.getElementById("print-problem");

/** @param {HTMLElement} button */
async function pass(button) {
  const { url = "", title, done = "" } = button.dataset;
  if (navigator.share) {
    await navigator.share({ url, title });
    return;
  }
  await navigator.clipboard.writeText(url);
  const label = needIn(button, "span");
  const usual = label.textContent;
  label.textContent = done;
  setTimeout(() => {
    label.textContent = usual;
  }, SHOWN_MS);
}

if (share && (typeof navigator.share === "function" || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", () => {
    pass(share).catch(() => {}); // called off by the person
  });
}
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
