/** Photos go to the server one by one as they are chosen, so that a weak connection loses none. */

import { element, icon } from "../../../interface/js/elements.mjs";
import { needIn } from "../../../interface/js/finding.mjs";
import { gettext } from "../../../interface/js/i18n.mjs";
import { Refused, send } from "../work/actions.mjs";
import { explain } from "../work/done_bar.mjs";

const UPLOADS = "/api/v1/problems/uploads/";
const PATIENCE_MS = 600000;

/**
 * Every file of the form's input becomes a hidden `attachments` field of the form.
 *
 * @param {HTMLFormElement} form
 */
export function takeFiles(form) {
  const input = needIn(form, "input[type=file]", HTMLInputElement);
  const list = needIn(form, ".uploads");
  const button = needIn(form, "button[type=submit]", HTMLButtonElement);
  let waiting = 0;

  async function collect() {
    const files = [...(input.files ?? [])];
    input.value = "";
    waiting += 1;
    button.disabled = true;
    for (const file of files) await take(file);
    waiting -= 1;
    button.disabled = waiting > 0;
  }

  input.addEventListener("change", collect);
  // Files may be chosen before this script is there.
  if (input.files?.length) collect();

  /** @param {File} file */
  async function take(file) {
    const item = element("li", { class: "upload" }, icon("loader"), gettext("Sending…"));
    list.append(item);
    const fields = new FormData();
    fields.append("draft_id", needIn(form, "[name=draft_id]", HTMLInputElement).value);
    fields.append("file", file);
    try {
      /** @type {UploadDocument} */
      const { id, thumbnail } = await send(UPLOADS, fields, PATIENCE_MS);
      item.replaceChildren(
        thumbnail
          ? element("img", { src: thumbnail, alt: file.name, width: 96, height: 72 })
          : element("span", {}, file.name),
        element("input", { type: "hidden", name: "attachments", value: id }),
        element(
          "button",
          { type: "button", "aria-label": gettext("Remove"), onclick: () => item.remove() },
          icon("x"),
        ),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      item.classList.add("upload-refused");
      item.replaceChildren(element("span", {}, `${file.name}: ${explain(error)}`));
    }
  }
}
