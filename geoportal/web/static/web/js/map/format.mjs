/** Values as people read them: the same rules as `geoportal.web.values` on the server. */

import { currentLanguage, currentLocale, gettext } from "./i18n.mjs";

const THIN_SPACE = "\u202f";
const NO_BREAK_SPACE = "\u00a0";
const TIME_ZONE = "Europe/Kyiv";
const TAG = /<\/?[A-Za-z][^<>]*>/;
const LINE_BREAK = /<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi;
const ENTITY = /&(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);/;

/** Text and link of a value by its field; an empty `text` when there is nothing to show. */
export function formatValue(field, value) {
  if (value === null || value === undefined || value === "") return { text: "", href: "" };
  const choice = field.choices.find((candidate) => candidate.value === value);
  if (choice) return { text: choice.title, href: "" };
  const shown = formatByType(field.type, value);
  if (field.unit && shown.text) shown.text += NO_BREAK_SPACE + field.unit;
  return shown;
}

function formatByType(type, value) {
  if (typeof value === "boolean") return { text: value ? gettext("Yes") : gettext("No"), href: "" };
  if (typeof value === "number") return { text: formatNumber(value), href: "" };
  if (typeof value === "object") return { text: formatStructure(value), href: "" };
  const text = toPlainText(String(value));
  if (type === "date" || type === "datetime") return { text: formatTime(text), href: "" };
  if (type === "email") return { text, href: /^[^\s@]+@[^\s@]+$/.test(text) ? `mailto:${text}` : "" };
  if (type === "phone") return { text, href: phoneLink(text) };
  if (/^https?:\/\/\S+$/.test(text)) return { text: shortenAddress(text), href: text };
  return { text, href: "" };
}

/** Thin spaces from five digits on; a decimal comma in Ukrainian. */
export function formatNumber(value) {
  const format = new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 6, useGrouping: "min2" });
  return format
    .formatToParts(value)
    .map(({ type, value: part }) => ({ group: THIN_SPACE, minusSign: "\u2212" })[type] ?? part)
    .join("");
}

/** «20 листопада 2026, 14:05» in the community's time; what cannot be read stays as it is. */
export function formatTime(text) {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) return writeDay(new Date(Date.UTC(day[1], day[2] - 1, day[3])), "UTC") ?? text;
  const local = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text);
  const moment = new Date(local ? `${text.replace(" ", "T")}Z` : text);
  if (Number.isNaN(moment.getTime())) return text;
  const zone = local ? "UTC" : TIME_ZONE;
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  return `${writeDay(moment, zone)}, ${clock.format(moment)}`;
}

function writeDay(date, timeZone) {
  if (Number.isNaN(date.getTime())) return null;
  const format = new Intl.DateTimeFormat(currentLocale(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${parts.day} ${parts.month} ${parts.year}`;
}

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

/** Only one whole number makes a link; several in one value do not. */
function phoneLink(text) {
  const number = text.replace(/[\s().\-–]/g, "");
  return /^\+?\d{3,15}$/.test(number) ? `tel:${number}` : "";
}

function shortenAddress(text) {
  try {
    const { host, pathname } = new URL(text);
    return (host.replace(/^www\./, "") + decodeURI(pathname)).replace(/\/$/, "");
  } catch {
    return text;
  }
}

/** Lines without tags and entities; `a < b` stays as it is. */
export function toPlainText(text) {
  let plain = text;
  if (TAG.test(plain)) plain = plain.replace(LINE_BREAK, "\n").replace(new RegExp(TAG, "g"), "");
  if (ENTITY.test(plain)) {
    const escaped = plain.replaceAll("<", "&lt;");
    plain = new DOMParser().parseFromString(`<pre>\n${escaped}</pre>`, "text/html").body.textContent;
  }
  return plain
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[ \t\u00a0]+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

/** Metres up to a kilometre, kilometres from there. */
export function formatDistance(metres) {
  if (metres < 1000) {
    const rounded = metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10;
    if (rounded < 1000) return `${rounded}${NO_BREAK_SPACE}${gettext("m")}`;
  }
  const kilometres = metres / 1000;
  const digits = kilometres < 10 ? 1 : 0;
  return `${formatNumber(Number(kilometres.toFixed(digits)))}${NO_BREAK_SPACE}${gettext("km")}`;
}

/** What an object is called: its title field in words, else its layer's title. */
export function nameFeature(layer, properties) {
  const field = layer.fields.find((candidate) => candidate.name === layer.title_field);
  const shown = field ? formatValue(field, properties[field.name]).text : "";
  return shown.replaceAll("\n", " ") || layer.title;
}

/** Alphabetical order of the language, numbers by value. */
export function compareTitles(first, second) {
  return first.localeCompare(second, currentLanguage(), { numeric: true });
}
