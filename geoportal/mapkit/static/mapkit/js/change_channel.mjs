/**
 * The stream of changes (`/tiles/changes`, server-sent events) as one page follows it.
 *
 * A stream may stay open or end after each answer: the browser then asks again after as long as the
 * server says. While the tab is hidden nothing is asked; shown again, it hears what it missed. After
 * failures it waits longer each time; a stream that says nothing at all is asked for piece by piece.
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const FAILURES_AT_ONCE = 3;
/** Longer than the server is silent; also asked so often where streams do not come through. */
const SILENCE_MS = 40_000;
const PIECE_MS = 1500;

/**
 * @typedef {{ layers: Record<string, string[] | null>, look: string, reset: boolean }} Changes
 * @typedef {{
 *   open: (url: string) => EventSource,
 *   fetch: (url: string) => Promise<Response>,
 *   setTimeout: (work: () => void, ms: number) => number,
 *   clearTimeout: (timer: number) => void,
 *   random: () => number,
 *   page: Pick<Document, "hidden" | "addEventListener">,
 * }} Surroundings
 */

/** @type {Surroundings} */
const BROWSER = {
  open: (url) => new EventSource(url),
  fetch: (url) => fetch(url, { headers: { Accept: "text/event-stream" } }),
  setTimeout: (work, ms) => window.setTimeout(work, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  random: Math.random,
  page: globalThis.document,
};

export class ChangeChannel {
  #url;
  #hear;
  #around;
  /** What was heard last; the browser forgets it with each new `EventSource`. */
  #cursor = "";
  /** @type {EventSource | null} */
  #source = null;
  #failures = 0;
  #byPieces = false;
  #runs = 0;
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {string} url
   * @param {(changes: Changes) => void} hear
   * @param {Surroundings} around
   */
  constructor(url, hear, around = BROWSER) {
    this.#url = url;
    this.#hear = hear;
    this.#around = around;
    around.page.addEventListener("visibilitychange", () => this.#follow());
    this.#follow();
  }

  #follow() {
    this.#stop();
    if (!this.#around.page.hidden) this.#start();
  }

  #stop() {
    this.#runs += 1;
    this.#source?.close();
    this.#source = null;
    this.#around.clearTimeout(/** @type {number} */ (this.#timer));
  }

  #start() {
    if (this.#byPieces) this.#askForPiece();
    else this.#openStream();
  }

  #address() {
    return this.#cursor ? `${this.#url}?since=${encodeURIComponent(this.#cursor)}` : this.#url;
  }

  #openStream() {
    const source = this.#around.open(this.#address());
    this.#source = source;
    let isSilent = true;
    source.addEventListener("message", ({ data, lastEventId }) => {
      isSilent = false;
      this.#failures = 0;
      this.#take(lastEventId, data);
    });
    source.addEventListener("error", () => {
      // A stream that ended, or one of a few that failed: the browser comes again by itself.
      this.#failures += 1;
      if (source.readyState === 2 || this.#failures >= FAILURES_AT_ONCE) this.#comeLater();
    });
    // Something between may gather the answer until it ends, which it never does.
    this.#wait(SILENCE_MS, () => {
      if (!isSilent) return;
      this.#byPieces = true;
      this.#follow();
    });
  }

  async #askForPiece() {
    const run = this.#runs;
    try {
      const answer = await this.#around.fetch(
        `${this.#url}?pieces=1&since=${encodeURIComponent(this.#cursor)}`,
      );
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (run !== this.#runs) return;
      this.#failures = 0;
      const [, cursor] = /^id: (.*)$/m.exec(text) ?? [];
      const [, data] = /^data: (.*)$/m.exec(text) ?? [];
      if (cursor && data) this.#take(cursor, data);
      this.#wait(PIECE_MS, () => this.#askForPiece());
    } catch {
      if (run !== this.#runs) return;
      this.#failures += 1;
      this.#comeLater();
    }
  }

  /** Twice as long each time, and not all at the same moment when a server comes back. */
  #comeLater() {
    const { random } = this.#around;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#stop();
    this.#wait(longest * (0.5 + random() / 2), () => this.#start());
  }

  /**
   * @param {number} ms
   * @param {() => void} work
   */
  #wait(ms, work) {
    this.#around.clearTimeout(/** @type {number} */ (this.#timer));
    this.#timer = this.#around.setTimeout(work, ms);
  }

  /**
   * @param {string} cursor
   * @param {string} data
   */
  #take(cursor, data) {
    this.#cursor = cursor;
    this.#hear(JSON.parse(data));
  }
}
