/** Asks the portal for JSON; every way to fail is one kind of error. */

const PATIENCE_MS = 15000;

/** `status` is 0 when no answer came. */
export class RequestFailed extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`request failed: ${status}`);
    this.status = status;
  }
}

/**
 * The parsed answer; throws `RequestFailed`, or `AbortError` when `signal` says so.
 *
 * @template T
 * @param {string} url
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<T>}
 */
export async function fetchJson(url, { signal } = {}) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { Accept: "application/json, application/geo+json" },
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    if (!response.ok) throw new RequestFailed(response.status);
    return await response.json();
  } catch (error) {
    if (error instanceof RequestFailed || signal?.aborted) throw error;
    throw new RequestFailed(0);
  }
}
