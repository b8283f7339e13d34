"""Photos and videos of a draft: checked and cleaned as they arrive, kept for their owner alone."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor, require_user
from geoportal.core.errors import Conflict, InvalidInput, NotFound
from geoportal.media.files import store_photo
from geoportal.media.photos import clean_photo
from geoportal.media.signatures import HEAD_BYTES, recognise_photo, recognise_video
from geoportal.media.videos import probe_video
from geoportal.problems.media.attachments import delete_with_files
from geoportal.problems.media.video_jobs import (
    FOLDER,
    get_next_attempt,
    keep_original,
    prepare_video,
)
from geoportal.problems.models import Attachment

ORPHANS_A_STEP = 200
# The first half of the name of a lock; the second is the draft.
COUNTING = 0x75706C64


@dataclass(frozen=True)
class Upload:
    """`taken_lonlat`: where the photo says that it was taken (WGS 84); told to its owner only."""

    attachment: Attachment
    taken_lonlat: tuple[float, float] | None = None


def list_draft_uploads(actor: Actor, draft_id: uuid.UUID) -> QuerySet[Attachment]:
    """What the actor has uploaded for a draft that is not sent yet, in the order of uploading."""
    if not isinstance(actor, User):
        return Attachment.objects.none()
    return Attachment.objects.filter(owner=actor, draft_id=draft_id, problem__isnull=True).order_by(
        "pk"
    )


def access_upload(actor: Actor, upload_id: int) -> Attachment:
    """An upload of the actor's own draft; anything else is not found."""
    upload = (
        Attachment.objects.filter(pk=upload_id, owner=actor, problem__isnull=True).first()
        if isinstance(actor, User)
        else None
    )
    if upload is None:
        raise NotFound(_("There is no such photo or video in your draft."))
    return upload


def add_upload(*, actor: Actor, draft_id: uuid.UUID, file: "UploadedFile[Any]") -> Upload:
    """Clean a photo at once, a video by a job; what it is decides its content, not its name.

    Raises `InvalidInput` in words for everything else, for a file that is too large and for more
    files than a report may have; `Conflict` for somebody else's draft; `Unavailable` for a video
    where FFmpeg is missing.
    """
    user = require_user(actor)
    require_room(user, draft_id)
    name = (file.name or "")[-254:]
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if recognise_photo(head):
        return _add_photo(user, draft_id, file, name)
    if recognise_video(head):
        return Upload(_add_video(user, draft_id, file, name))
    words = _(
        "“%(file)s” is neither a photo nor a video that can be taken. Send JPEG, PNG, WebP, HEIC "
        "or GIF, MP4, MOV or WebM; what counts is what is in the file, not its name."
    )
    raise InvalidInput(words % {"file": name}, file=name, reason="unknown-kind")


def require_room(user: User, draft_id: uuid.UUID) -> None:
    """Raises `Conflict` for somebody else's draft, `InvalidInput` when it is full."""
    draft = Attachment.objects.filter(draft_id=draft_id)
    if draft.exclude(owner=user).exists():
        raise Conflict(_("This draft belongs to somebody else. Open the form anew."))
    most = settings.PROBLEM_ATTACHMENTS_MAX
    if draft.filter(problem__isnull=True).count() >= most:
        words = _("A report takes at most %(max)s photos and videos. Remove one first.")
        raise InvalidInput(words % {"max": most}, reason="too-many")


def _lock_room(user: User, draft_id: uuid.UUID) -> None:
    """Files of one draft that arrive at once are counted one after another; in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [COUNTING, str(draft_id)])
    require_room(user, draft_id)


def _add_photo(user: User, draft_id: uuid.UUID, file: "UploadedFile[Any]", name: str) -> Upload:
    photo = clean_photo(cast(BinaryIO, file), name=name)
    with transaction.atomic():
        _lock_room(user, draft_id)
        stored = store_photo(photo, FOLDER)
        attachment = Attachment.objects.create(
            owner=user,
            draft_id=draft_id,
            kind=Attachment.Kind.PHOTO,
            file=stored.file,
            thumbnail=stored.thumbnail,
            content_type="image/jpeg",
            size=len(photo.large),
            width=photo.width,
            height=photo.height,
            sha256=photo.sha256,
            original_name=name,
        )
    return Upload(attachment, photo.taken_lonlat)


def _add_video(user: User, draft_id: uuid.UUID, file: "UploadedFile[Any]", name: str) -> Attachment:
    """The original waits in a folder of its own until the job has cleaned it."""
    with keep_original(file) as original:
        facts = probe_video(Path(default_storage.path(original)), name=name)
        with transaction.atomic():
            _lock_room(user, draft_id)
            attachment = Attachment.objects.create(
                owner=user,
                draft_id=draft_id,
                kind=Attachment.Kind.VIDEO,
                processing=Attachment.Processing.WAITING,
                next_attempt_at=get_next_attempt(timezone.now()),
                file=original,
                width=facts.width,
                height=facts.height,
                duration_s=facts.duration_s,
                original_name=name,
            )
            prepare_video.enqueue(attachment.pk)
    attachment.refresh_from_db()
    return attachment


def remove_upload(*, actor: Actor, upload_id: int) -> None:
    """Take a photo or video out of the draft, files and all; raises `NotFound`."""
    _remove([access_upload(actor, upload_id)])


def remove_orphan_uploads(at: datetime | None = None) -> int:
    """Remove uploads whose report was not sent for days; how many. The clock calls it."""
    before = (at or timezone.now()) - timedelta(days=settings.PROBLEM_DRAFT_DAYS)
    left = Attachment.objects.filter(problem__isnull=True, created_at__lt=before).order_by("pk")
    count = 0
    while orphans := list(left[:ORPHANS_A_STEP]):
        count += _remove(orphans)
    return count


def _remove(uploads: list[Attachment]) -> int:
    """With their files; what was sent in the meantime stays."""
    numbers = [upload.pk for upload in uploads]
    delete_with_files(Attachment.objects.filter(pk__in=numbers, problem__isnull=True))
    return len(numbers)
