/** What of a difference is drawn: where each object is, and where it was before it moved. */

/**
 * @typedef {{ geometry: GeoJSON.Geometry | null }} Side
 * @typedef {{
 *   id: string,
 *   geometry: GeoJSON.Geometry | null,
 *   action: "added" | "changed" | "removed",
 *   before: Side | null,
 *   after: Side | null,
 * }} Difference
 * @typedef {GeoJSON.Feature<GeoJSON.Geometry, { key: string, action: string, earlier: boolean }>} Place
 */

/**
 * Earlier places come first, so that the present ones are drawn over them.
 *
 * @param {Difference[]} differences
 * @returns {Place[]}
 */
export function describePlaces(differences) {
  /** @type {Place[]} */
  const earlier = [];
  /** @type {Place[]} */
  const standing = [];
  for (const { id, geometry, action, before } of differences) {
    const was = before?.geometry;
    if (action === "changed" && was && hasMoved(was, geometry))
      earlier.push(describe(id, action, was, true));
    if (geometry) standing.push(describe(id, action, geometry, false));
  }
  return [...earlier, ...standing];
}

/**
 * @param {GeoJSON.Geometry} before
 * @param {GeoJSON.Geometry | null} after
 */
function hasMoved(before, after) {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/**
 * @param {string} key
 * @param {string} action
 * @param {GeoJSON.Geometry} geometry
 * @param {boolean} earlier
 * @returns {Place}
 */
function describe(key, action, geometry, earlier) {
  return { type: "Feature", geometry, properties: { key, action, earlier } };
}
