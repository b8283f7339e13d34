/** Values of the design tokens, as the theme of the page has them now. */

/** `tokenValue("--danger")` as it is written in `tokens.css`. */
export function tokenValue(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
