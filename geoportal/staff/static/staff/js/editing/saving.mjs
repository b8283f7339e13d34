/** Sends what was edited as one changeset; shows what others changed meanwhile, to choose from. */

import { element } from "../../../interface/js/elements.mjs";
import { listIn, need } from "../../../interface/js/finding.mjs";
import { formatNumber } from "../../../interface/js/format.mjs";
import { gettext, interpolate, ngettext } from "../../../interface/js/i18n.mjs";
import { post, Refused } from "../sending.mjs";
import { nameFeature, writeValue } from "./panel.mjs";

/**
 * @typedef {import("./model.mjs").Conflict} Conflict
 * @typedef {import("./model.mjs").EditedFeature} EditedFeature
 * @typedef {import("./model.mjs").EditModel} EditModel
 * @typedef {{ kind: string, ids: string[], place: [number, number], area_m2: number }} CoverageFault
 * @typedef {{ id: string, geometry?: string, place?: [number, number], fields?: Record<string, string>, key?: string }} EditFault
 * @typedef {ProblemDetails & {
 *   conflicts?: Conflict[],
 *   coverage?: CoverageFault[],
 *   errors?: Record<string, EditFault>,
 * }} EditRefusal
 *
 * `size_m`: how large what is at the place is.
 * @typedef {{
 *   words: string,
 *   place: [number, number] | null,
 *   size_m: number,
 *   keys: string[],
 *   control: string,
 *   insist: boolean,
 * }} Said
 */

/**
 * @param {EditorConfig} config
 * @param {EditModel} model
 * @param {{ comment: string, keepsCoverage: boolean }} how
 */
export async function sendEdits(config, model, { comment, keepsCoverage }) {
  /** @type {{ features: EditedFeature[], changeset: { id: number } }} */
  const saved = await post(config.edits, {
    ...model.buildEdits(),
    comment,
    keeps_coverage: keepsCoverage,
  });
  model.accept(saved.features.map((feature) => ({ ...feature, internal: feature.internal ?? {} })));
  return saved;
}

/**
 * What a refusal says, where, and of which features.
 *
 * @param {unknown} error
 * @param {EditModel} model
 * @param {EditorConfig} config
 * @returns {Said}
 */
export function readRefusal(error, model, config) {
  /** @type {Said} */
  const said = { words: "", place: null, size_m: 0, keys: [], control: "", insist: false };
  if (!(error instanceof Refused)) throw error;
  const refusal = /** @type {EditRefusal} */ (error.document);
  if (refusal.coverage?.length) return readCoverage(refusal.coverage, model, config, said);
  const faults = Object.entries(refusal.errors ?? {});
  if (
    faults.length &&
    faults.every(([, fault]) => typeof fault === "object" && !Array.isArray(fault))
  )
    return readFaults(faults, model, config, said);
  said.words =
    refusal.detail ??
    gettext("The portal does not answer. Nothing was saved, and all that you did is still here.");
  return said;
}

/**
 * @param {CoverageFault[]} coverage
 * @param {EditModel} model
 * @param {EditorConfig} config
 * @param {Said} said
 */
function readCoverage(coverage, model, config, said) {
  const [first] = coverage;
  const names = first.ids.map((key) => {
    const feature = model.find(key);
    return feature ? nameFeature(feature, config.title_field) : key;
  });
  const area = formatNumber(Math.round(first.area_m2 * 10) / 10);
  const words =
    first.kind === "gap"
      ? gettext("A gap of %(area)s m² would open between areas.")
      : gettext("“%(first)s” and “%(second)s” would overlap by %(area)s m².");
  const told = interpolate(words, { area, first: names[0] ?? "", second: names[1] ?? "" });
  const more = ngettext(
    "There is %(count)s such place.",
    "There are %(count)s such places.",
    coverage.length,
  );
  const counted = interpolate(more, { count: coverage.length });
  return {
    ...said,
    words: `${told} ${counted}`,
    place: first.place,
    size_m: Math.sqrt(first.area_m2),
    keys: first.ids,
    insist: true,
  };
}

/**
 * Places in the request are told; what they mean here is known by the order of what was sent.
 *
 * @param {[string, EditFault][]} faults
 * @param {EditModel} model
 * @param {EditorConfig} config
 * @param {Said} said
 */
function readFaults(faults, model, config, said) {
  const edited = /** @type {Record<string, string[]>} */ (model.listEdited());
  const told = faults.map(([at, fault]) => {
    const [list, number] = at.split(".");
    const key = edited[list]?.[Number(number)] ?? fault.id;
    const feature = model.find(key);
    const fields = Object.values(fault.fields ?? {});
    const reason = fault.geometry ?? fault.key ?? fields.join(" ");
    const [name] = Object.keys(fault.fields ?? {});
    const control = config.fields.find((field) => field.name === name)?.control ?? "";
    const title = feature ? nameFeature(feature, config.title_field) : key;
    return { key, control, place: fault.place ?? null, words: sayOf(title, reason) };
  });
  return {
    ...said,
    words: told.map(({ words }) => words).join("\n"),
    place: told.find(({ place }) => place)?.place ?? null,
    keys: told.map(({ key }) => key),
    control: told[0].control,
  };
}

/**
 * Of each conflict mine and theirs beside each other; `settle` is called when all is chosen.
 *
 * @param {Conflict[]} conflicts
 * @param {EditModel} model
 * @param {EditorConfig} config
 * @param {(choices: Map<string, "mine" | "theirs">) => void} settle
 */
export function showConflicts(conflicts, model, config, settle) {
  const box = need("edit-conflicts");
  box.hidden = !conflicts.length;
  if (!conflicts.length) return box.replaceChildren();
  const heading = element("h2", { tabindex: "-1" }, gettext("Changed by somebody else meanwhile"));
  box.replaceChildren(
    heading,
    element(
      "p",
      {},
      gettext(
        "Nothing was saved and nothing is lost. On the map yours is blue, theirs dashed. Choose what shall stand; what only one of you changed is kept from both.",
      ),
    ),
    ...conflicts.map((conflict) => buildConflict(conflict, model, config)),
    element(
      "button",
      { type: "button", class: "button", onclick: () => settle(readChoices(box)) },
      gettext("Go on with this"),
    ),
  );
  heading.focus();
}

/**
 * @param {string} name
 * @param {string} reason
 */
function sayOf(name, reason) {
  return interpolate(gettext("“%(name)s”: %(reason)s"), { name, reason });
}

/** @param {HTMLElement} box */
function readChoices(box) {
  return new Map(
    listIn(box, "input:checked", HTMLInputElement).map((input) => [
      input.name.slice("conflict-".length),
      /** @type {"mine" | "theirs"} */ (input.value),
    ]),
  );
}

/**
 * @param {Conflict} conflict
 * @param {EditModel} model
 * @param {EditorConfig} config
 */
function buildConflict({ id, feature: theirs }, model, config) {
  const mine = model.find(id);
  const known = mine ?? theirs ?? model.findBase(id);
  const base = model.findBase(id);
  const lines = mine && theirs ? listDifferences(mine, theirs, base, config) : [];
  const removed = gettext("deleted");
  return element(
    "div",
    { class: "edit-conflict" },
    element("strong", {}, known ? nameFeature(known, config.title_field) : id),
    element(
      "dl",
      {},
      ...lines.flatMap(({ title, here, there }) => [
        element("dt", {}, title),
        element("dd", {}, here),
        element("dd", {}, there),
      ]),
    ),
    element(
      "div",
      { class: "edit-conflict-ways" },
      buildWay(id, "mine", mine ? gettext("Mine") : `${gettext("Mine")}: ${removed}`, true),
      buildWay(
        id,
        "theirs",
        theirs ? gettext("Theirs") : `${gettext("Theirs")}: ${removed}`,
        false,
      ),
    ),
  );
}

/**
 * @param {string} id
 * @param {string} value
 * @param {string} words
 * @param {boolean} checked
 */
function buildWay(id, value, words, checked) {
  const radio = element("input", { type: "radio", name: `conflict-${id}`, value, checked });
  return element("label", {}, radio, words);
}

/**
 * Of what I changed that which stands otherwise with them; all else is kept from both.
 *
 * @param {EditedFeature} mine
 * @param {EditedFeature} theirs
 * @param {EditedFeature | null} base
 * @param {EditorConfig} config
 */
function listDifferences(mine, theirs, base, config) {
  const lines = config.fields.flatMap(({ name, title }) => {
    const here = writeValue({ ...mine.properties, ...mine.internal }[name]);
    const there = writeValue({ ...theirs.properties, ...theirs.internal }[name]);
    const before = base && writeValue({ ...base.properties, ...base.internal }[name]);
    return here === there || here === before
      ? []
      : [{ title, here: here || "–", there: there || "–" }];
  });
  const [here, there, before] = [mine, theirs, base].map((each) => JSON.stringify(each?.geometry));
  if (here !== there && here !== before)
    lines.push({ title: gettext("Place"), here: gettext("yours"), there: gettext("theirs") });
  return lines;
}
