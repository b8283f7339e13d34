"""The place of a photo is offered when it is one, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.media.gps import find_lonlat
from geoportal.media.photos import clean_photo
from tests.geoportal.media.making import (
    KYIV,
    build_gps_block,
    draw_corners,
    named,
    save,
)

# Pillow warns at broken blocks and reads on.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
ZERO = ((0, 1), (0, 1), (0, 1))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_place_is_read_from_every_kind_of_photo(form):
    file = named(save(draw_corners(), form, exif=build_gps_block()), "a.jpg")
    assert clean_photo(file).taken_lonlat == pytest.approx(KYIV, abs=1e-4)


@pytest.mark.parametrize(
    ("references", "signs"),
    [(b"EN", (1, 1)), (b"WN", (-1, 1)), (b"ES", (1, -1)), (b"ws", (-1, -1))],
)
def test_west_and_south_are_negative(references, signs):
    assert find_lonlat(build_gps_block(references=references)) == pytest.approx(
        (KYIV[0] * signs[0], KYIV[1] * signs[1]), abs=1e-4
    )


def test_degrees_may_stand_without_minutes():
    assert find_lonlat(build_gps_block(((305234, 10_000),), ((504501, 10_000),))) is not None


@pytest.mark.parametrize(
    "block",
    [
        build_gps_block(lon=((1, 0), (0, 1), (0, 1))),
        build_gps_block(lon=((30, 1), (0, 0), (0, 1))),
        build_gps_block(lon=((181, 1), (0, 1), (0, 1))),
        build_gps_block(lat=((90, 1), (1, 1), (0, 1))),
        build_gps_block(lat=((4_000_000_000, 1), (0, 1), (0, 1))),
        build_gps_block(lon=((-30, 1), (0, 1), (0, 1)), signed=True),
        build_gps_block(lon=ZERO, lat=ZERO),
        build_gps_block(references=b"XN"),
        build_gps_block(references=b"E\0"),
        build_gps_block(lon=((1, 1),) * 4),
        build_gps_block()[:-10],
        build_gps_block()[:40],
        b"Exif\0\0",
        b"",
        None,
        "text",
    ],
)
def test_an_impossible_place_is_no_place(block):
    assert find_lonlat(block) is None


@pytest.mark.parametrize("exif", [None, build_gps_block()[:30]])
def test_a_photo_without_a_place_offers_none(exif):
    file = named(save(draw_corners(), "JPEG", **({"exif": exif} if exif else {})), "a.jpg")
    assert clean_photo(file).taken_lonlat is None


@given(
    st.binary(max_size=300)
    | st.binary(max_size=200).map(lambda tail: build_gps_block()[:60] + tail)
    | st.tuples(st.integers(0, 130), st.binary(min_size=1, max_size=4)).map(
        lambda change: (
            build_gps_block()[: change[0]] + change[1] + build_gps_block()[change[0] + 1 :]
        )
    )
)
def test_any_block_is_read_without_an_error(block):
    place = find_lonlat(block)
    if place is not None:
        assert -180 <= place[0] <= 180
        assert -90 <= place[1] <= 90
