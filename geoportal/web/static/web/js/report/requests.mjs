/** Sends to the portal what the form holds; tells a refusal in words from no answer at all. */

import { needIn } from "../../../interface/js/finding.mjs";

const PATIENCE_MS = 30000;

/** The portal has said no: `status`, `detail` in words, `errors` by field. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {ProblemDetails} problem
   */
  constructor(status, problem) {
    super(problem.detail ?? "");
    this.status = status;
    this.detail = problem.detail ?? "";
    this.type = problem.type ?? "";
    this.errors = problem.errors ?? {};
  }
}

/** No answer came: no network, or the portal is away. Sending again does no harm. */
export class NoAnswer extends Error {}

export function readToken() {
  return needIn(document, "#report [name=csrfmiddlewaretoken]", HTMLInputElement).value;
}

/**
 * @param {number} status
 * @param {string} text
 */
function build(status, text) {
  if (status === 0 || status >= 500) return new NoAnswer(`status ${status}`);
  try {
    return new Refused(status, JSON.parse(text));
  } catch {
    return new Refused(status, {});
  }
}

/**
 * `body`: an object for JSON, or `URLSearchParams`. Throws `Refused` or `NoAnswer`.
 *
 * @template T
 * @param {string} url
 * @param {object} body
 * @returns {Promise<T>}
 */
export async function post(url, body) {
  const form = body instanceof URLSearchParams;
  let response;
  let text;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": readToken(),
        ...(form ? {} : { "Content-Type": "application/json" }),
      },
      body: form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch {
    throw new NoAnswer("no network");
  }
  if (!response.ok) throw build(response.status, text);
  return text && JSON.parse(text);
}

/** @param {string} url */
export async function remove(url) {
  try {
    await fetch(url, { method: "DELETE", headers: { "X-CSRFToken": readToken() } });
  } catch {
    // Uploads that belong to no report go by themselves after some days.
  }
}

/**
 * Upload a file into a draft; `progress(share)` from 0 to 1. Throws `Refused` or `NoAnswer`.
 *
 * @param {string} draft
 * @param {Blob} file
 * @param {string} name
 * @param {(share: number) => void} progress
 * @param {AbortSignal} signal
 * @returns {Promise<UploadDocument>}
 */
export function upload(draft, file, name, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("draft_id", draft);
    form.append("file", file, name);
    request.open("POST", "/api/v1/problems/uploads/");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", readToken());
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(build(request.status, request.responseText));
    };
    request.onerror = () => reject(new NoAnswer("no network"));
    request.onabort = () => reject(new DOMException("removed", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
