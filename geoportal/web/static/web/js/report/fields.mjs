/** The fields of the form as what they are. */

/**
 * The fields of a question.
 *
 * @param {ParentNode} question
 * @returns {TextField[]}
 */
export function listFields(question) {
  return [...question.querySelectorAll("input, textarea")].filter(
    (field) => field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement,
  );
}

/**
 * Whether a field is ticked rather than written in.
 *
 * @param {TextField} field
 * @returns {field is HTMLInputElement}
 */
export function isTick(field) {
  return field.type === "radio" || field.type === "checkbox";
}
