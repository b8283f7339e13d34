"""Photos come to an object and leave it; each time that is a changeset of its attribute."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.media.files import delete_files, store_photo
from geoportal.media.photos import CleanPhoto, clean_photo
from layers.models import Feature, Layer, LayerField, Photo
from layers.schema.photos import (
    PHOTOS_MAX,
    PhotoDocument,
    build_document,
    list_documents,
)
from layers.services.changesets import lock_layer
from layers.services.features import edit_feature

FOLDER = "photos"
FILES_MAX = 10


def add_photos(
    *,
    layer: Layer,
    key: str,
    field: LayerField,
    files: Sequence[BinaryIO],
    words: Mapping[str, str] | None = None,
    actor: User | None = None,
    comment: str = "",
) -> Feature:
    """Clean the files and put them behind the photos that the object has, in one changeset.

    `words`: `caption`, `author`, `licence` of all of them. Raises `InvalidInput` that names the
    first bad file, or where there would be too many; then nothing is kept.
    """
    if not 1 <= len(files) <= FILES_MAX:
        raise InvalidInput(
            _("Choose photos, at most %(max)s at a time.") % {"max": FILES_MAX}, reason="too-many"
        )
    _require_room(read_standing(layer, key, field), len(files))
    cleaned = [clean_photo(file) for file in files]
    stored: list[str] = []
    try:
        with transaction.atomic():
            lock_layer(layer)
            made = [_write_photo(layer, key, photo, actor, stored) for photo in cleaned]
            standing = read_standing(layer, key, field)
            _require_room(standing, len(made))
            added = [build_document(photo.pk, **(words or {})) for photo in made]
            return edit_feature(
                layer=layer,
                key=key,
                values={field.name: [*standing, *added]},
                actor=actor,
                comment=comment,
            )
    except BaseException:
        delete_files(stored)
        raise


def _write_photo(
    layer: Layer, key: str, photo: CleanPhoto, actor: User | None, stored: list[str]
) -> Photo:
    names = store_photo(photo, FOLDER)
    stored.extend(names)
    return Photo.objects.create(
        layer=layer,
        key=key,
        owner=actor,
        file=names.file,
        thumbnail=names.thumbnail,
        size=len(photo.large),
        width=photo.width,
        height=photo.height,
    )


def _require_room(standing: Sequence[PhotoDocument], more: int) -> None:
    if len(standing) + more > PHOTOS_MAX:
        raise InvalidInput(
            _("An object has at most %(max)s photos.") % {"max": PHOTOS_MAX}, reason="too-many"
        )


def read_standing(layer: Layer, key: str, field: LayerField) -> list[PhotoDocument]:
    feature = Feature.objects.filter(layer=layer, key=key).first()
    values = {**feature.properties, **feature.internal} if feature else {}
    return list_documents(values.get(field.name))


@transaction.atomic
def erase_photo(*, layer: Layer, photo: Photo) -> None:
    """Remove the files of a photo that was taken out, before their time; a rollback shows a gap.

    Raises `Conflict` while an object shows it.
    """
    lock_layer(layer)
    for field in layer.fields.filter(type=LayerField.Type.PHOTOS):
        if str(photo.pk) in {each["id"] for each in read_standing(layer, photo.key, field)}:
            raise Conflict(_("The object shows this photo; take it out first."))
    delete_photos([photo])


def delete_photos(going: Iterable[Photo]) -> int:
    """Rows now, files when that is certain; in a transaction. How many."""
    rows = list(going)
    names = [name for row in rows for name in (row.file.name, row.thumbnail.name) if name]
    Photo.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(partial(delete_files, names))
    return len(rows)
