import assert from "node:assert/strict";
import { test } from "node:test";
import { proposeSlug } from "../../geoportal/staff/static/staff/js/romanisation.mjs";

const TABLE = {
  letters: {
    а: "a",
    в: "v",
    г: "h",
    д: "d",
    е: "e",
    з: "z",
    и: "y",
    к: "k",
    о: "o",
    р: "r",
    я: "ia",
    ь: "",
    "’": "",
  },
  first: { я: "ya" },
  pairs: { зг: "zgh" },
};

test("a title becomes an address in Latin letters", () => {
  assert.equal(proposeSlug("Дерева № 2", TABLE), "dereva-2");
  assert.equal(proposeSlug("Ягоди, згадка", TABLE), "yahody-zghadka");
  assert.equal(proposeSlug("  Parks & rec. ", TABLE), "parks-rec");
  assert.equal(proposeSlug("Škola", TABLE), "skola");
});

test("what leaves no letter leaves nothing", () => {
  assert.equal(proposeSlug("…!", TABLE), "");
});

test("a long title is cut at the length of a slug", () => {
  assert.equal(proposeSlug("a".repeat(62).concat(" bb"), TABLE), "a".repeat(62));
});
