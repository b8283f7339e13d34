/** What was begun before and not sent: a list to go on from, and the note in a form that goes on. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { findIn } from "../../../interface/js/finding.mjs";
import { formatTime } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { buildActions, emptyBox, fillBox } from "./boxes.mjs";
import { dropDraft, keepDraft } from "./draft_storage.mjs";

/**
 * `drafts` of one person, the last one first; `forget(id)` throws the photos of one away, when
 * nobody can take that back any more.
 *
 * @param {HTMLElement} box
 * @param {{ form: ReportForm, drafts: KeptDraft[], forget: (id: string) => void }} tools
 */
export function showDrafts(box, { form, drafts, forget }) {
  if (!drafts.length) return emptyBox(box);
  const list = element("ul", { class: "plain-list draft-list" });
  for (const kept of drafts) list.append(buildRow(form, kept, forget));
  const words = ngettext(
    "You have %(count)s unfinished report.",
    "You have %(count)s unfinished reports.",
    drafts.length,
  );
  fillBox(
    box,
    "file-clock",
    element("p", { class: "notice-lead" }, interpolate(words, { count: drafts.length })),
    element("p", {}, gettext("Go on, or begin a new one below.")),
    list,
  );
}

/**
 * @param {ReportForm} form
 * @param {KeptDraft} kept
 * @param {(id: string) => void} forget
 */
function buildRow(form, kept, forget) {
  const row = element("li", { class: "draft-row" });
  const { title, about } = describe(form, kept);
  const leaving = () => forget(kept.id);
  const show = () => {
    removeEventListener("pagehide", leaving);
    row.replaceChildren(
      element(
        "p",
        { class: "draft-about" },
        element("strong", {}, title),
        element("span", { class: "muted" }, about),
      ),
      buildActions(
        element(
          "a",
          {
            class: "button button-second",
            href: `?draft=${encodeURIComponent(kept.id)}#step-${kept.step}`,
            "aria-label": interpolate(gettext("Go on with “%(title)s”"), { title }),
          },
          gettext("Go on"),
        ),
        element(
          "button",
          {
            type: "button",
            class: "button-quiet",
            "aria-label": interpolate(gettext("Delete the draft “%(title)s”"), { title }),
            onclick: remove,
          },
          icon("trash-2"),
          gettext("Delete"),
        ),
      ),
    );
  };
  const remove = () => {
    dropDraft(kept);
    addEventListener("pagehide", leaving);
    const back = element(
      "button",
      {
        type: "button",
        class: "button-quiet",
        onclick: () => {
          keepDraft(kept);
          show();
          findIn(row, "a")?.focus();
        },
      },
      icon("rotate-ccw"),
      gettext("Bring it back"),
    );
    row.replaceChildren(
      element("p", { class: "draft-about" }, gettext("The draft is deleted.")),
      buildActions(back),
    );
    back.focus();
  };
  show();
  return row;
}

/**
 * What a person knows it by: its title or category; address, photos and time.
 *
 * @param {ReportForm} form
 * @param {KeptDraft} kept
 */
function describe(form, { fields, photos, savedAt }) {
  const said = new Map(fields);
  const radio = findIn(form, `input[name=category][value="${said.get("category")}"]`);
  /** @type {HTMLElement | null | undefined} */
  const leaf = radio?.closest(".leaf");
  const title = said.get("title")?.trim() || leaf?.dataset.title || gettext("Without a title");
  const parts = [
    said.get("address") ?? "",
    photos
      ? interpolate(ngettext("%(count)s photo", "%(count)s photos", photos), { count: photos })
      : "",
    formatTime(new Date(savedAt).toISOString()),
  ];
  return { title, about: parts.filter(Boolean).join(" · ") };
}

/**
 * On every step: this is no new report. `again()` begins one.
 *
 * @param {HTMLElement} box
 * @param {{ form: ReportForm, kept: KeptDraft, again: () => void }} tools
 */
export function showResumed(box, { form, kept, again }) {
  const { title, about } = describe(form, kept);
  fillBox(
    box,
    "file-clock",
    element(
      "p",
      {},
      element("strong", {}, gettext("You go on with what you began:")),
      ` ${title} · ${about}`,
    ),
    buildActions(
      element(
        "button",
        {
          type: "button",
          class: "button-quiet",
          id: "draft-go-on",
          onclick: () => emptyBox(box),
        },
        icon("check"),
        gettext("Go on"),
      ),
      element(
        "button",
        { type: "button", class: "button-quiet", id: "draft-again", onclick: again },
        icon("file-plus"),
        gettext("Begin anew"),
      ),
    ),
  );
}
