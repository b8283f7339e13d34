/**
 * Whose drafts this browser keeps, and when they go: a computer may be shared. An owner is what the
 * portal says in `data-draft-owner`: one person always the same, a visitor none (`""`).
 *
 * - What a visitor wrote goes on with whoever signs in: signing in is a step of the form.
 * - What a signed-in person wrote is shown to nobody else, and goes when another one opens the form.
 * - Signing out deletes it. A session that has only expired does not: the portal marks signing out
 *   by a cookie, and without it a draft waits unseen for its owner, or until it is too old.
 */

const SIGNED_OUT = /(?:^|;\s*)signed_out=/;

/** @param {HTMLElement} form */
export function findOwner(form) {
  return form.dataset.draftOwner ?? "";
}

export function hasSignedOut() {
  return SIGNED_OUT.test(document.cookie);
}

/**
 * Whether it may be shown to `owner`: his own, or what was written before signing in.
 *
 * @param {string} keptOwner
 * @param {string} owner
 */
export function isOffered(keptOwner, owner) {
  return keptOwner === owner || keptOwner === "";
}

/**
 * Whether what `keptOwner` wrote must be deleted, now that `owner` is here.
 *
 * @param {string} keptOwner
 * @param {string} owner
 */
export function mustGo(keptOwner, owner) {
  if (isOffered(keptOwner, owner)) return false;
  return owner !== "" || hasSignedOut();
}
