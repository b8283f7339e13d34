/** Puts the form of a report together: steps, map, draft, photos, sending. */

import { element, icon } from "../../../interface/js/elements.mjs";
import {
  findAround,
  listIn,
  needIn,
  need as part,
  readJson,
} from "../../../interface/js/finding.mjs";
import { gettext, useLanguage } from "../../../interface/js/i18n.mjs";
import { createMessages } from "../../../interface/js/messages.mjs";
import { AddressSearch } from "./address_search.mjs";
import { Bar } from "./bar.mjs";
import { buildActions } from "./boxes.mjs";
import { findChosen, setUpCategories } from "./categories.mjs";
import { checkStep, findStep, showErrors } from "./checks.mjs";
import { Draft } from "./draft.mjs";
import { showDrafts, showResumed } from "./draft_list.mjs";
import { findOwner } from "./draft_owners.mjs";
import { findOpen, isBegun } from "./draft_storage.mjs";
import { Media } from "./media.mjs";
import { setUpNotices } from "./notices.mjs";
import { PlaceOffer } from "./offers.mjs";
import { readPlace } from "./photo_place.mjs";
import { PhotoStore } from "./photo_store.mjs";
import { Place } from "./place.mjs";
import { sayOutside } from "./place_note.mjs";
import { buildPreview } from "./preview.mjs";
import { setUpMap } from "./report_map.mjs";
import { Refused } from "./requests.mjs";
import { FilesRefused, Sending } from "./sending.mjs";
import { Similar } from "./similar.mjs";
import { STEPS, Steps } from "./steps.mjs";
import { Texts } from "./texts.mjs";

/** @type {ReportConfig} */
const config = readJson("report-config");
useLanguage(config.language, config.words);

const form = /** @type {ReportForm} */ (part("report", HTMLFormElement));
const page = part("report-page");
const query = new URLSearchParams(location.search);
const say = createMessages(part("messages"));

form.append(element("input", { type: "hidden", name: "address_filled" }));
const draft = new Draft(form, { step: () => steps.current, photos: () => media.items.length });
// A new report unless this very draft was asked for: what was begun elsewhere never takes it over.
const kept = "filled" in form.dataset ? null : draft.find(query.get("draft") ?? findOpen());
/** @type {[string, string][]} */
const given = ["lon", "lat", "address", "category"].map((name) => [name, query.get(name) ?? ""]);
if (kept) draft.restore(kept);
draft.open();
if (query.has("lon")) draft.fill(given.filter(([name, value]) => value || name === "address"));
// Said once: after a reload the draft knows better.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);

const place = new Place(form, () => findChosen(form)?.code ?? "");
const texts = new Texts(form, part, (step) => steps.go(step));
const store = new PhotoStore(findOwner(form));
const media = new Media(part, { config, store, draft: () => draft.id });
const similar = new Similar(part("similar"), {
  config,
  loginUrl: () => buildLoginUrl("/accounts/login/"),
});
const sending = new Sending(form, place, media);
const checked = { form, place, limits: config.limits };

/**
 * How far one may go: to the first step in which something is missing.
 *
 * @param {string | null} from
 * @param {string} to
 */
function allow(from, to) {
  for (const step of STEPS.slice(0, STEPS.indexOf(to))) {
    const wrong = checkStep(step, checked);
    if (wrong.size === 0) continue;
    if (from !== null) setTimeout(() => showErrors(part(`step-${step}`), wrong, { focus: true }));
    return step;
  }
  return to;
}

const steps = new Steps(page, (from, to) => allow(isStarting ? null : from, to));
let isStarting = true;
const bar = new Bar(part, { steps, place, similar, sending, config });

/** @param {string} path */
function buildLoginUrl(path) {
  return `${path}?next=${encodeURIComponent(`/problems/new/?draft=${draft.id}`)}`;
}

function touch() {
  draft.touch();
  sending.stop();
}

const categories = setUpCategories(form, part);
form.addEventListener("input", (event) => {
  touch();
  const step = findAround(event, ".step");
  if (step && findAround(event, "[aria-invalid]")) showErrors(step, new Map());
});
form.addEventListener("change", (event) => {
  touch();
  if (findAround(event, "[name=category]")) {
    showErrors(part("step-category"), new Map());
    place.ask({ named: true });
    bar.update();
  }
  if (steps.current === "check") showPreview();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (steps.current === "check") bar.press();
  else steps.forward();
});
addEventListener("pagehide", () => draft.save());

place.addEventListener("point", touch);
place.addEventListener("name", touch);
place.addEventListener("answer", () => {
  if (place.answer.state === "inside") showErrors(part("step-place"), new Map());
  if (place.answer.state === "outside" && steps.place > STEPS.indexOf("place")) say(sayOutside());
  look();
});
media.addEventListener("change", () => {
  draft.touch();
  if (steps.current === "check") showPreview();
});
texts.addEventListener("checked", () => {
  if (steps.current === "check") showPreview();
});

function look() {
  const { state } = place.answer;
  if (state === "inside") similar.look(findChosen(form)?.code ?? "", place.point);
  else if (state === "outside" || state === "none") similar.look("", null);
}

const offer = new PlaceOffer([part("place-offer"), part("media-offer")], place, () => {
  say(gettext("The point is where the photo was taken."));
});
media.addEventListener("taken", (event) =>
  offer.show(/** @type {CustomEvent<LonLat>} */ (event).detail),
);
part("place-ways").hidden = false;
const placePhoto = part("place-photo", HTMLInputElement);
part("place-from-photo").addEventListener("click", () => placePhoto.click());
placePhoto.addEventListener("change", async () => {
  const [file] = placePhoto.files ?? [];
  placePhoto.value = "";
  if (!file) return;
  if (!/^image\/(jpeg|png|webp|gif)$/.test(file.type)) {
    // Only the portal can read where it was taken.
    await media.add([file]);
    return;
  }
  const taken = await readPlace(file);
  // It is attached when it has shown the place; one that was only tried is not.
  if (taken) offer.show(taken, () => media.add([file]));
  else offer.showNothing();
});
new AddressSearch(
  part,
  ({ lon, lat, title }) => place.set(lon, lat, { address: title, by: "list" }),
  () => {
    const chosen = place.point;
    return chosen && [chosen.lon, chosen.lat];
  },
);

function showPreview() {
  const box = part("preview");
  box.hidden = false;
  box.replaceChildren(
    buildPreview({
      form,
      place,
      media,
      texts,
      person: config.person,
      edit: (step) => steps.go(step),
    }),
  );
  part("name-option").hidden = form.elements.on_behalf?.checked ?? false;
}

function showBeforeSend() {
  const { signed_in: signedIn, confirmed } = config.person;
  const box = part("before-send");
  box.hidden = signedIn && confirmed;
  if (!signedIn) {
    box.replaceChildren(
      buildNotice(
        "log-in",
        gettext("One thing is left: say who you are"),
        gettext(
          "Sign in or sign up to send the report. Everything you have filled in is kept, photos too.",
        ),
        element(
          "a",
          { class: "button", href: buildLoginUrl("/accounts/login/") },
          gettext("Sign in"),
        ),
        element(
          "a",
          { class: "button button-second", href: buildLoginUrl("/accounts/signup/") },
          gettext("Sign up"),
        ),
      ),
    );
  } else if (!confirmed) {
    box.replaceChildren(
      buildNotice(
        "clock",
        gettext("Your e-mail is not confirmed yet"),
        gettext(
          "You can send the report now. It waits until you follow the link in our letter, and then goes to the moderators.",
        ),
      ),
    );
  }
}

/**
 * @param {string} mark
 * @param {string} lead
 * @param {string} words
 * @param {...HTMLElement} actions
 */
function buildNotice(mark, lead, words, ...actions) {
  return element(
    "div",
    { class: "notice" },
    icon(mark),
    element(
      "div",
      {},
      element("p", { class: "notice-lead" }, lead),
      element("p", {}, words),
      actions.length ? buildActions(...actions) : null,
    ),
  );
}

const notices = setUpNotices(part);
steps.addEventListener("step", () => {
  draft.touch();
  if (steps.place > 0) notices.read();
  if (steps.current === "check") {
    texts.check();
    showPreview();
    showBeforeSend();
  }
  if (steps.current === "words") look();
});

bar.addEventListener("send", () => {
  if (!config.person.signed_in) {
    draft.save();
    location.assign(buildLoginUrl("/accounts/login/"));
    return;
  }
  const step = allow(steps.current, "check");
  if (step === "check") sending.send();
  else steps.go(step);
});
sending.addEventListener("sent", async (event) => {
  const { detail } = /** @type {CustomEvent<{ sent_url: string }>} */ (event);
  draft.forget();
  await store.forget(draft.id);
  location.replace(detail.sent_url);
});
sending.addEventListener("refused", (event) => {
  const { detail: error } = /** @type {CustomEvent<Error>} */ (event);
  const wrong = new Map(error instanceof Refused ? Object.entries(listErrors(error)) : []);
  const [first] = wrong.keys();
  const step = error instanceof FilesRefused ? "media" : first ? findStep(first) : null;
  tellFailure(error.message);
  if (!step) return;
  steps.go(step);
  showErrors(part(`step-${step}`), wrong, { focus: true });
});

/**
 * By field; errors of answers stand by their fields' names.
 *
 * @param {Refused} error
 * @returns {Record<string, string>}
 */
function listErrors({ type, detail, errors: { answers, attachments, ...errors } }) {
  const prefix = `answer-${findChosen(form)?.code}-`;
  const named = Object.entries(typeof answers === "object" ? answers : {}).map(([code, words]) => [
    prefix + code,
    words,
  ]);
  return {
    .../** @type {Record<string, string>} */ (errors),
    ...Object.fromEntries(named),
    ...(attachments ? { files: attachments } : {}),
    ...(type === "urn:geoportal:outside-community" ? { place: detail } : {}),
  };
}

/** @param {string} words */
function tellFailure(words) {
  const box = part("script-error");
  box.hidden = !words;
  part("script-error-text").textContent = words;
  if (words) box.scrollIntoView({ block: "nearest" });
}
sending.addEventListener("state", () => tellFailure(""));

function beginAgain() {
  draft.save();
  location.assign(location.pathname);
}
for (const link of listIn(document, "#header-login", HTMLAnchorElement)) {
  link.addEventListener("click", () => {
    draft.save();
    link.href = buildLoginUrl("/accounts/login/");
  });
}
for (const switcher of listIn(document, ".language", HTMLFormElement)) {
  switcher.addEventListener("submit", () => {
    draft.save();
    needIn(switcher, "[name=next]", HTMLInputElement).value =
      `${location.pathname}?draft=${encodeURIComponent(draft.id)}${location.hash}`;
  });
}

page.dataset.mode = "steps";
needIn(document, "#step-place .more", HTMLDetailsElement).open = false;
categories.revealChosen();
if (kept && isBegun(kept)) showResumed(part("draft-note"), { form, kept, again: beginAgain });
else if (!("filled" in form.dataset)) {
  const forget = (/** @type {string} */ id) => store.forget(id);
  showDrafts(part("drafts"), { form, drafts: draft.listOthers(), forget });
}
await store.start();
await media.restore();
steps.begin(
  query.has("draft") && (kept?.id === query.get("draft") || !kept) ? "check" : (kept?.step ?? null),
);
isStarting = false;
if (place.point) place.ask({ named: Boolean(place.address) });
setUpMap({ config, place, steps, say, part, query });
