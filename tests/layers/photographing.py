"""Trees with photos, for tests: a photo is cleaned once, and each test keeps files of its own."""

from functools import cache
from io import BytesIO

import pytest

from geoportal.media.photos import CleanPhoto, clean_photo
from layers import services
from layers.models import Feature, Layer, LayerField
from layers.schema.specs import FieldSpec
from tests.conftest import TREE_FIELDS
from tests.geoportal.media import making

PHOTO_FIELDS = (
    *TREE_FIELDS,
    FieldSpec(name="photos", type="photos", title_uk="Фото"),
    FieldSpec(name="evidence", type="photos", title_uk="Службові фото", audience="staff"),
)


def draw_photo(name: str = "дуб.jpg") -> BytesIO:
    """With the place where it was taken."""
    content = making.save(making.draw_corners(), "JPEG", exif=making.build_gps_block())
    return making.named(content, name)


@cache
def clean_once() -> CleanPhoto:
    return clean_photo(draw_photo())


def take_cleaned(patch: pytest.MonkeyPatch) -> None:
    """Without the process that opens photos: it has tests of its own."""
    patch.setattr("layers.services.photos.clean_photo", lambda file: clean_once())


def find_field(layer: Layer, name: str = "photos") -> LayerField:
    return layer.fields.get(name=name)


def photograph(layer: Layer, key: str = "1", name: str = "photos", **words: str) -> Feature:
    """One more photo of the tree."""
    return services.add_photos(
        layer=layer, key=key, field=find_field(layer, name), files=[draw_photo()], words=words
    )


def list_shown(feature: Feature, name: str = "photos") -> list[dict[str, str]]:
    feature.refresh_from_db()
    return list({**feature.properties, **feature.internal}.get(name) or [])
