/** Emergency numbers and the legal notice: whole until somebody has read them and gone on, then a line. */

const KEY = "geoportal.report.notices";

function isRead() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** @param {Part} part */
export function setUpNotices(part) {
  const [whole, line, button] = [part("notices"), part("notices-read"), part("notices-show")];
  if (isRead()) {
    line.hidden = false;
    whole.hidden = true;
  }
  button.addEventListener("click", () => {
    whole.hidden = !whole.hidden;
    button.setAttribute("aria-expanded", String(!whole.hidden));
  });
  return {
    /** Whoever goes on has seen them. */
    read: () => {
      try {
        localStorage.setItem(KEY, "1");
      } catch {
        // They are shown whole again.
      }
    },
  };
}
