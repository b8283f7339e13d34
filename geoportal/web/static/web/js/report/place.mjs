/** The point of the report: where it is, what it is called, and who would answer there. */

import { fetchJson } from "../../../interface/js/requests.mjs";

const DIGITS = 7;
const PAUSE_MS = 250;

/**
 * @param {HTMLInputElement} input
 * @param {number} most
 */
function readDegrees(input, most) {
  const value = input.value.trim() ? Number(input.value.trim().replace(",", ".")) : NaN;
  return Math.abs(value) <= most ? value : null;
}

/**
 * The fields of the form are what counts. Sends `point` when it moves and `answer` when more is
 * known: `answer.state` is `none`, `asking`, `inside`, `outside` or `unknown` (no network).
 */
export class Place extends EventTarget {
  #lon;
  #lat;
  #address;
  #filled;
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  #category;
  /** @type {PlaceAnswer} */
  answer = { state: "none" };

  /**
   * `category()` gives the code of what is chosen.
   *
   * @param {ReportForm} form
   * @param {() => string} category
   */
  constructor(form, category) {
    super();
    const { lon, lat, address, address_filled: filled } = form.elements;
    this.#lon = lon;
    this.#lat = lat;
    this.#address = address;
    this.#filled = filled;
    this.#category = category;
    for (const input of [lon, lat]) input.addEventListener("change", () => this.#typed());
  }

  /** `{lon, lat}` in degrees, or `null`. */
  get point() {
    const [lon, lat] = [readDegrees(this.#lon, 180), readDegrees(this.#lat, 85)];
    return lon === null || lat === null ? null : { lon, lat };
  }

  get address() {
    return this.#address.value.trim();
  }

  /** The person wrote the address in their own words. */
  get isNamedByHand() {
    return this.address !== "" && this.address !== this.#filled.value;
  }

  /**
   * Put the point there; `address`: how it is called, where that is known.
   *
   * @param {number} lon
   * @param {number} lat
   * @param {{ address?: string, by?: string }} [about]
   */
  set(lon, lat, { address = "", by = "" } = {}) {
    this.#lon.value = lon.toFixed(DIGITS);
    this.#lat.value = lat.toFixed(DIGITS);
    if (address) this.name(address);
    this.dispatchEvent(new CustomEvent("point", { detail: { by } }));
    this.ask({ named: address !== "" });
  }

  /** @param {string} address */
  name(address) {
    this.#address.value = address;
    this.#filled.value = address;
    this.dispatchEvent(new Event("name"));
  }

  #typed() {
    if (!this.point) return;
    this.dispatchEvent(new CustomEvent("point", { detail: { by: "typed" } }));
    this.ask();
  }

  /** What is at the point: community, who answers, the nearest house. */
  ask({ named = false } = {}) {
    clearTimeout(this.#pause);
    this.#asked?.abort();
    const { point } = this;
    if (!point) {
      this.#tell({ state: "none" });
      return;
    }
    this.#tell({ ...this.answer, state: "asking" });
    this.#pause = setTimeout(() => this.#ask(point, named), PAUSE_MS);
  }

  /**
   * @param {LonLat} point
   * @param {boolean} named
   */
  async #ask({ lon, lat }, named) {
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const query = new URLSearchParams({ lon: String(lon), lat: String(lat) });
    const where = new URLSearchParams(query);
    if (this.#category()) where.set("category", this.#category());
    try {
      /** @type {[{ inside: boolean, responsible: Responsible[] }, NearestAddress]} */
      const [located, nearest] = await Promise.all([
        fetchJson(`/api/v1/locate/?${where}`, { signal }),
        fetchJson(`/api/v1/problems/address/?${query}`, { signal }),
      ]);
      if (!named && !this.isNamedByHand) this.name(nearest.address);
      this.#tell({
        state: located.inside ? "inside" : "outside",
        responsible: where.has("category") ? located.responsible : null,
        nearest: nearest.address,
        distance: nearest.distance_m,
      });
    } catch {
      if (!signal.aborted) this.#tell({ state: "unknown" });
    }
  }

  /** @param {PlaceAnswer} answer */
  #tell(answer) {
    this.answer = answer;
    this.dispatchEvent(new Event("answer"));
  }
}
