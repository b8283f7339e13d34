/** Numbers, times and distances as the language writes them: as `geoportal.interface.formats` on the server. */

import { currentLanguage, currentLocale, gettext } from "./i18n.mjs";

const THIN_SPACE = "\u202f";
const NO_BREAK_SPACE = "\u00a0";
const TIME_ZONE = "Europe/Kyiv";

/**
 * Thin spaces from five digits on; a decimal comma in Ukrainian.
 *
 * @param {number} value
 */
export function formatNumber(value) {
  const format = new Intl.NumberFormat(currentLocale(), {
    maximumFractionDigits: 6,
    useGrouping: "min2",
  });
  /** @type {Record<string, string>} */
  const signs = { group: THIN_SPACE, minusSign: "\u2212" };
  return format
    .formatToParts(value)
    .map(({ type, value: part }) => signs[type] ?? part)
    .join("");
}

/**
 * «20 листопада 2026, 14:05» in the community's time; what cannot be read stays as it is.
 *
 * @param {string} text
 */
export function formatTime(text) {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) {
    const [, year, month, date] = day.map(Number);
    return writeDay(new Date(Date.UTC(year, month - 1, date)), "UTC") ?? text;
  }
  const local = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text);
  const moment = new Date(local ? `${text.replace(" ", "T")}Z` : text);
  if (Number.isNaN(moment.getTime())) return text;
  const zone = local ? "UTC" : TIME_ZONE;
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return `${writeDay(moment, zone)}, ${clock.format(moment)}`;
}

/**
 * @param {Date} date
 * @param {string} timeZone
 */
function writeDay(date, timeZone) {
  if (Number.isNaN(date.getTime())) return null;
  const format = new Intl.DateTimeFormat(currentLocale(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  });
  const parts = Object.fromEntries(
    format.formatToParts(date).map(({ type, value }) => [type, value]),
  );
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/**
 * Metres up to a kilometre, kilometres from there.
 *
 * @param {number} metres
 */
export function formatDistance(metres) {
  if (metres < 1000) {
    const rounded = metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10;
    if (rounded < 1000) return `${rounded}${NO_BREAK_SPACE}${gettext("m")}`;
  }
  const kilometres = metres / 1000;
  const digits = kilometres < 10 ? 1 : 0;
  return `${formatNumber(Number(kilometres.toFixed(digits)))}${NO_BREAK_SPACE}${gettext("km")}`;
}

/**
 * Alphabetical order of the language, numbers by value.
 *
 * @param {string} first
 * @param {string} second
 */
export function compareTitles(first, second) {
  return first.localeCompare(second, currentLanguage(), { numeric: true });
}
