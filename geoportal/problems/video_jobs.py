"""Videos are cleaned by a job: until then their originals wait in a folder that nobody reads."""

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from geoportal.core.errors import InvalidInput
from geoportal.problems.media.videos import CleanVideo, clean_video
from geoportal.problems.models import Attachment
from geoportal.problems.projection import project_problems

log = logging.getLogger(__name__)
FOLDER = "problems"
INCOMING = "problems/incoming"


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


def delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


@task()
def prepare_video(attachment_id: int) -> None:
    """Job: a video that has arrived becomes a clean one with a poster, or is marked as failed."""
    waiting = Attachment.objects.filter(
        pk=attachment_id, processing=Attachment.Processing.WAITING
    ).first()
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
    """False when it was removed in the meantime. A public problem shows its new picture."""
    rows = Attachment.objects.filter(pk=waiting.pk, processing=Attachment.Processing.WAITING)
    if not rows.update(**values):
        return False
    stands = Attachment.objects.select_related("problem").get(pk=waiting.pk)
    if stands.problem is not None and stands.problem.is_shown:
        project_problems([stands.problem.pk], comment=_("The video is ready"))
    return True
