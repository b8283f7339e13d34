"""Videos are cleaned by a job: until then their originals wait in a folder that nobody reads."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from geoportal.core.errors import InvalidInput
from geoportal.media.files import delete_files
from geoportal.media.videos import CleanVideo, clean_video
from geoportal.problems.history.projection import project_problems
from geoportal.problems.models import Attachment, Problem
from geoportal.problems.workflow import UNPUBLISHED

log = logging.getLogger(__name__)
FOLDER = "problems"
INCOMING = "problems/incoming"
ATTEMPTS_MAX = 3


@contextmanager
def keep_original(file: "File[Any]") -> Iterator[str]:
    """Save it for the job under a name of ours; it goes again when the block fails."""
    name = default_storage.save(f"{INCOMING}/{uuid.uuid4().hex}", file)
    accepted = False
    try:
        yield name
        accepted = True
    finally:
        if not accepted:
            default_storage.delete(name)


def get_next_attempt(at: datetime) -> datetime:
    """When a job that began at `at` and has left no result is taken for dead: a video is cleaned
    in one or two runs of FFmpeg, each limited in time.
    """
    return at + timedelta(seconds=3 * settings.VIDEO_CLEANING_S_MAX)


@task(queue_name=settings.BULK_QUEUE)
def prepare_video(attachment_id: int) -> None:
    """Job: a video that has arrived becomes a clean one with a poster, or is marked as failed.

    What is no fault of the video (no FFmpeg, a full disk) is raised: the clock tries again.
    """
    waiting = _begin(attachment_id)
    if waiting is None:
        return
    original = str(waiting.file.name)
    with TemporaryDirectory(prefix="video-") as folder:
        try:
            source = Path(default_storage.path(original))
            clean = clean_video(source, Path(folder), name=waiting.original_name)
        except InvalidInput as error:
            log.info("video %s was refused: %s", attachment_id, error.message)
            _replace(waiting, processing=Attachment.Processing.FAILED, file="")
        else:
            _keep(waiting, clean)
    default_storage.delete(original)


def _begin(attachment_id: int) -> Attachment | None:
    """Counted before the work: what kills the worker must not be tried for ever."""
    rows = Attachment.objects.filter(pk=attachment_id, processing=Attachment.Processing.WAITING)
    rows.update(attempts=F("attempts") + 1, next_attempt_at=get_next_attempt(timezone.now()))
    return rows.first()


def retry_videos(*, at: datetime | None = None) -> int:
    """Videos whose job died, or was lost, are given to a job again; how many. The clock calls it.

    After the last attempt a video has failed, and its original, which is not cleaned, goes.
    """
    at = at or timezone.now()
    stuck = Attachment.objects.filter(
        processing=Attachment.Processing.WAITING, next_attempt_at__lte=at
    )
    return sum(_retry(pk, at) for pk in list(stuck.values_list("pk", flat=True)))


@transaction.atomic
def _retry(attachment_id: int, at: datetime) -> int:
    waiting = (
        Attachment.objects.select_for_update(skip_locked=True)
        .filter(pk=attachment_id, processing=Attachment.Processing.WAITING, next_attempt_at__lte=at)
        .first()
    )
    if waiting is None:
        return 0
    if waiting.attempts >= ATTEMPTS_MAX:
        log.error("video %s could not be prepared in %s attempts", waiting.pk, ATTEMPTS_MAX)
        original = str(waiting.file.name)
        waiting.processing, waiting.file = Attachment.Processing.FAILED, ""
        waiting.save(update_fields=["processing", "file"])
        transaction.on_commit(lambda: default_storage.delete(original))
        return 0
    waiting.next_attempt_at = get_next_attempt(at)
    waiting.save(update_fields=["next_attempt_at"])
    prepare_video.enqueue(waiting.pk)
    return 1


def _keep(waiting: Attachment, clean: CleanVideo) -> None:
    stem = uuid.uuid4().hex
    with clean.file.open("rb") as file:
        kept = default_storage.save(f"{FOLDER}/{stem}{clean.file.suffix}", File(file))
    poster = default_storage.save(f"{FOLDER}/{stem}-small.jpg", ContentFile(clean.poster))
    stands = _replace(
        waiting,
        processing=Attachment.Processing.READY,
        file=kept,
        thumbnail=poster,
        content_type=clean.content_type,
        size=clean.file.stat().st_size,
        width=clean.width,
        height=clean.height,
        duration_s=clean.duration_s,
    )
    if not stands:
        delete_files([kept, poster])


@transaction.atomic
def _replace(waiting: Attachment, **values: object) -> bool:
    """False when it was removed in the meantime.

    The problem is held first, as a publication does: a video is either ready and seen, or hidden.
    A moderator who is looking at the report without it is told to look again; a public problem
    shows its new picture.
    """
    rows = Attachment.objects.filter(pk=waiting.pk, processing=Attachment.Processing.WAITING)
    bound = rows.values_list("problem", flat=True).first()
    problem = Problem.objects.select_for_update().filter(pk=bound or 0).first()
    if not rows.update(**values):
        return False
    if problem is not None and problem.state in UNPUBLISHED:
        Problem.objects.filter(pk=problem.pk).update(version=F("version") + 1)
    if problem is not None and problem.is_shown:
        project_problems([problem.pk], comment=_("The video is ready"))
    return True
