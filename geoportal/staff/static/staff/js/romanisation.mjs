/** Ukrainian in Latin letters by the table that the page brings (`geoportal.core.words.romanisation`). */

const SLUG_LENGTH = 63;

/**
 * `letters`: one value for each; `first`: those that a word begins with; `pairs`: several letters.
 *
 * @typedef {{
 *   letters: Record<string, string>,
 *   first: Record<string, string>,
 *   pairs: Record<string, string>,
 * }} Romanisation
 */

/**
 * @param {string} word
 * @param {Romanisation} table
 */
function romaniseWord(word, { letters, first, pairs }) {
  const begun = first[word[0]];
  let rest = begun === undefined ? word : word.slice(1);
  for (const [pair, latin] of Object.entries(pairs)) rest = rest.replaceAll(pair, latin);
  return (begun ?? "") + [...rest].map((letter) => letters[letter] ?? letter).join("");
}

/**
 * What a layer of this title may be called in addresses; empty where no letter is left.
 *
 * @param {string} title
 * @param {Romanisation} table
 */
export function proposeSlug(title, table) {
  const word = new RegExp(`[${Object.keys(table.letters).join("")}]+`, "g");
  const latin = title.toLowerCase().replace(word, (found) => romaniseWord(found, table));
  const plain = latin.normalize("NFD").replace(/\p{M}+/gu, "");
  const joined = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return joined.slice(0, SLUG_LENGTH).replace(/-+$/, "");
}
