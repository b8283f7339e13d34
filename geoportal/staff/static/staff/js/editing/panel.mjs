/** The list of objects and the form of the chosen one. */

import { element } from "../../../interface/js/elements.mjs";
import { findIn, listIn, need, needIn } from "../../../interface/js/finding.mjs";
import { gettext, interpolate } from "../../../interface/js/i18n.mjs";
import { listPhotos } from "../../../mapkit/js/values.mjs";
import { isNewKey } from "./model.mjs";

/** @typedef {import("./model.mjs").EditedFeature} EditedFeature */

const LINES_MAX = 200;

/**
 * A value as the control of a form holds it, as `write_value` of the server.
 *
 * @param {unknown} value
 */
export function writeValue(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * What people call a feature.
 *
 * @param {EditedFeature} feature
 * @param {string} titleField
 */
export function nameFeature({ id, properties, internal }, titleField) {
  const title = writeValue(properties[titleField] ?? internal[titleField]);
  if (title) return title;
  return isNewKey(id) ? gettext("New object") : id;
}

/**
 * The feature with what its form says; what was not touched keeps its type.
 *
 * @param {EditedFeature} feature
 * @param {EditorConfig["fields"]} fields
 * @param {(control: string) => string} read
 * @returns {EditedFeature}
 */
export function readForm(feature, fields, read) {
  const properties = { ...feature.properties };
  const internal = { ...feature.internal };
  for (const { name, control, audience } of fields) {
    const values = audience === "public" ? properties : internal;
    const text = read(control).replaceAll("\r\n", "\n");
    if (text !== writeValue(values[name])) values[name] = text === "" ? null : text;
  }
  return { ...feature, properties, internal, visibility: read("visibility") };
}

export class Panel {
  #list = need("edit-list");
  #form = need("edit-form", HTMLFormElement);
  #search = need("edit-search", HTMLInputElement);
  /** @type {EditorConfig} */
  #config;

  /**
   * @param {EditorConfig} config
   * @param {{ choose: (keys: string[]) => void, write: (feature: EditedFeature) => void, find: () => EditedFeature | null, tell: () => void }} hands
   */
  constructor(config, hands) {
    this.#config = config;
    this.#form.addEventListener("change", () => {
      const feature = hands.find();
      if (feature) hands.write(readForm(feature, config.fields, (name) => this.#read(name)));
    });
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#search.addEventListener("input", () => hands.tell());
    this.#list.addEventListener("click", (event) => {
      const line = event.target instanceof Element ? event.target.closest("li") : null;
      if (!line || !(event.target instanceof Element)) return;
      const key = line.dataset.key ?? "";
      if (event.target instanceof HTMLInputElement) {
        const keys = this.#listChecked().filter((each) => each !== key);
        hands.choose(event.target.checked ? [...keys, key] : keys);
      } else if (event.target.closest("button")) hands.choose([key]);
    });
  }

  #listChecked() {
    return listIn(this.#list, "input:checked", HTMLInputElement).map(
      (box) => box.closest("li")?.dataset.key ?? "",
    );
  }

  /** @param {string} name */
  #control(name) {
    const found = this.#form.elements.namedItem(name);
    return /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (found);
  }

  /** @param {string} name */
  #read(name) {
    return this.#control(name).value;
  }

  /**
   * @param {EditedFeature | null} feature
   * @param {string} positions
   */
  showChosen(feature, positions) {
    need("edit-chosen").hidden = !feature;
    if (!feature) return;
    need("edit-chosen-name").textContent = nameFeature(feature, this.#config.title_field);
    const text = need("edit-positions", HTMLTextAreaElement);
    if (document.activeElement !== text) text.value = positions;
    for (const { name, control } of this.#config.fields) {
      const values = { ...feature.properties, ...feature.internal };
      const part = this.#control(control);
      this.#offer(part, writeValue(values[name]));
      part.disabled = name === this.#config.key_field && feature.version !== null;
    }
    this.#control("visibility").value = feature.visibility;
    this.#showPhotos(feature);
  }

  /**
   * They are added on the page of the object, once it is saved.
   *
   * @param {EditedFeature} feature
   */
  #showPhotos(feature) {
    const box = findIn(document, "#edit-photos");
    if (!box) return;
    box.hidden = isNewKey(feature.id);
    const link = need("edit-photos-link", HTMLAnchorElement);
    link.href = `${this.#config.objects}${encodeURIComponent(feature.id)}/#photos`;
    const values = { ...feature.properties, ...feature.internal };
    const photos = this.#config.photos.flatMap((name) => listPhotos(values[name]));
    need("edit-photos-list").replaceChildren(
      ...photos.map(({ thumbnail, caption }) =>
        element("li", {}, element("img", { src: thumbnail, alt: caption, loading: "lazy" })),
      ),
    );
  }

  /**
   * A standing value that is no choice of its field stays one.
   *
   * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} part
   * @param {string} value
   */
  #offer(part, value) {
    if (document.activeElement === part && part.value === value) return;
    if (
      part instanceof HTMLSelectElement &&
      ![...part.options].some((each) => each.value === value)
    )
      part.append(new Option(value, value));
    part.value = value;
  }

  /**
   * @param {{ feature: EditedFeature, state: string }[]} shown
   * @param {string[]} chosen
   */
  showList(shown, chosen) {
    const words = this.#search.value.trim().toLocaleLowerCase();
    const found = shown
      .map((each) => ({ ...each, name: nameFeature(each.feature, this.#config.title_field) }))
      .filter(({ name, feature }) => `${name} ${feature.id}`.toLocaleLowerCase().includes(words));
    const focused = findIn(this.#list, ":focus");
    const at = focused?.closest("li")?.dataset.key;
    const kind = focused?.tagName.toLowerCase();
    this.#list.replaceChildren(
      ...found.slice(0, LINES_MAX).map((each) => this.#buildLine(each, chosen)),
    );
    if (at && kind) findIn(this.#list, `li[data-key="${CSS.escape(at)}"] ${kind}`)?.focus();
    need("edit-count").textContent =
      found.length > LINES_MAX
        ? interpolate(gettext("%(shown)s of %(count)s"), { shown: LINES_MAX, count: found.length })
        : String(found.length);
  }

  /**
   * @param {{ feature: EditedFeature, state: string, name: string }} line
   * @param {string[]} chosen
   */
  #buildLine({ feature, state, name }, chosen) {
    const is = chosen.includes(feature.id);
    const marks = /** @type {Record<string, string>} */ ({
      added: gettext("new"),
      changed: gettext("changed"),
      removed: gettext("deleted"),
    });
    return element(
      "li",
      { "data-key": feature.id, class: `is-${state}${is ? " is-chosen" : ""}` },
      element("input", {
        type: "checkbox",
        checked: is,
        disabled: state === "removed",
        "aria-label": interpolate(gettext("Choose %(name)s"), { name }),
      }),
      element("button", { type: "button", "aria-pressed": String(is) }, name),
      marks[state]
        ? element("span", { class: "edit-mark" }, marks[state])
        : element("span", { class: "edit-key" }, name === feature.id ? "" : feature.id),
    );
  }

  /** The side with the chosen one comes into view; the page itself, with the map, stays. */
  scrollToChosen() {
    const side = this.#list.closest(".edit-side");
    if (side && this.#form.offsetParent) side.scrollTop = 0;
  }

  /** @param {string} control */
  focusControl(control) {
    needIn(this.#form, `[name="${control}"]`).focus();
  }
}
