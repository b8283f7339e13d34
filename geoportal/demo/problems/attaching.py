"""Pictures of the history: drawn, cleaned by the portal's own pipeline, kept as attachments."""

import io
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from geoportal.accounts.models import User
from geoportal.demo.problems.acts import NAMESPACE, Act, PlannedProblem
from geoportal.demo.problems.pictures.drawing import draw_picture
from geoportal.problems.media.photos import CleanPhoto, clean_photo
from geoportal.problems.models import Attachment
from geoportal.problems.video_jobs import FOLDER

Key = tuple[int, datetime]
WORKERS = 2


class Album:
    """Draws every picture of the plan beside the work of the database."""

    def __init__(self, planned: Sequence[PlannedProblem]) -> None:
        self._pool = ThreadPoolExecutor(WORKERS)
        self._photos: Mapping[Key, Future[CleanPhoto]] = {
            (problem.ordinal, act.at): self._pool.submit(_make_photo, problem, act)
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


def _make_photo(problem: PlannedProblem, act: Act) -> CleanPhoto:
    picture = draw_picture(
        problem.scene,
        subject=f"{problem.ordinal}/{act.at.isoformat()}",
        month=act.at.month,
        hour=act.at.hour,
        is_mended=act.picture == "after",
    )
    return clean_photo(io.BytesIO(picture), name=_name(act))


def _name(act: Act) -> str:
    return f"IMG_{act.at:%Y%m%d_%H%M%S}.jpg"


def _keep(photo: CleanPhoto, act: Act, owner: User, draft_id: uuid.UUID) -> int:
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
        original_name=_name(act),
        file=default_storage.save(f"{FOLDER}/{stem}.jpg", ContentFile(photo.large)),
        thumbnail=default_storage.save(f"{FOLDER}/{stem}-small.jpg", ContentFile(photo.thumbnail)),
    )
    # The column is filled with the time of writing.
    Attachment.objects.filter(pk=upload.pk).update(created_at=act.at)
    return upload.pk
