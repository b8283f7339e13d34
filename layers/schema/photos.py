"""The value of an attribute of the type `photos`: a list in the order in which it is shown."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TypedDict, TypeVar

from django.utils.translation import gettext as _

PHOTOS_MAX = 30
LENGTHS = {"caption": 500, "author": 200, "licence": 64}
# Written by us from the identifier, whatever the sender says.
DERIVED = ("url", "thumbnail")

Named = TypeVar("Named", bound=Mapping[str, object])


class PhotoDocument(TypedDict):
    """One photo. `url` and `thumbnail` are JPEGs, relative to the address of the portal."""

    id: str
    url: str
    thumbnail: str
    caption: str
    author: str
    licence: str


class BadPhotos(ValueError):
    """What is no list of photos; `str()` is a translated reason."""


def build_document(
    photo_id: uuid.UUID, *, caption: str = "", author: str = "", licence: str = ""
) -> PhotoDocument:
    return {
        "id": str(photo_id),
        "url": f"/photos/{photo_id}.jpg",
        "thumbnail": f"/photos/{photo_id}-small.jpg",
        "caption": caption,
        "author": author,
        "licence": licence,
    }


def read_documents(value: object) -> list[PhotoDocument]:
    """The list as it is kept. Raises `BadPhotos`."""
    if not isinstance(value, list):
        raise BadPhotos(_("Photos are a list of objects, each with its `id`."))
    if len(value) > PHOTOS_MAX:
        raise BadPhotos(_("An object has at most %(max)s photos.") % {"max": PHOTOS_MAX})
    found = [_read_document(each) for each in value]
    if len({each["id"] for each in found}) != len(found):
        raise BadPhotos(_("One photo stands twice in the list."))
    return found


def _read_document(given: object) -> PhotoDocument:
    if not isinstance(given, dict) or set(given) - {"id", *DERIVED, *LENGTHS}:
        raise BadPhotos(_("Photos are a list of objects, each with its `id`."))
    words: dict[str, str] = {}
    for name, most in LENGTHS.items():
        text = given.get(name) or ""
        if not isinstance(text, str) or len(text) > most:
            raise BadPhotos(
                _("“%(name)s” of a photo is a text of at most %(max)s letters.")
                % {"name": name, "max": most}
            )
        words[name] = " ".join(text.replace("\x00", "").split())
    try:
        photo_id = uuid.UUID(str(given.get("id")))
    except ValueError as error:
        raise BadPhotos(_("There is no such photo of this object.")) from error
    return build_document(photo_id, **words)


def list_documents(value: object) -> list[PhotoDocument]:
    """What a standing value says; nothing where it is no list of photos."""
    try:
        return read_documents(value)
    except BadPhotos:
        return []


def list_ids(values: Iterable[object]) -> set[str]:
    return {each["id"] for value in values for each in list_documents(value)}
