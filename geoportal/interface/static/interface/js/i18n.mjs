/** Words in the language of the page. Message ids are English; the page brings the translations. */

const CATEGORIES = ["one", "few", "many", "other"];

let language = "uk";
/** @type {Catalogue} */
let words = {};
let plural = new Intl.PluralRules(language);

/**
 * Take over the page's language and catalogue; call it before anything is shown.
 *
 * @param {string} code
 * @param {Catalogue} catalogue
 */
export function useLanguage(code, catalogue) {
  language = code;
  words = catalogue;
  plural = new Intl.PluralRules(code);
}

export function currentLanguage() {
  return language;
}

/** A locale for `Intl`; English dates are written day first. */
export function currentLocale() {
  return language === "en" ? "en-GB" : "uk-UA";
}

/**
 * @param {string} msgid
 * @returns {string}
 */
export function gettext(msgid) {
  const found = words[msgid];
  return typeof found === "string" && found ? found : msgid;
}

/**
 * The form for `count`; a list in the catalogue holds the forms in the order of CLDR.
 *
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @returns {string}
 */
export function ngettext(one, many, count) {
  const forms = words[one];
  if (Array.isArray(forms)) {
    const form = forms[CATEGORIES.indexOf(plural.select(count))];
    if (form) return form;
  }
  return count === 1 ? one : many;
}

/**
 * `%(name)s` in the text replaced by values.
 *
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (all, name) => (name in values ? String(values[name]) : all));
}
