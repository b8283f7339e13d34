/** Finds elements of the page as what they are; what a page surely has is missed at once, by name. */

/**
 * The element of an id that the page surely has.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function need(id, kind) {
  return check(document.getElementById(id), kind, `#${id}`);
}

/**
 * The first element of a selector that `root` surely has.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function needIn(root, selector, kind) {
  return check(root.querySelector(selector), kind, selector);
}

/**
 * @template {HTMLElement} T
 * @param {Element | null} found
 * @param {(new () => T) | undefined} kind
 * @param {string} name
 * @returns {T}
 */
function check(found, kind, name) {
  if (found instanceof (kind ?? HTMLElement)) return /** @type {T} */ (found);
  throw new TypeError(`the page has no ${name}${kind ? ` that is a ${kind.name}` : ""}`);
}

/**
 * The first element of a selector, or `null`.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T | null}
 */
export function findIn(root, selector, kind) {
  const found = root.querySelector(selector);
  return found instanceof (kind ?? HTMLElement) ? /** @type {T} */ (found) : null;
}

/**
 * All elements of a selector.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T[]}
 */
export function listIn(root, selector, kind) {
  return /** @type {T[]} */ (
    [...root.querySelectorAll(selector)].filter((found) => found instanceof (kind ?? HTMLElement))
  );
}

/**
 * The element of a selector around the place of an event, or `null`.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {Event} event
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T | null}
 */
export function findAround(event, selector, kind) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof (kind ?? HTMLElement) ? /** @type {T} */ (found) : null;
}

/**
 * The JSON that the page brings under an id.
 *
 * @template T
 * @param {string} id
 * @returns {T}
 */
export function readJson(id) {
  return JSON.parse(need(id).textContent);
}
