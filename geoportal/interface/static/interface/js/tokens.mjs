/** Values of the design tokens, as the theme of the page has them now. */

/**
 * `tokenValue("--danger")` as it is written in `tokens.css`.
 *
 * @param {string} name
 */
export function tokenValue(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
