/** Open problems of the same category nearby, and joining one of them instead of reporting again. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { formatDistance } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { NoAnswer, post, Refused } from "./requests.mjs";

/** Sends `found` when what is near has changed. */
export class Similar extends EventTarget {
  #box;
  #config;
  #loginUrl;
  /** @type {AbortController | null} */
  #asked = null;
  #key = "";
  /** @type {SimilarDocument[]} */
  problems = [];

  /**
   * `loginUrl()` leads to signing in and back.
   *
   * @param {HTMLElement} box
   * @param {{ config: ReportConfig, loginUrl: () => string }} tools
   */
  constructor(box, { config, loginUrl }) {
    super();
    this.#box = box;
    this.#config = config;
    this.#loginUrl = loginUrl;
  }

  /**
   * Look around a point (degrees) for a category; the same question is not asked twice.
   *
   * @param {string} category
   * @param {LonLat | null} point
   */
  async look(category, point) {
    const key =
      category && point ? `${category} ${point.lon.toFixed(5)} ${point.lat.toFixed(5)}` : "";
    if (key === this.#key) return;
    this.#key = key;
    this.#asked?.abort();
    if (!key || !point) {
      this.#show([]);
      return;
    }
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const query = new URLSearchParams({
        category,
        lon: String(point.lon),
        lat: String(point.lat),
      });
      /** @type {{ problems: SimilarDocument[] }} */
      const { problems } = await fetchJson(`/api/v1/problems/similar/?${query}`, { signal });
      this.#show(problems);
    } catch {
      if (!signal.aborted) {
        this.#key = "";
        this.#show([]);
      }
    }
  }

  /** @param {SimilarDocument[]} problems */
  #show(problems) {
    this.problems = problems;
    this.#box.hidden = problems.length === 0;
    this.#box.replaceChildren(
      element("h3", {}, gettext("Perhaps it is reported already")),
      element(
        "p",
        { class: "muted" },
        gettext(
          "If it is the same, join: the problem gets a voice more, and you are told of every change.",
        ),
      ),
      element(
        "ul",
        { class: "plain-list" },
        ...problems.map((problem) => element("li", {}, this.#build(problem))),
      ),
    );
    this.dispatchEvent(new Event("found"));
  }

  /** @param {SimilarDocument} problem */
  #build(problem) {
    const about = [
      formatDistance(problem.distance_m),
      problem.address,
      problem.votes
        ? interpolate(ngettext("%(count)s voice", "%(count)s voices", problem.votes), {
            count: problem.votes,
          })
        : "",
    ];
    const card = element(
      "article",
      { class: "similar-card" },
      problem.thumbnail
        ? element("img", {
            class: "similar-picture",
            src: problem.thumbnail,
            alt: "",
            width: 72,
            height: 54,
            loading: "lazy",
          })
        : null,
      element(
        "div",
        { class: "similar-text" },
        element("a", { href: problem.url, target: "_blank", rel: "noopener" }, problem.title),
        element(
          "p",
          { class: "muted" },
          element("span", { class: `state-mark state-${problem.state}`, "aria-hidden": "true" }),
          [problem.state_title, ...about].filter(Boolean).join(" · "),
        ),
        this.#buildAction(problem),
      ),
    );
    return card;
  }

  /** @param {SimilarDocument} problem */
  #buildAction(problem) {
    if (problem.is_own)
      return element("p", { class: "muted" }, gettext("This is your own report."));
    if (problem.is_joined)
      return element(
        "p",
        { class: "similar-joined" },
        icon("circle-check"),
        gettext("You have joined it."),
      );
    if (!this.#config.person.signed_in) {
      return element(
        "a",
        { class: "button button-second", href: this.#loginUrl() },
        icon("log-in"),
        gettext("Sign in and join"),
      );
    }
    /** @type {HTMLButtonElement} */
    const button = element(
      "button",
      { type: "button", class: "button button-second", onclick: () => this.#join(problem, button) },
      icon("user-plus"),
      gettext("It is this one: join"),
    );
    return button;
  }

  /**
   * @param {SimilarDocument} problem
   * @param {HTMLButtonElement} button
   */
  async #join(problem, button) {
    button.disabled = true;
    try {
      await post(`/problems/${problem.number}/actions/join/`, new URLSearchParams());
      button.replaceWith(this.#buildJoined(problem));
    } catch (error) {
      button.disabled = false;
      const words =
        error instanceof NoAnswer
          ? gettext("No connection. Try once more.")
          : error instanceof Refused && error.detail;
      button.parentElement?.querySelector(".field-error")?.remove();
      button.after(element("p", { class: "field-error", role: "alert" }, words || ""));
    }
  }

  /** @param {SimilarDocument} problem */
  #buildJoined(problem) {
    return element(
      "div",
      { class: "similar-joined", role: "status" },
      element(
        "p",
        {},
        icon("circle-check"),
        gettext(
          "You have joined; you will be told of every change. There is no need to report it again.",
        ),
      ),
      element(
        "p",
        {},
        element("a", { class: "button", href: problem.url }, gettext("Open the problem")),
      ),
    );
  }
}
