"""The photos of one object as its editor puts them in order and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from geoportal.mapkit.photos import ShownPhoto, build_photo
from geoportal.staff.objects.forms import read_values
from layers.models import Feature, Layer, LayerField, Photo
from layers.schema.photos import LENGTHS, PhotoDocument, list_documents, list_ids

MOVES = {"earlier": -1, "later": 1}


@dataclass(frozen=True)
class EditedPhoto:
    """One photo with its words as they stand or were just written; `is_there`: its file is."""

    shown: ShownPhoto
    document: PhotoDocument
    is_there: bool


@dataclass(frozen=True)
class PhotoField:
    """An attribute of photos and what it holds."""

    field: LayerField
    photos: tuple[EditedPhoto, ...]


@dataclass(frozen=True)
class TakenOut:
    """A photo that the object shows no more; its files stay until then."""

    shown: ShownPhoto
    until: datetime


def list_photo_fields(layer: Layer) -> list[LayerField]:
    return [field for field in layer.fields.all() if field.type == LayerField.Type.PHOTOS]


def list_edited(
    layer: Layer, feature: Feature, name: str, written: QueryDict | None = None
) -> list[PhotoField]:
    """By attribute; with the words of a form that was not saved."""
    there = {str(pk) for pk in layer.photos.filter(key=feature.key).values_list("pk", flat=True)}
    values = read_values(feature)
    return [
        PhotoField(
            field,
            tuple(
                EditedPhoto(build_photo(name, number, each), each, each["id"] in there)
                for number, each in enumerate(_write(values.get(field.name), written), 1)
            ),
        )
        for field in list_photo_fields(layer)
    ]


def _write(value: object, written: QueryDict | None) -> list[PhotoDocument]:
    return [apply_words(each, written or {}) for each in list_documents(value)]


def apply_words(document: PhotoDocument, written: Mapping[str, object]) -> PhotoDocument:
    """Controls are named `caption-<id>` and so on; what the form does not hold stays."""
    changed = {
        part: str(written[f"{part}-{document['id']}"])[:most]
        for part, most in LENGTHS.items()
        if f"{part}-{document['id']}" in written
    }
    return {**document, **changed}  # type: ignore[typeddict-item]


def arrange(standing: Sequence[PhotoDocument], written: QueryDict) -> list[PhotoDocument]:
    """The list as the form wants it: its words, one photo taken out or moved by one place."""
    photos = [apply_words(each, written) for each in standing]
    photos = [each for each in photos if each["id"] != written.get("take_out")]
    for name, step in MOVES.items():
        at = next((n for n, each in enumerate(photos) if each["id"] == written.get(name)), None)
        if at is not None and 0 <= at + step < len(photos):
            photos[at], photos[at + step] = photos[at + step], photos[at]
    return photos


def list_taken_out(layer: Layer, feature: Feature, name: str) -> list[TakenOut]:
    """The latest first. One that the clock has not seen yet leaves from now on."""
    values = read_values(feature)
    shown = list_ids(values.get(field.name) for field in list_photo_fields(layer))
    kept = timedelta(days=settings.PHOTO_KEPT_DAYS)
    left = Photo.objects.filter(layer=layer, key=feature.key).exclude(pk__in=shown)
    return [
        TakenOut(
            build_photo(name, number, build_plain(photo)),
            (photo.unused_since or timezone.now()) + kept,
        )
        for number, photo in enumerate(left.order_by("-created_at"), 1)
    ]


def build_plain(photo: Photo) -> PhotoDocument:
    return next(iter(list_documents([{"id": str(photo.pk)}])))
