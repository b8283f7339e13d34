"""Writes uploads: begun with their size, continued from where they are, taken over or removed."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor, require_user
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, TooLarge, Unavailable
from geoportal.uploads import files
from geoportal.uploads.file_names import clean_name
from geoportal.uploads.models import Upload
from geoportal.uploads.purposes import Purpose
from geoportal.uploads.selectors import access_upload, require_waiting

State = Upload.State
# How long it is told what became of an upload that is not here any more.
TOLD_FOR = timedelta(days=7)
# A file of no row is one that is being begun now, or one whose owner is gone.
STRAY_AFTER = timedelta(days=1)
# The first half of the name of a lock; the second is the owner.
COUNTING = 0x75706C71


def begin_upload(*, actor: Actor, purpose: Purpose, name: str, size: int) -> Upload:
    """Room for a file of `size` bytes that is going to come.

    Raises `NotAllowed`; `InvalidInput` for nothing at all; `TooLarge` for one file or for all of
    the person's together; `Unavailable` when the disk has no room.
    """
    user = require_user(actor)
    if not purpose.may_send(user):
        raise NotAllowed(_("You may not send files here."))
    name = clean_name(name)
    if size <= 0:
        raise InvalidInput(_("“%(file)s” is empty.") % {"file": name})
    if size > purpose.bytes_max():
        words = _("“%(file)s” is larger than %(limit)s, which is the most for one file.")
        raise TooLarge(words % {"file": name, "limit": filesizeformat(purpose.bytes_max())})
    with transaction.atomic():
        require_quota(user, size)
        return Upload.objects.create(
            owner=user, purpose=purpose.name, name=name, size=size, expires_at=get_expiry()
        )


def require_quota(user: User, size: int) -> None:
    """In a transaction: what one person begins at once is counted one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [COUNTING, user.pk])
    waiting = Upload.objects.filter(owner=user, state=State.HERE, expires_at__gt=timezone.now())
    taken = waiting.aggregate(bytes=Sum("size"))["bytes"] or 0
    if taken + size > settings.UPLOAD_QUOTA_BYTES:
        words = _(
            "Your files that wait here would be more than %(limit)s together. Use or remove some."
        )
        raise TooLarge(words % {"limit": filesizeformat(settings.UPLOAD_QUOTA_BYTES)})
    if not files.has_room(size):
        raise Unavailable(_("The server has no room for this file now. Tell the administrator."))


def get_expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.UPLOAD_HOURS)


def append_bytes(
    *, actor: Actor, purpose: str, upload_id: uuid.UUID, offset: int, read: files.Read, most: int
) -> Upload:
    """Go on at `offset` with up to `most` bytes; fewer when the sender has gone, and those stay.

    The sender is heard to the end before anything is locked. Raises as `access_upload`;
    `Conflict` when the file stands elsewhere by now, with `offset` as it is; `TooLarge` for a
    piece that is too large and for bytes beyond the end.
    """
    upload = access_upload(actor, purpose, upload_id)
    if most > settings.UPLOAD_PIECE_BYTES_MAX:
        words = _("A piece may have %(limit)s at most; send the file in smaller ones.")
        limit = filesizeformat(settings.UPLOAD_PIECE_BYTES_MAX)
        raise TooLarge(words % {"limit": limit}, most=settings.UPLOAD_PIECE_BYTES_MAX)
    require_place(upload, offset, most)
    with files.collect(read, most) as piece:
        return append_piece(upload, offset, piece.read, most)


def require_place(upload: Upload, offset: int, most: int) -> None:
    """Raises `Gone`, `Conflict` with the `offset` there is, `TooLarge`."""
    require_waiting(upload)
    if upload.offset != offset:
        words = _("%(have)s bytes have come; the next piece must begin there.")
        raise Conflict(words % {"have": upload.offset}, offset=upload.offset)
    if offset + most > upload.size:
        raise TooLarge(_("This is more than the file was said to have."))


@transaction.atomic
def append_piece(upload: Upload, offset: int, read: files.Read, most: int) -> Upload:
    """What is on this machine already goes to its place. Raises as `require_place`."""
    standing = Upload.objects.select_for_update().get(pk=upload.pk)
    require_place(standing, offset, most)
    try:
        standing.offset += files.write_at(standing.pk, offset, read, most)
    except OSError as error:
        words = _("The server could not keep this piece. What came before is kept; try again.")
        raise Unavailable(words) from error
    standing.expires_at = get_expiry()
    standing.save(update_fields=["offset", "expires_at"])
    return standing


def keep_file(*, actor: Actor, purpose: Purpose, file: "UploadedFile[Any]") -> Upload:
    """A file that a form has brought whole, as `begin_upload` and `append_bytes` would."""
    size = file.size or 0
    upload = begin_upload(actor=actor, purpose=purpose, name=file.name or "", size=size)
    return append_piece(upload, 0, file.read, size)


def discard_upload(*, actor: Actor, purpose: str, upload_id: uuid.UUID) -> None:
    """Raises as `access_upload`."""
    upload = access_upload(actor, purpose, upload_id)
    _remove(Upload.objects.filter(pk=upload.pk))


@transaction.atomic
def take_over(
    *, actor: Actor, purpose: str, upload_ids: Sequence[uuid.UUID], folder: Path
) -> list[Path]:
    """Give whole files to whoever works with them, under their own names in `folder`.

    The caller answers for the folder from now on, also when its transaction is rolled back.
    Raises as `access_upload`; `Conflict` for a file that has not come whole, or a name twice.
    """
    taken = []
    for upload_id in upload_ids:
        access_upload(actor, purpose, upload_id)
        upload = Upload.objects.select_for_update().get(pk=upload_id)
        require_waiting(upload)
        if not upload.is_complete:
            words = _("“%(file)s” has not come whole yet. Wait for it, or choose it once more.")
            raise Conflict(words % {"file": upload.name})
        target = folder / upload.name
        if target.exists():
            raise Conflict(_("Two files are called “%(file)s”.") % {"file": upload.name})
        files.give_to(upload.pk, target)
        upload.state = State.TAKEN
        upload.save(update_fields=["state"])
        transaction.on_commit(partial(files.remove_file, upload.pk))
        taken.append(target)
    return taken


def purge_uploads(at: datetime | None = None) -> int:
    """Files that waited too long, and those that nobody knows; how many. The clock calls it."""
    now = at or timezone.now()
    strays = [
        upload_id
        for upload_id in files.list_files_before(now - STRAY_AFTER)
        if not Upload.objects.filter(pk=upload_id, state=State.HERE).exists()
    ]
    for upload_id in strays:
        files.remove_file(upload_id)
    Upload.objects.exclude(state=State.HERE).filter(expires_at__lte=now - TOLD_FOR).delete()
    late = Upload.objects.filter(state=State.HERE, expires_at__lte=now)
    return len(strays) + _remove(late)


@transaction.atomic
def _remove(going: QuerySet[Upload]) -> int:
    """The rows say so now, the files go when that is certain."""
    numbers = list(going.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Upload.objects.filter(pk__in=numbers).update(state=State.REMOVED)
    for number in numbers:
        transaction.on_commit(partial(files.remove_file, number))
    return len(numbers)
