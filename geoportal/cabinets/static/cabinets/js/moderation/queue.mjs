/** The queue of moderation by keyboard: reports one after another, decisions without a page between. */

import {
  findAround,
  findIn,
  listIn,
  need,
  needIn,
  readJson,
} from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { Refused, send, sendForm } from "../work/actions.mjs";
import { DoneBar } from "../work/done_bar.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";
import { startMap } from "../work/page.mjs";

const list = need("reports");
const preview = need("preview");
const dialog = need("reject-dialog", HTMLDialogElement);
const flagsDialog = need("flags-dialog", HTMLDialogElement);
/**
 * Reasons with their words, by the author's language.
 *
 * @type {Record<string, Record<string, string>>}
 */
const prepared = readJson("prepared");
/** @type {WorkPlace[]} */
const pins = readJson("pins");
const bar = new DoneBar(() => renew());
/** @type {HTMLElement | null} */
let chosen = null;
/**
 * What the open dialog is about: answers that come meanwhile may choose another report.
 *
 * @type {HTMLElement | null}
 */
let asked = null;
/** @type {AbortController | null} */
let loading = null;

const map = startMap(pins, {
  onChoose: (number) => choose(find(number), { scroll: true, focus: true }),
});

function reports() {
  return listIn(list, ".report");
}

/** @param {number | string | undefined} number */
function find(number) {
  return document.getElementById(`report-${number}`);
}

/**
 * Mark a report, show it on the map, and tell where it goes.
 *
 * @param {HTMLElement | null | undefined} report
 */
async function choose(report, { scroll = false, focus = false } = {}) {
  if (!report) return;
  chosen?.classList.remove("is-chosen");
  chosen = report;
  report.classList.add("is-chosen");
  if (focus) report.focus({ preventScroll: true });
  if (scroll) report.scrollIntoView({ block: "nearest" });
  const number = Number(report.dataset.number);
  loading?.abort();
  loading = new AbortController();
  const { signal } = loading;
  map.then((started) => started?.choose(number));
  try {
    /** @type {[string, GeoJSON.FeatureCollection<GeoJSON.Geometry, WorkProperties>]} */
    const [piece, places] = await Promise.all([
      fetch(report.dataset.preview ?? "", { signal, headers: { Accept: "text/html" } }).then(
        (answer) => (answer.ok ? answer.text() : ""),
      ),
      fetchJson(`${report.dataset.url}places.geojson`, { signal }),
    ]);
    if (signal.aborted) return;
    preview.replaceChildren(...new DOMParser().parseFromString(piece, "text/html").body.childNodes);
    (await map)?.outline(places.features);
  } catch {
    // Another report was chosen meanwhile, or the connection is gone: the list works on.
  }
}

/** @param {number} by */
function step(by) {
  const all = reports();
  if (!all.length) return;
  const place = chosen ? all.indexOf(chosen) : -1;
  choose(all[Math.min(Math.max(place + by, 0), all.length - 1)], { scroll: true, focus: true });
}

/** @param {HTMLElement} report */
function titleOf(report) {
  return needIn(report, ".report-title").textContent.trim();
}

/** @param {HTMLElement} report */
function findForm(report) {
  return findIn(report, "form[data-action=publish]", HTMLFormElement);
}

/**
 * The decision is made: the report leaves the list; the next one is chosen, unless one was already.
 *
 * @param {HTMLElement} report
 * @param {string} words
 */
function leave(report, words) {
  const all = reports();
  const next = all[all.indexOf(report) + 1] ?? all[all.indexOf(report) - 1];
  bar.show(
    `№ ${report.dataset.number} «${titleOf(report)}». ${words}`,
    `${report.dataset.url}undo/`,
  );
  report.closest("li")?.remove();
  count(-1);
  need("queue-empty").hidden = reports().length > 0;
  if (next && chosen === report) choose(next, { scroll: true, focus: true });
  else if (!next) preview.replaceChildren();
}

/** @param {number} by */
function count(by) {
  const badge = needIn(document, "[data-count=moderation]");
  badge.textContent = String(Math.max(0, Number(badge.textContent) + by));
}

/**
 * @param {HTMLElement | null} report
 * @param {() => Promise<ActionAnswer>} sending
 */
async function decide(report, sending) {
  if (!report || report.getAttribute("aria-busy") === "true") return;
  report.setAttribute("aria-busy", "true");
  try {
    const answer = await sending();
    leave(report, answer.message);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await explainRefusal(report, error);
  } finally {
    report.removeAttribute("aria-busy");
  }
}

/**
 * Near a border the whole page asks; what is flagged needs a second yes; a report that changed
 * meanwhile is shown anew.
 *
 * @param {HTMLElement} report
 * @param {Refused} error
 */
async function explainRefusal(report, error) {
  if (error.document.type === "urn:geoportal:flagged-text") {
    askTwice(report, error);
    return;
  }
  if (error.document.type === "urn:geoportal:border-not-confirmed") {
    location.assign(`${report.dataset.url}#publish`);
    return;
  }
  if (error.status === 412 || error.status === 409 || error.status === 404) {
    await renew();
    const fresh = find(report.dataset.number);
    if (fresh) {
      choose(fresh, { scroll: true, focus: true });
      if (error.status === 412) {
        bar.refuse(
          new Refused(412, {
            detail: gettext(
              "The report changed while you were reading: this is how it stands now. Nothing was decided.",
            ),
          }),
        );
        return;
      }
    }
  }
  bar.refuse(error);
}

/** Read the list again, keeping the place in it. */
async function renew() {
  const answer = await fetch(location.pathname + location.search.replace(/([?&])done=\d+/, "$1"), {
    headers: { Accept: "text/html" },
  });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const number = chosen?.dataset.number;
  list.replaceChildren(...page.querySelectorAll("#reports > li"));
  needIn(document, ".work-tabs").replaceWith(needIn(page, ".work-tabs"));
  need("queue-empty").hidden = reports().length > 0;
  (await map)?.show(JSON.parse(needIn(page, "#pins").textContent));
  choose(find(number) ?? reports()[0]);
}

/** @param {HTMLElement | null} report */
function publish(report) {
  const form = report && findForm(report);
  if (form) decide(report, () => sendForm(form));
}

/**
 * Everyone would read what is flagged: publish it only after a yes that no key gives by itself.
 *
 * @param {HTMLElement} report
 * @param {Refused} error
 */
function askTwice(report, error) {
  if (document.querySelector("dialog[open]")) {
    bar.refuse(error);
    return;
  }
  choose(report);
  asked = report;
  need("flags-whose").textContent = titleOf(report);
  need("flags-words").textContent = error.message;
  need("flags-open", HTMLAnchorElement).href = report.dataset.url ?? "";
  flagsDialog.returnValue = "";
  flagsDialog.showModal();
}

flagsDialog.addEventListener("close", () => {
  const report = asked;
  const form = report && findForm(report);
  if (flagsDialog.returnValue !== "yes" || !form) return;
  const fields = new FormData(form);
  fields.set("flags_confirmed", "1");
  decide(report, () => send(form.action, fields));
});

/** @param {HTMLElement} report */
function wordsFor(report) {
  return prepared[report.dataset.language ?? "uk"] ?? prepared.uk;
}

/**
 * Ask for the reason; a digit is enough, the words are prepared in the author's language.
 *
 * @param {HTMLElement | null} report
 */
function askReason(report) {
  if (!report) return;
  choose(report);
  asked = report;
  const words = wordsFor(report);
  for (const node of listIn(dialog, "[data-words]"))
    node.textContent = words[node.dataset.words ?? ""];
  need("reject-whose").textContent = titleOf(report);
  need("reject-own", HTMLAnchorElement).href = `${report.dataset.url}#reject`;
  dialog.returnValue = "";
  dialog.showModal();
}

dialog.addEventListener("keydown", (event) => {
  const button = listIn(dialog, "button.reason").find(
    (each) => needIn(each, "kbd").textContent === event.key,
  );
  if (button) button.click();
});

dialog.addEventListener("close", () => {
  const reason = dialog.returnValue;
  const report = asked;
  if (!reason || !report) return;
  const words = wordsFor(report)[reason];
  const url = `/problems/${report.dataset.number}/actions/reject/`;
  decide(report, () =>
    send(url, { reason, words, expected_version: report.dataset.version ?? "" }),
  );
});

list.addEventListener("submit", (event) => {
  const form = findAround(event, "form");
  if (form?.dataset.action !== "publish") return;
  event.preventDefault();
  publish(findAround(event, ".report"));
});

list.addEventListener("click", (event) => {
  const report = findAround(event, ".report");
  if (!report) return;
  if (findAround(event, "[data-action=reject]") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    askReason(report);
  } else if (!findAround(event, "a, button")) choose(report);
});

list.addEventListener("focusin", (event) => {
  const report = findAround(event, ".report");
  if (report && report !== chosen) choose(report);
});

preview.addEventListener("submit", (event) => {
  const form = findAround(event, "form", HTMLFormElement);
  if (form?.dataset.action !== "merge") return;
  event.preventDefault();
  decide(chosen, () => sendForm(form));
});

/** @param {string} part */
function openPart(part) {
  if (chosen) location.assign(`${chosen.dataset.url}#${part}`);
}

function goToNear() {
  const near = findIn(preview, "#near");
  near?.scrollIntoView({ block: "nearest" });
  ((near && findIn(near, "button, a")) ?? near)?.focus();
}

listenKeys([
  { keys: ["j"], words: gettext("next report"), run: () => step(1) },
  { keys: ["k"], words: gettext("previous report"), run: () => step(-1) },
  { keys: ["p"], words: gettext("publish"), run: () => publish(chosen) },
  {
    keys: ["r"],
    words: gettext("do not publish; then a digit from 1 to 6: the reason"),
    run: () => askReason(chosen),
  },
  { keys: ["e"], words: gettext("correct the text"), run: () => openPart("edit") },
  { keys: ["m"], words: gettext("move the pin"), run: () => openPart("move") },
  { keys: ["d"], words: gettext("go to what is near"), run: goToNear },
  { keys: ["o"], words: gettext("open the report"), run: () => openPart("") },
  { keys: ["u"], words: gettext("undo the last decision"), run: () => bar.undo() },
  { keys: ["?"], words: gettext("show the keys"), run: openHelp },
]);

choose(reports()[0]);
