/** The address of what is seen, to pass on. */

import { gettext } from "../../../interface/js/i18n.mjs";

/**
 * On a phone the system's own sheet, elsewhere the clipboard.
 *
 * @param {string} title
 * @param {Say} say
 */
export async function shareAddress(title, say) {
  const url = location.href;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    try {
      await navigator.share({ title, url });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError"))
        await copyAddress(url, say);
    }
    return;
  }
  await copyAddress(url, say);
}

/**
 * @param {string} url
 * @param {Say} say
 */
async function copyAddress(url, say) {
  try {
    await navigator.clipboard.writeText(url);
    say(gettext("The link is copied."));
  } catch {
    say(gettext("The link could not be copied: take it from the address bar."));
  }
}
