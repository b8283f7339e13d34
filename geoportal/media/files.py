"""Clean photos as files of the storage, under names that nobody can guess."""

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from geoportal.media.photos import CleanPhoto


class StoredPhoto(NamedTuple):
    """Names in the storage of the large image and of the small one."""

    file: str
    thumbnail: str


def store_photo(photo: CleanPhoto, folder: str) -> StoredPhoto:
    stem = uuid.uuid4().hex
    return StoredPhoto(
        default_storage.save(f"{folder}/{stem}.jpg", ContentFile(photo.large)),
        default_storage.save(f"{folder}/{stem}-small.jpg", ContentFile(photo.thumbnail)),
    )


def delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
