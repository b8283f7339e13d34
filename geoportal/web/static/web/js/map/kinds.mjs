/** Kinds offered below the empty search field lead to what is near the person, or the map's middle. */

const DEGREE_DIGITS = 6;

/**
 * `placeOf()` says from where: the person once located, else the middle of the map.
 *
 * @param {HTMLElement} box
 * @param {() => { place: LonLat, from: "me" | "map" } | null} placeOf
 */
export function setUpKinds(box, placeOf) {
  // The focus stays in the field, so that the chip is still there when the press ends.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  for (const link of box.querySelectorAll("a")) {
    const chosen = link.search;
    const aim = () => {
      const found = placeOf();
      link.search = found ? writeQuery(chosen, found) : chosen;
    };
    link.addEventListener("click", aim);
    link.addEventListener("focus", aim);
  }
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

/**
 * @param {string} search
 * @param {{ place: LonLat, from: string }} found
 */
function writeQuery(search, { place, from }) {
  const query = new URLSearchParams(search);
  query.set("lon", place.lon.toFixed(DEGREE_DIGITS));
  query.set("lat", place.lat.toFixed(DEGREE_DIGITS));
  query.set("from", from);
  return String(query);
}

/**
 * The page of what is near a place.
 *
 * @param {LonLat} place
 */
export function nearestUrl(place) {
  return `/nearest/?${writeQuery("", { place, from: "map" })}`;
}
