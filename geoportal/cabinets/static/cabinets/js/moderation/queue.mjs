/** The queue of moderation by keyboard: reports one after another, decisions without a page between. */

import { gettext } from "../../../interface/js/i18n.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { Refused, send, sendForm } from "../work/actions.mjs";
import { DoneBar } from "../work/done_bar.mjs";
import { listenKeys, openHelp } from "../work/keys.mjs";
import { readJson, startMap } from "../work/page.mjs";

const list = document.getElementById("reports");
const preview = document.getElementById("preview");
const dialog = document.getElementById("reject-dialog");
const flagsDialog = document.getElementById("flags-dialog");
const prepared = readJson("prepared");
const bar = new DoneBar(() => renew());
let chosen = null;
// What the open dialog is about: answers that come meanwhile may choose another report.
let asked = null;
let loading = null;

const map = startMap(readJson("pins"), {
  onChoose: (number) => choose(find(number), { scroll: true, focus: true }),
});

function reports() {
  return [...list.querySelectorAll(".report")];
}

function find(number) {
  return document.getElementById(`report-${number}`);
}

/** Mark a report, show it on the map, and tell where it goes. */
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
    const [piece, places] = await Promise.all([
      fetch(report.dataset.preview, { signal, headers: { Accept: "text/html" } }).then((answer) =>
        answer.ok ? answer.text() : "",
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

function step(by) {
  const all = reports();
  if (!all.length) return;
  const place = all.indexOf(chosen);
  choose(all[Math.min(Math.max(place + by, 0), all.length - 1)], { scroll: true, focus: true });
}

/** The decision is made: the report leaves the list; the next one is chosen, unless one was already. */
function leave(report, words) {
  const all = reports();
  const next = all[all.indexOf(report) + 1] ?? all[all.indexOf(report) - 1];
  const title = report.querySelector(".report-title").textContent.trim();
  bar.show(`№ ${report.dataset.number} «${title}». ${words}`, `${report.dataset.url}undo/`);
  report.closest("li").remove();
  count(-1);
  document.getElementById("queue-empty").hidden = reports().length > 0;
  if (next && chosen === report) choose(next, { scroll: true, focus: true });
  else if (!next) preview.replaceChildren();
}

function count(by) {
  const badge = document.querySelector("[data-count=moderation]");
  badge.textContent = String(Math.max(0, Number(badge.textContent) + by));
}

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
  document.querySelector(".work-tabs").replaceWith(page.querySelector(".work-tabs"));
  document.getElementById("queue-empty").hidden = reports().length > 0;
  (await map)?.show(JSON.parse(page.getElementById("pins").textContent));
  choose(find(number) ?? reports()[0]);
}

function publish(report) {
  const form = report?.querySelector("form[data-action=publish]");
  if (form) decide(report, () => sendForm(form));
}

/** Everyone would read what is flagged: publish it only after a yes that no key gives by itself. */
function askTwice(report, error) {
  if (document.querySelector("dialog[open]")) {
    bar.refuse(error);
    return;
  }
  choose(report);
  asked = report;
  document.getElementById("flags-whose").textContent = report
    .querySelector(".report-title")
    .textContent.trim();
  document.getElementById("flags-words").textContent = error.message;
  document.getElementById("flags-open").href = report.dataset.url;
  flagsDialog.returnValue = "";
  flagsDialog.showModal();
}

flagsDialog.addEventListener("close", () => {
  const report = asked;
  const form = report?.querySelector("form[data-action=publish]");
  if (flagsDialog.returnValue !== "yes" || !form) return;
  const fields = new FormData(form);
  fields.set("flags_confirmed", "1");
  decide(report, () => send(form.action, fields));
});

/** Ask for the reason; a digit is enough, the words are prepared in the author's language. */
function askReason(report) {
  if (!report) return;
  choose(report);
  asked = report;
  const words = prepared[report.dataset.language] ?? prepared.uk;
  for (const node of dialog.querySelectorAll("[data-words]"))
    node.textContent = words[node.dataset.words];
  document.getElementById("reject-whose").textContent = report
    .querySelector(".report-title")
    .textContent.trim();
  document.getElementById("reject-own").href = `${report.dataset.url}#reject`;
  dialog.returnValue = "";
  dialog.showModal();
}

dialog.addEventListener("keydown", (event) => {
  const button = [...dialog.querySelectorAll("button.reason")].find(
    (each) => each.querySelector("kbd").textContent === event.key,
  );
  if (button) button.click();
});

dialog.addEventListener("close", () => {
  const reason = dialog.returnValue;
  const report = asked;
  if (!reason || !report) return;
  const words = (prepared[report.dataset.language] ?? prepared.uk)[reason];
  const url = `/problems/${report.dataset.number}/actions/reject/`;
  decide(report, () => send(url, { reason, words, expected_version: report.dataset.version }));
});

list.addEventListener("submit", (event) => {
  if (event.target.dataset.action !== "publish") return;
  event.preventDefault();
  publish(event.target.closest(".report"));
});

list.addEventListener("click", (event) => {
  const report = event.target.closest(".report");
  if (!report) return;
  if (event.target.closest("[data-action=reject]") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    askReason(report);
  } else if (!event.target.closest("a, button")) choose(report);
});

list.addEventListener("focusin", (event) => {
  const report = event.target.closest(".report");
  if (report && report !== chosen) choose(report);
});

preview.addEventListener("submit", (event) => {
  if (event.target.dataset.action !== "merge") return;
  event.preventDefault();
  const form = event.target;
  decide(chosen, () => sendForm(form));
});

function openPart(part) {
  if (chosen) location.assign(`${chosen.dataset.url}#${part}`);
}

function goToNear() {
  const near = preview.querySelector("#near");
  near?.scrollIntoView({ block: "nearest" });
  (near?.querySelector("button, a") ?? near)?.focus();
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
