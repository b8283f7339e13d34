/** Values of objects as people read them: the same rules as `geoportal.mapkit.values` on the server. */

import { formatNumber, formatTime } from "../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../interface/js/i18n.mjs";

/** @typedef {{ id: string, url: string, thumbnail: string, caption: string, author: string, licence: string }} PhotoDocument */

const NO_BREAK_SPACE = "\u00a0";
const TAG = /<\/?[A-Za-z][^<>]*>/;
const LINE_BREAK = /<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi;
const ENTITY = /&(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);/;

/**
 * Text and link of a value by its field; an empty `text` when there is nothing to show.
 *
 * @param {Pick<FieldDocument, "type" | "unit" | "choices">} field
 * @param {unknown} value
 */
export function formatValue(field, value) {
  if (value === null || value === undefined || value === "") return { text: "", href: "" };
  const choice = field.choices.find((candidate) => candidate.value === value);
  if (choice) return { text: choice.title, href: "" };
  const shown = formatByType(field.type, value);
  if (field.unit && shown.text) shown.text += NO_BREAK_SPACE + field.unit;
  return shown;
}

/**
 * @param {string} type
 * @param {unknown} value
 * @returns {{ text: string, href: string }}
 */
function formatByType(type, value) {
  if (typeof value === "boolean") return { text: value ? gettext("Yes") : gettext("No"), href: "" };
  if (typeof value === "number") return { text: formatNumber(value), href: "" };
  if (type === "photos") return { text: formatPhotos(listPhotos(value)), href: "" };
  if (typeof value === "object" && value) return { text: formatStructure(value), href: "" };
  const text = toPlainText(String(value));
  if (type === "date" || type === "datetime") return { text: formatTime(text), href: "" };
  if (type === "email")
    return { text, href: /^[^\s@]+@[^\s@]+$/.test(text) ? `mailto:${text}` : "" };
  if (type === "phone") return { text, href: phoneLink(text) };
  if (/^https?:\/\/\S+$/.test(text)) return { text: shortenAddress(text), href: text };
  return { text, href: "" };
}

/**
 * What an attribute of photos holds.
 *
 * @param {unknown} value
 * @returns {PhotoDocument[]}
 */
export function listPhotos(value) {
  return Array.isArray(value) ? value.filter((each) => typeof each?.thumbnail === "string") : [];
}

/** @param {PhotoDocument[]} photos */
function formatPhotos(photos) {
  const words = ngettext("%(count)s photo", "%(count)s photos", photos.length);
  const counted = interpolate(words, { count: photos.length });
  const captions = photos.flatMap(({ caption }) => caption || []).join("; ");
  return captions ? `${counted}: ${captions}` : counted;
}

/**
 * @param {object} value
 * @returns {string}
 */
function formatStructure(value) {
  if (Array.isArray(value)) {
    return value
      .filter((part) => part !== null && part !== "")
      .map((part) => formatByType("", part).text)
      .join(", ");
  }
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${part === null ? "" : formatByType("", part).text}`)
    .join("\n");
}

/**
 * Only one whole number makes a link; several in one value do not.
 *
 * @param {string} text
 */
function phoneLink(text) {
  const number = text.replace(/[\s().\-–]/g, "");
  return /^\+?\d{3,15}$/.test(number) ? `tel:${number}` : "";
}

/** @param {string} text */
function shortenAddress(text) {
  try {
    const { host, pathname } = new URL(text);
    return (host.replace(/^www\./, "") + decodeURI(pathname)).replace(/\/$/, "");
  } catch {
    return text;
  }
}

/**
 * Lines without tags and entities; `a < b` stays as it is.
 *
 * @param {string} text
 */
export function toPlainText(text) {
  let plain = text;
  if (TAG.test(plain)) plain = plain.replace(LINE_BREAK, "\n").replace(new RegExp(TAG, "g"), "");
  if (ENTITY.test(plain)) {
    const escaped = plain.replaceAll("<", "&lt;");
    plain = new DOMParser().parseFromString(`<pre>\n${escaped}</pre>`, "text/html").body
      .textContent;
  }
  return plain
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[ \t\u00a0]+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

/**
 * What an object is called: its title field in words, else its layer's title.
 *
 * @param {Pick<LayerDocument, "title" | "title_field" | "fields">} layer
 * @param {GeoJSON.GeoJsonProperties} properties
 */
export function nameFeature(layer, properties) {
  const field = layer.fields.find((candidate) => candidate.name === layer.title_field);
  const shown = field ? formatValue(field, properties?.[field.name]).text : "";
  return shown.replaceAll("\n", " ") || layer.title;
}
