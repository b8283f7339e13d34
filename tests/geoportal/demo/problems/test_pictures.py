"""Pictures that stand for photos."""

import io

import pytest
from PIL import Image

from geoportal.demo.problems.pictures.developing import Wanted, develop
from geoportal.demo.problems.pictures.drawing import SCENES, draw_picture


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_is_drawn_as_a_small_jpeg_before_and_after(scene):
    before = draw_picture(scene, subject="1", month=5, hour=12)
    after = draw_picture(scene, subject="1", month=5, hour=12, is_mended=True)
    with Image.open(io.BytesIO(before)) as image:
        assert (image.format, image.size) == ("JPEG", (800, 600))
    assert before != after
    assert len(before) < 120_000


def test_a_picture_is_the_same_for_the_same_subject_and_differs_for_another():
    first = draw_picture("pothole", subject="1", month=2, hour=12)
    assert first == draw_picture("pothole", subject="1", month=2, hour=12)
    assert first != draw_picture("pothole", subject="2", month=2, hour=12)


def test_a_developed_picture_is_clean_and_has_a_thumbnail():
    developed = develop(Wanted("bins", "1", 7, 12, False, 60_000_000, 2048, (480, 360)))
    with Image.open(io.BytesIO(developed.large)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (developed.width, developed.height)
    with Image.open(io.BytesIO(developed.thumbnail)) as image:
        assert image.size == (480, 360)
