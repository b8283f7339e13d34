import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../geoportal/interface/static/interface/js/folding.mjs";
import {
  compareTitles,
  formatDistance,
} from "../../geoportal/interface/static/interface/js/format.mjs";
import {
  interpolate,
  ngettext,
  useLanguage,
} from "../../geoportal/interface/static/interface/js/i18n.mjs";

test("case, apostrophes and Latin look-alikes make no difference to search", () => {
  assert.equal(fold("Обʼєкт"), fold("об'єкт"));
  assert.equal(fold("PARK"), fold("Park"));
  assert.equal(fold("Cквер"), fold("Сквер"));
  assert.notEqual(fold("сквер"), fold("парк"));
});

test("a count takes the form of its language", () => {
  useLanguage("uk", { "%(count)s place": ["місце", "місця", "місць", "місця"] });
  const say = (count) => ngettext("%(count)s place", "%(count)s places", count);
  assert.deepEqual([1, 2, 5, 11, 21, 22, 112].map(say), [
    "місце",
    "місця",
    "місць",
    "місць",
    "місце",
    "місця",
    "місць",
  ]);
  useLanguage("en", {});
  assert.equal(say(1), "%(count)s place");
  assert.equal(say(2), "%(count)s places");
});

test("names without a value stay as they are", () => {
  assert.equal(interpolate("%(a)s of %(b)s", { a: 0 }), "0 of %(b)s");
});

test("metres are told up to a kilometre, kilometres from there", () => {
  useLanguage("uk", { m: "м", km: "км" });
  assert.deepEqual(
    [7.4, 94.6, 104, 994, 996, 1540, 12_400].map((metres) => formatDistance(metres)),
    ["7\u00a0м", "95\u00a0м", "100\u00a0м", "990\u00a0м", "1\u00a0км", "1,5\u00a0км", "12\u00a0км"],
  );
});

test("titles are sorted by the Ukrainian alphabet, numbers by value", () => {
  useLanguage("uk", {});
  const titles = ["Яр 10", "Їжак", "Яр 9", "Ґанок", "Гай", "Індик", "Ива"];
  assert.deepEqual(titles.sort(compareTitles), [
    "Гай",
    "Ґанок",
    "Ива",
    "Індик",
    "Їжак",
    "Яр 9",
    "Яр 10",
  ]);
});
