/** How a file goes to the portal in pieces: what is tried again, and what is said of it. */

import { gettext, interpolate } from "../../../interface/js/i18n.mjs";

export const PIECE_BYTES = 8 * 1024 * 1024;
/** After these pauses it is tried again; after the last one a person decides. */
export const PAUSES_MS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
// Another piece has come first, the upload is busy, too many requests.
const PASSING = [409, 423, 429];

/**
 * Whether the same piece may succeed a little later. `status` 0: no answer came.
 *
 * @param {number} status
 */
export function isPassing(status) {
  return status === 0 || status >= 500 || PASSING.includes(status);
}

/**
 * «12 з 40 МБ»: how much has come of how much.
 *
 * @param {number} sent
 * @param {number} size
 */
export function sayProgress(sent, size) {
  const { unit, bytes } = chooseUnit(size);
  const digits = bytes > 1 ? 1 : 0;
  /** @param {number} count */
  const write = (count) => (count / bytes).toFixed(digits).replace(/\.0$/, "");
  return interpolate(gettext("%(sent)s of %(size)s %(unit)s"), {
    sent: write(sent),
    size: write(size),
    unit,
  });
}

/** @param {number} size */
function chooseUnit(size) {
  if (size >= 1024 ** 3) return { unit: gettext("GB"), bytes: 1024 ** 3 };
  if (size >= 1024 ** 2) return { unit: gettext("MB"), bytes: 1024 ** 2 };
  if (size >= 1024) return { unit: gettext("KB"), bytes: 1024 };
  return { unit: gettext("B"), bytes: 1 };
}

/**
 * The sentence of a refusal: the portal's own words where they came.
 *
 * @param {number} status
 * @param {string} body
 */
export function sayRefusal(status, body) {
  try {
    /** @type {ProblemDetails} */
    const document = JSON.parse(body);
    if (document.detail) return document.detail;
  } catch {
    // Not from the portal itself.
  }
  if (status === 0)
    return gettext("There is no connection. What has come is kept; continue when it is back.");
  return gettext("The portal could not take the file. What has come is kept; try again.");
}

/**
 * The identifier at the end of an upload's address.
 *
 * @param {string} url
 */
export function readId(url) {
  return new URL(url, "http://portal").pathname.split("/").filter(Boolean).at(-1) ?? "";
}
