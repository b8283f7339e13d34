/** The notice above the map can be put away until the browser is closed. */

const KEY = "map-notice-hidden";
const notice = document.getElementById("map-notice");
const close = document.getElementById("map-notice-close");

/** A browser may forbid storage: then the notice comes again on the next page. */
function recall() {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

if (notice && close) {
  notice.hidden = recall();
  close.hidden = false;
  close.addEventListener("click", () => {
    notice.hidden = true;
    try {
      sessionStorage.setItem(KEY, "1");
    } catch {
      // Nothing to remember it in.
    }
  });
}
