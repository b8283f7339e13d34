/** Share or copy the link of a problem; print it. Without this script the link stands as text. */

const SHOWN_MS = 2500;

const share = document.getElementById("share-problem");
const print = document.getElementById("print-problem");

async function pass({ url, title, done }) {
  if (navigator.share) {
    await navigator.share({ url, title });
    return;
  }
  await navigator.clipboard.writeText(url);
  const label = share.querySelector("span");
  const usual = label.textContent;
  label.textContent = done;
  setTimeout(() => {
    label.textContent = usual;
  }, SHOWN_MS);
}

if (share && (navigator.share || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", () => {
    pass(share.dataset).catch(() => {}); // called off by the person
  });
}
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
