/** Makes elements from text only: a value of the data never becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

/** `element("a", {href, class, onclick}, …children)`; children are nodes or text. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A decorative icon from the page's sprite. */
export function icon(name, classes = "icon") {
  return svg(
    "svg",
    { class: classes, viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("use", { href: `#icon-${name}` }),
  );
}

/** A sample of how a layer is drawn: a disc, an area or a line, with the layer's icon. */
export function layerSample({ geometry_type: type, color, icon: name }) {
  const line = {
    d: "M5 23C11 7 19 27 27 9",
    fill: "none",
    stroke: color,
    "stroke-width": 5,
    "stroke-linecap": "round",
  };
  const shape =
    {
      line: () => svg("path", line),
      polygon: () => svg("rect", { x: 3, y: 3, width: 26, height: 26, rx: 7, fill: color }),
    }[type] ?? (() => svg("circle", { cx: 16, cy: 16, r: 14, fill: color }));
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
