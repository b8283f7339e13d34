"""Photos of the stories: they lie in the pack as the cleaning of uploads leaves them."""

import hashlib
import uuid
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from geoportal.accounts.models import User
from geoportal.demo.stories.moments import Told
from geoportal.demo.stories.telling import NAMESPACE
from geoportal.problems.media.video_jobs import FOLDER
from geoportal.problems.models import Attachment


class Album:
    """Keeps pictures of a folder as the uploads of whoever shows them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_path(self, name: str, *, small: bool = False) -> Path:
        return self._folder / f"{name}{'-small' if small else ''}.jpg"

    def add(self, told: Told, owner: User, draft_id: uuid.UUID) -> list[int]:
        """Ids of the uploads of a step: one, or none."""
        return [self._keep(told, owner, draft_id)] if told.act.photo else []

    def make_draft(self, told: Told) -> uuid.UUID:
        """The draft that the uploads of a later step belong to."""
        number = told.story.acts.index(told.act)
        return uuid.uuid5(NAMESPACE, f"draft/{told.story.code}/{number}")

    def _keep(self, told: Told, owner: User, draft_id: uuid.UUID) -> int:
        path = self.find_path(told.act.photo)
        large = path.read_bytes()
        with Image.open(path) as image:  # reads the heading alone
            width, height = image.size
        stem = uuid.uuid4().hex
        upload = Attachment.objects.create(
            draft_id=draft_id,
            owner=owner,
            kind=Attachment.Kind.PHOTO,
            content_type="image/jpeg",
            size=len(large),
            width=width,
            height=height,
            sha256=hashlib.sha256(large).hexdigest(),
            original_name=f"IMG_{told.at:%Y%m%d_%H%M%S}.jpg",
            file=self._save(f"{stem}.jpg", large),
            thumbnail=self._save(
                f"{stem}-small.jpg", self.find_path(told.act.photo, small=True).read_bytes()
            ),
        )
        # The column is filled with the time of writing.
        Attachment.objects.filter(pk=upload.pk).update(created_at=told.at)
        return upload.pk

    def _save(self, name: str, content: bytes) -> str:
        return default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
