/** The section «Problems» of the residents' map: switch, filter, counts, list, joining. */

import { needIn } from "../../../interface/js/finding.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { PROBLEMS } from "../../../mapkit/js/states.mjs";
import { ProblemsFilter } from "./problems_filter.mjs";
import { ProblemsLayer } from "./problems_layer.mjs";
import { ProblemsList } from "./problems_list.mjs";

const SETTLE_MS = 250;
const STALE_MS = 60_000;

/** The address says whether problems are shown; what it does not say is `null`. */
export function readSwitch() {
  const said = new URLSearchParams(location.search).get(PROBLEMS);
  return said === "1" || said === "0" ? said === "1" : null;
}

/**
 * @typedef {object} Tools
 * @property {MapState} state
 * @property {Say} say
 * @property {Part} part
 * @property {HTMLFormElement} form
 * @property {Bounds | null} bounds
 * @property {Person} person
 * @property {(hit: Hit) => void} open
 * @property {(hit: Hit | null) => void} hint
 */

export class Problems {
  #state;
  #say;
  #total;
  #list;
  #filter;
  /** @type {() => Bounds | null} */
  #seen;
  /** @type {AbortController | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #fetchedAt = 0;
  #person;
  /**
   * Hears how many problems are in view.
   *
   * @type {(count: number) => void}
   */
  onCount = () => {};

  /**
   * `bounds`: what is taken to be in view until there is a map.
   *
   * @param {Tools} tools
   */
  constructor({ state, say, part, form, bounds, person, open, hint }) {
    this.#state = state;
    this.#person = person;
    this.#say = say;
    this.#total = part("problems-total");
    this.#filter = new ProblemsFilter(form);
    this.#seen = () => bounds;
    this.layer = new ProblemsLayer({ query: this.#filter.shown });
    this.#list = new ProblemsList(
      {
        section: part("problems-list"),
        items: part("problems-items"),
        summary: part("problems-summary"),
      },
      { open, hint },
    );
    this.#filter.addEventListener("change", () => {
      this.layer.setQuery(this.#filter.shown);
      this.update();
    });
    state.addEventListener("layers", () => this.#followSwitch());
    this.#followFreshness();
    this.update();
  }

  get isShown() {
    return this.#state.layers.has(PROBLEMS);
  }

  get isFiltered() {
    return !this.#filter.isEmpty;
  }

  /**
   * The map has come: `seen()` gives west, south, east, north of what is in view.
   *
   * @param {() => Bounds} seen
   */
  useView(seen) {
    this.#seen = seen;
    this.update();
  }

  /** What the address said at first does not contradict the switch. */
  #followSwitch() {
    const search = new URLSearchParams(location.search);
    if (search.has(PROBLEMS)) {
      search.set(PROBLEMS, this.isShown ? "1" : "0");
      history.replaceState(history.state, "", `${location.pathname}?${search}${location.hash}`);
    }
    this.update();
  }

  /** Counts and list of what is in view now. */
  update() {
    clearTimeout(this.#waiting);
    this.#asked?.abort();
    if (!this.isShown) {
      this.#list.hide();
      this.onCount(0);
    }
    this.#waiting = setTimeout(() => this.#fetch(), SETTLE_MS);
  }

  /** After something was done, by this page or another. */
  refresh() {
    this.layer.refresh();
    this.update();
  }

  async #fetch() {
    const seen = this.#seen();
    if (!seen) return;
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const bbox = seen.map((degrees) => degrees.toFixed(6)).join(",");
    this.#total.setAttribute("aria-busy", "true");
    try {
      /** @type {ViewDocument} */
      const found = await fetchJson(
        `/api/v1/problems/in-view/?bbox=${bbox}&${this.#filter.shown}`,
        { signal },
      );
      this.#fetchedAt = Date.now();
      const centre = { lng: (seen[0] + seen[2]) / 2, lat: (seen[1] + seen[3]) / 2 };
      this.#show(found, this.#person.place ?? centre);
    } catch {
      if (signal.aborted) return;
      this.#say(gettext("The list of problems did not load. Check the connection."), {
        retry: () => this.refresh(),
      });
    }
    this.#total.removeAttribute("aria-busy");
  }

  /**
   * @param {ViewDocument} found
   * @param {Degrees} centre
   */
  #show(found, centre) {
    this.#filter.count(found.states);
    this.#total.textContent = [this.#describe(found.total), this.#describeArchive(found.states)]
      .filter(Boolean)
      .join(", ");
    if (!this.isShown) return;
    this.#list.show(found, centre);
    this.onCount(found.in_view);
  }

  /** @param {number} total */
  #describe(total) {
    if (total)
      return interpolate(ngettext("%(count)s problem", "%(count)s problems", total), {
        count: formatNumber(total),
      });
    return this.isFiltered
      ? gettext("Nothing of this filter. Change or reset it.")
      : gettext("Nobody has reported a problem yet.");
  }

  /** @param {Record<string, number>} states */
  #describeArchive({ archived = 0 }) {
    if (!archived || !this.#filter.leavesArchive) return "";
    return interpolate(
      ngettext("%(count)s more in the archive", "%(count)s more in the archive", archived),
      { count: formatNumber(archived) },
    );
  }

  /** Come back from another page or after a while: what is shown must be as it is now. */
  #followFreshness() {
    addEventListener("pageshow", ({ persisted }) => persisted && this.refresh());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.#fetchedAt > STALE_MS) this.refresh();
    });
  }
}

/**
 * Give a voice to a problem; returns whether it worked, and says what happened.
 *
 * @param {number} number
 * @param {Say} say
 */
export async function joinProblem(number, say) {
  const token = needIn(document, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
  try {
    const response = await fetch(`/problems/${number}/actions/join/`, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    const answer = await response.json();
    say(answer.message ?? answer.detail);
    return response.ok;
  } catch {
    say(gettext("It could not be sent. Check the connection and try again."));
    return false;
  }
}

export function goSignIn() {
  const next = location.pathname + location.search + location.hash;
  location.assign(`/accounts/login/?${new URLSearchParams({ next })}`);
}
