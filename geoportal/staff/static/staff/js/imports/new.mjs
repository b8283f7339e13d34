/** The page that takes files: chosen or dropped, each sent in pieces, then all of them read. */

import { listIn, need, needIn, readJson } from "../../../interface/js/finding.mjs";
import { gettext, interpolate, ngettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { Sending } from "./sending.mjs";

/** @type {{ language: string, words: Catalogue }} */
const config = readJson("page-config");
useLanguage(config.language, config.words);

const form = need("import-new", HTMLFormElement);
const input = need("id_files", HTMLInputElement);
const drop = need("drop");
// The browser's own button speaks the browser's language; the label says the same in ours.
drop.classList.add("drop-scripted");
const list = need("sending");
const start = need("start", HTMLButtonElement);
const hint = need("start-hint");
const usualHint = hint.textContent;
const token = needIn(form, "input[name=csrfmiddlewaretoken]", HTMLInputElement).value;
/** @type {Set<Sending>} */
const sendings = new Set();

/** @param {Iterable<File>} files */
function take(files) {
  for (const file of files) {
    const one = new Sending(file, {
      endpoint: form.dataset.endpoint ?? "",
      token,
      onChange: count,
      onGone: (gone) => {
        gone.item.remove();
        sendings.delete(gone);
        count();
      },
    });
    sendings.add(one);
    list.append(one.item);
    one.start();
  }
  count();
}

function count() {
  const states = [...sendings].map(({ state }) => state);
  const sending = states.filter((state) => state === "sending" || state === "paused").length;
  start.disabled = sending > 0;
  hint.textContent = sending
    ? interpolate(
        ngettext("One file is on its way.", "%(count)s files are on their way.", sending),
        {
          count: sending,
        },
      )
    : usualHint;
}

// The file itself goes in pieces; the form brings only what it is called.
input.addEventListener("change", () => {
  take(input.files ?? []);
  input.value = "";
});
// Files may be chosen before this script is there.
if (input.files?.length) {
  take(input.files);
  input.value = "";
}

for (const name of ["dragenter", "dragover"])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("drop-over");
  });
for (const name of ["dragleave", "drop"])
  drop.addEventListener(name, () => drop.classList.remove("drop-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files ?? []);
});
// A file that misses the place is not opened in its stead.
for (const name of ["dragover", "drop"])
  window.addEventListener(name, (event) => event.preventDefault());

window.addEventListener("beforeunload", (event) => {
  if ([...sendings].some(({ state }) => state === "sending")) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  if (listIn(form, "[name=uploads]", HTMLInputElement).length) return;
  if (needIn(form, "[name=address]", HTMLInputElement).value.trim()) return;
  event.preventDefault();
  hint.textContent = gettext("Choose a file first, or write an address.");
  input.focus();
});

// What is written of a layer chooses it.
for (const [part, value] of [
  ["layer", "layer"],
  ["slug", "new"],
])
  needIn(form, `[name=${part}]`).addEventListener("input", () => {
    needIn(form, `[name=into][value=${value}]`, HTMLInputElement).checked = true;
  });
