"""Photos of an object as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from layers.models import LayerField, Photo
from layers.schema.photos import PhotoDocument, list_documents
from layers.schema.values import Json


@dataclass(frozen=True)
class ShownPhoto:
    """`alt` is for who does not see it; `about`: author and licence in a line, or empty."""

    id: str
    url: str
    thumbnail: str
    caption: str
    alt: str
    about: str


def list_photos(
    name: str, fields: Sequence[LayerField], values: Mapping[str, Json]
) -> list[ShownPhoto]:
    """Of the object that is called `name`, in the order of the fields; those whose files are gone
    are left out.
    """
    of_photos = [field for field in fields if field.type == LayerField.Type.PHOTOS]
    found = [each for field in of_photos for each in list_documents(values.get(field.name))]
    there = (
        {
            str(pk)
            for pk in Photo.objects.filter(pk__in=[each["id"] for each in found]).values_list(
                "pk", flat=True
            )
        }
        if found
        else set()
    )
    return [
        build_photo(name, number, each)
        for number, each in enumerate(found, 1)
        if each["id"] in there
    ]


def build_photo(name: str, number: int, photo: PhotoDocument) -> ShownPhoto:
    counted = _("%(name)s, photo %(number)s") % {"name": name, "number": number}
    author = _("Photo: %(author)s") % {"author": photo["author"]} if photo["author"] else ""
    return ShownPhoto(
        id=photo["id"],
        url=photo["url"],
        thumbnail=photo["thumbnail"],
        caption=photo["caption"],
        alt=f"{counted}: {photo['caption']}" if photo["caption"] else counted,
        about=" · ".join(filter(None, (author, photo["licence"]))),
    )


def without_photos(fields: Sequence[LayerField]) -> list[LayerField]:
    """Attributes that are read as words: photos are shown."""
    return [field for field in fields if field.type != LayerField.Type.PHOTOS]
