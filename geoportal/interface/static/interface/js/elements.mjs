/** Makes elements from text only: a value of the data never becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * `element("a", {href, class, onclick}, …children)`; children are nodes or text.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
}

/**
 * @param {Element} node
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function")
      node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children)
    if (child !== null && child !== undefined && child !== "") node.append(child);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {...Child} children
 */
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  fill(node, attributes, children);
  return node;
}

/**
 * A decorative icon from the page's sprite.
 *
 * @param {string} name
 */
export function icon(name, classes = "icon") {
  return svg(
    "svg",
    { class: classes, viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("use", { href: `#icon-${name}` }),
  );
}

/**
 * A sample of how a layer is drawn: a disc, an area or a line, with the layer's icon.
 *
 * @param {Look & { geometry_type: string }} layer
 */
export function layerSample({ geometry_type: type, color, icon: name }) {
  const line = {
    d: "M5 23C11 7 19 27 27 9",
    fill: "none",
    stroke: color,
    "stroke-width": 5,
    "stroke-linecap": "round",
  };
  /** @type {Record<string, () => Element>} */
  const shapes = {
    line: () => svg("path", line),
    polygon: () => svg("rect", { x: 3, y: 3, width: 26, height: 26, rx: 7, fill: color }),
  };
  const shape = shapes[type] ?? (() => svg("circle", { cx: 16, cy: 16, r: 14, fill: color }));
  const mark = {
    class: "sample-icon",
    href: `#icon-${name}`,
    x: 7.6,
    y: 7.6,
    width: 16.8,
    height: 16.8,
  };
  return svg(
    "svg",
    { class: "sample", viewBox: "0 0 32 32", "aria-hidden": "true" },
    shape(),
    name && type !== "line" ? svg("use", mark) : null,
  );
}
