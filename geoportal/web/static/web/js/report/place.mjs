/** The point of the report: where it is, what it is called, and who would answer there. */

import { fetchJson } from "../../../interface/js/requests.mjs";

const DIGITS = 7;
const PAUSE_MS = 250;

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
  #asked = null;
  #pause = 0;
  #category = () => "";
  answer = { state: "none" };

  /** `category()` gives the code of what is chosen. */
  constructor(form, category) {
    super();
    const { lon, lat, address, address_filled: filled } = form.elements;
    [this.#lon, this.#lat, this.#address, this.#filled] = [lon, lat, address, filled];
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

  /** Put the point there; `address`: how it is called, where that is known. */
  set(lon, lat, { address = "", by = "" } = {}) {
    this.#lon.value = lon.toFixed(DIGITS);
    this.#lat.value = lat.toFixed(DIGITS);
    if (address) this.name(address);
    this.dispatchEvent(new CustomEvent("point", { detail: { by } }));
    this.ask({ named: address !== "" });
  }

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
    if (!this.point) {
      this.#tell({ state: "none" });
      return;
    }
    this.#tell({ ...this.answer, state: "asking" });
    this.#pause = setTimeout(() => this.#ask(named), PAUSE_MS);
  }

  async #ask(named) {
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const query = new URLSearchParams(this.point);
    const where = new URLSearchParams(this.point);
    if (this.#category()) where.set("category", this.#category());
    try {
      const [located, nearest] = await Promise.all([
        fetchJson(`/api/v1/locate/?${where}`, { signal }),
        fetchJson(`/api/v1/problems/address/?${query}`, { signal }),
      ]);
      if (located.inside && !named && !this.isNamedByHand) this.name(nearest.address);
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

  #tell(answer) {
    this.answer = answer;
    this.dispatchEvent(new Event("answer"));
  }
}
