/** Sends to the portal as the page's own forms do; every way to fail is one kind of error. */

import { needIn } from "../../interface/js/finding.mjs";

const PATIENCE_MS = 30000;

/** `status` 0: no answer came; `document` is the problem document (RFC 9457) where there is one. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {ProblemDetails} [document]
   */
  constructor(status, document = {}) {
    super(document.detail ?? "");
    this.status = status;
    this.document = document;
  }
}

/**
 * POST fields or a document; the parsed answer, or `Refused`.
 *
 * @template T
 * @param {string} url
 * @param {FormData | object} given
 * @returns {Promise<T>}
 */
export async function post(url, given) {
  const token = needIn(document, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
  const isForm = given instanceof FormData;
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body: isForm ? given : JSON.stringify(given),
      headers: {
        Accept: "application/json",
        "X-CSRFToken": token,
        ...(isForm ? {} : { "Content-Type": "application/json" }),
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Refused(0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
