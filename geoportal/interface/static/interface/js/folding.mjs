/** Text as search compares it. */

const LOOKALIKES = new Map(
  [..."abcehikmoptxyґё"].map((letter, place) => [letter, "авсенікмортхуге"[place]]),
);

/**
 * Case, apostrophes and Latin look-alikes make no difference (as `layers_fold` in the database).
 *
 * @param {string} text
 */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/['’‘`´′ʹʼ]/g, "")
    .replace(/./gu, (letter) => LOOKALIKES.get(letter) ?? letter);
}
