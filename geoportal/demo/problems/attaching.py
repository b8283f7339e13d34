"""Pictures of the history: drawn and cleaned in processes beside, kept as attachments."""

import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from geoportal.accounts.models import User
from geoportal.demo.problems.acts import NAMESPACE, Act, PlannedProblem
from geoportal.demo.problems.pictures.developing import Developed, Wanted, develop
from geoportal.problems.media.video_jobs import FOLDER
from geoportal.problems.models import Attachment

Key = tuple[int, datetime]
PROCESSES = 2
AFTER = "after"


class Album:
    """Every picture of the plan, made while the database works."""

    def __init__(self, planned: Sequence[PlannedProblem]) -> None:
        self._pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
        self._photos: Mapping[Key, Future[Developed]] = {
            (problem.ordinal, act.at): self._pool.submit(develop, _describe(problem, act))
            for problem in planned
            for act in problem.acts
            if act.picture
        }

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def make_draft(self, problem: PlannedProblem, act: Act) -> uuid.UUID:
        """The draft that the uploads of a later act belong to."""
        return uuid.uuid5(NAMESPACE, f"draft/{problem.ordinal}/{act.at.isoformat()}")

    def add(self, problem: PlannedProblem, act: Act, owner: User, draft_id: uuid.UUID) -> list[int]:
        """Ids of the uploads of an act: one, or none."""
        photo = self._photos.get((problem.ordinal, act.at))
        return [_keep(photo.result(), act, owner, draft_id)] if photo else []


def _describe(problem: PlannedProblem, act: Act) -> Wanted:
    return Wanted(
        scene=problem.scene,
        subject=f"{problem.ordinal}/{act.at.isoformat()}",
        month=act.at.month,
        hour=act.at.hour,
        is_mended=act.picture == AFTER,
        pixels_max=settings.PROBLEM_PHOTO_PIXELS_MAX,
        side_px=settings.PROBLEM_PHOTO_SIDE_PX,
        thumbnail_px=settings.PROBLEM_THUMBNAIL_PX,
    )


def _keep(photo: Developed, act: Act, owner: User, draft_id: uuid.UUID) -> int:
    stem = uuid.uuid4().hex
    upload = Attachment.objects.create(
        draft_id=draft_id,
        owner=owner,
        kind=Attachment.Kind.PHOTO,
        content_type="image/jpeg",
        size=len(photo.large),
        width=photo.width,
        height=photo.height,
        sha256=photo.sha256,
        original_name=f"IMG_{act.at:%Y%m%d_%H%M%S}.jpg",
        file=default_storage.save(f"{FOLDER}/{stem}.jpg", ContentFile(photo.large)),
        thumbnail=default_storage.save(f"{FOLDER}/{stem}-small.jpg", ContentFile(photo.thumbnail)),
    )
    # The column is filled with the time of writing.
    Attachment.objects.filter(pk=upload.pk).update(created_at=act.at)
    return upload.pk
