import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { useLanguage } from "../../geoportal/interface/static/interface/js/i18n.mjs";
import { formatValue, nameFeature } from "../../geoportal/mapkit/static/mapkit/js/values.mjs";

const CASES = JSON.parse(
  readFileSync(new URL("../geoportal/mapkit/value_cases.json", import.meta.url), "utf8"),
);
const IN_NODE = CASES.filter(([kind, value]) => kind !== "boolean" && !String(value).includes("&"));
// The catalogue itself is held against the pages elsewhere.
const WORDS = { uk: { "%(count)s photo": Array(4).fill("%(count)s фото") }, en: {} };

for (const language of /** @type {const} */ (["uk", "en"])) {
  for (const [kind, value, expected] of IN_NODE) {
    test(`${kind} ${JSON.stringify(value)} reads the same as on pages, ${language}`, () => {
      useLanguage(language, WORDS[language]);
      const field = { type: kind, unit: "", choices: [] };
      assert.equal(formatValue(field, value).text, expected[language]);
    });
  }
}

test("only a whole safe address becomes a link", () => {
  const link = (type, value) => formatValue({ type, unit: "", choices: [] }, value).href;
  assert.equal(link("url", "https://town.example/a"), "https://town.example/a");
  assert.equal(link("url", "javascript:alert(1)"), "");
  assert.equal(link("text", "див. https://town.example"), "");
  assert.equal(link("email", "a@town.example"), "mailto:a@town.example");
  assert.equal(link("email", "a@b.example, c@d.example"), "");
  assert.equal(link("phone", "+38 (067) 123-45-67"), "tel:+380671234567");
  assert.equal(link("phone", "067 1234567, 067 7654321"), "");
});

test("an object without a name is called by its layer", () => {
  const fields = [{ name: "name", type: "text", unit: "", choices: [] }];
  const layer = { title: "Клуби", title_field: "name", fields };
  assert.equal(nameFeature(layer, { name: "Клуб<br>на горі" }), "Клуб на горі");
  assert.equal(nameFeature(layer, { name: null }), "Клуби");
});
