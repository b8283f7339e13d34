/** Sends the page's own forms without leaving the page. */

import { needIn } from "../../../interface/js/finding.mjs";

const PATIENCE_MS = 20000;

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

/** The token of any form on the page. */
function findToken() {
  return needIn(document, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
}

/**
 * POST fields to a URL of ours; the parsed answer, or `Refused`.
 *
 * @template [T=ActionAnswer]
 * @param {string} url
 * @param {FormData | Record<string, string>} fields
 * @param {number} [patience]
 * @returns {Promise<T>}
 */
export async function send(url, fields, patience = PATIENCE_MS) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": findToken() },
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new Refused(0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/**
 * Send a form as it is filled in.
 *
 * @param {HTMLFormElement} form
 */
export function sendForm(form) {
  return send(form.action, new FormData(form));
}
