"""What a stranger sends as a photo is made clean and small, or refused in words."""

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin

from geoportal.core.errors import InvalidInput
from geoportal.media import photos
from geoportal.media.photos import clean_photo
from tests.geoportal.media import making
from tests.geoportal.media.making import (
    KYIV,
    build_png,
    draw_corners,
    named,
    read_corners,
    save,
)

UPRIGHT = ["red", "green", "blue", "white"]
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Secret place</secret></x:xmpmeta>'
# How the camera's turn, by its number in EXIF, changes what it stores.
HELD = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
MADE = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "WEBP": {"lossless": True},
    "GIF": {},
    "HEIF": {"quality": 90},
    "MPO": {},
}


def refuse(content: bytes, name: str = "photo.jpg") -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        clean_photo(named(content, name))
    assert caught.value.extra["file"] == name
    assert name in str(caught.value.message)
    return caught.value


@pytest.mark.parametrize("form", MADE)
def test_every_kind_of_photo_becomes_a_jpeg(form):
    original = save(draw_corners(), form, **MADE[form])
    photo = clean_photo(named(original, "IMG_0001"))
    assert (photo.width, photo.height) == (800, 600)
    assert read_corners(photo.large) == read_corners(photo.thumbnail) == UPRIGHT
    assert Image.open(io.BytesIO(photo.large)).format == "JPEG"
    assert photo.sha256 == hashlib.sha256(original).hexdigest()
    assert photo.taken_lonlat is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA"])
def test_every_kind_of_colour_becomes_rgb(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    light = {"1": 1, "CMYK": (0, 0, 0, 50), "I;16": 52_000, "LA": (204, 255)}.get(mode, 204)
    if mode == "P":
        image = Image.new("RGB", (90, 60), (204, 204, 204)).quantize(4)
    else:
        image = Image.new(mode, (90, 60), light)
    photo = clean_photo(named(save(image, form), "photo"))
    pixel = Image.open(io.BytesIO(photo.large)).getpixel((40, 30))
    assert all(abs(value - (255 if mode == "1" else 204)) <= 4 for value in pixel)


@pytest.mark.parametrize(
    ("width", "height"), [(5000, 3000), (3000, 5000), (2049, 10), (4000, 4000)]
)
def test_a_large_photo_is_made_smaller_in_its_own_shape(width, height):
    photo = clean_photo(named(save(draw_corners(width, height), "JPEG"), "big.jpg"))
    assert max(photo.width, photo.height) == 2048
    assert photo.width / photo.height == pytest.approx(width / height, rel=0.06)
    assert Image.open(io.BytesIO(photo.large)).size == (photo.width, photo.height)
    thumbnail = Image.open(io.BytesIO(photo.thumbnail))
    assert thumbnail.width <= 480
    assert thumbnail.height <= 360


def test_the_thumbnail_is_cut_to_four_by_three_and_never_enlarged():
    for size, expected in [
        ((800, 600), (480, 360)),
        ((3000, 500), (455, 341)),
        ((120, 200), (120, 90)),
    ]:
        photo = clean_photo(named(save(draw_corners(*size), "JPEG"), "a.jpg"))
        assert Image.open(io.BytesIO(photo.thumbnail)).size == expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_with_a_turned_camera_stands_upright(form, orientation):
    stored = draw_corners()
    turn = HELD.get(orientation)
    if turn is not None:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.info["exif"] = exif.tobytes()  # from here HEIF writes it as a turn of its own
    options = {} if form == "HEIF" else {"exif": exif}
    photo = clean_photo(named(save(stored, form, **options), "turned"))
    assert (photo.width, photo.height) == (800, 600)
    assert read_corners(photo.large) == read_corners(photo.thumbnail) == UPRIGHT


def build_telling_photo(form: str) -> bytes:
    """With a place, words in every block that this kind of file has, and a colour profile."""
    exif = Image.Exif()
    exif.load(making.build_gps_block())
    exif[0x013B] = "Secret author"
    options: dict[str, object] = {"exif": exif.tobytes(), "xmp": XMP}
    if form == "JPEG":
        options["comment"] = b"Secret comment"
    if form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "Secret comment")
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"exif": exif.tobytes(), "pnginfo": words}
    options["icc_profile"] = making.build_swapped_profile()
    content = save(draw_corners(), form, **options)
    if form == "JPEG":  # IPTC by hand, after the first marker
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x5a\0\x0cSecret place\0\0\0"
        content = content[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + content[2:]
    return content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_that_tells_of_the_author_or_the_place_is_left(form, list_tags):
    content = build_telling_photo(form)
    before = list_tags(content, "jpg")
    assert before["GPS:GPSLatitude"]
    photo = clean_photo(named(content, "photo"))
    assert photo.taken_lonlat == pytest.approx(KYIV, abs=1e-4)
    for clean in (photo.large, photo.thumbnail):
        groups = {name.partition(":")[0] for name in list_tags(clean, "jpg")}
        assert groups <= {"SourceFile", "ExifTool", "System", "File", "JFIF", "Composite"}
        for telling in (b"Secret", b"Exif", b"GPS", b"xmpmeta", b"8BIM", b"ICC_PROFILE", b"MM\0*"):
            assert telling not in clean
        image = Image.open(io.BytesIO(clean))
        assert not image.getexif()
        assert set(image.info) <= JFIF


def test_colours_of_another_profile_are_converted():
    red = Image.new("RGB", (60, 60), (255, 0, 0))
    content = save(red, "PNG", icc_profile=making.build_swapped_profile())
    pixel = Image.open(io.BytesIO(clean_photo(named(content, "a.png")).large)).getpixel((30, 30))
    assert making.name_colour(pixel) == "green"


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200])
def test_a_broken_colour_profile_spoils_nothing(profile):
    content = save(draw_corners(), "JPEG", icc_profile=profile)
    assert read_corners(clean_photo(named(content, "a.jpg")).large) == UPRIGHT


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(form):
    image = Image.new("RGBA", (80, 60), (255, 0, 0, 0))
    content = save(image, form, **({"lossless": True, "exact": True} if form == "WEBP" else {}))
    photo = clean_photo(named(content, "a"))
    assert making.name_colour(Image.open(io.BytesIO(photo.large)).getpixel((40, 30))) == "white"


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "blue")]
    content = save(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    photo = clean_photo(named(content, "moving.gif"))
    assert making.name_colour(Image.open(io.BytesIO(photo.large)).getpixel((40, 30))) == "red"


def test_what_hides_behind_a_photo_is_dropped():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("evil.html", "<script>alert(1)</script>")
    content = save(draw_corners(), "JPEG", comment=b"<script>alert(2)</script>")
    photo = clean_photo(named(content + archive.getvalue() + b"<?php evil(); ?>", "a.jpg"))
    for clean in (photo.large, photo.thumbnail):
        assert not zipfile.is_zipfile(io.BytesIO(clean))
        assert b"script" not in clean
        assert b"<?php" not in clean
        assert clean.endswith(b"\xff\xd9")


def test_the_name_decides_nothing():
    photo = clean_photo(named(save(draw_corners(), "PNG"), "photo.exe"))
    assert photo.width == 800


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET['c']); ?>",
        SVG,
        b"\xef\xbb\xbf" + SVG,
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04" + b"\0" * 100,
        b"MZ" + b"\0" * 100,
        b"BM" + b"\0" * 100,
        b"II*\0" + b"\0" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"\0\0\0\x18ftypmp42" + b"\0" * 100,
        b"GIF86a" + b"\0" * 100,
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(content):
    error = refuse(content, "photo.jpg")
    assert error.extra["reason"] == "not-a-photo"
    assert "JPEG, PNG, WebP, HEIC" in str(error.message)


@pytest.mark.parametrize(
    "beginning",
    [
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBP",
        b"GIF89a",
        b"\0\0\0\x18ftypheic",
    ],
)
def test_a_script_with_the_first_bytes_of_a_photo_is_refused(beginning):
    assert refuse(beginning + SVG * 10).extra["reason"] == "unreadable"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_photo_that_was_cut_off_is_refused(form, share):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    content = save(noise, form)
    error = refuse(content[: int(len(content) * share)], "cut.jpg")
    assert error.extra["reason"] == "unreadable"
    assert "damaged or incomplete" in str(error.message)


def test_a_file_of_more_than_fifteen_megabytes_is_refused():
    content = save(draw_corners(), "JPEG")
    error = refuse(content + b"\0" * (15 * 1024**2 + 1 - len(content)))
    assert error.extra["reason"] == "too-large"
    assert "15" in str(error.message)
    assert clean_photo(named(content + b"\0" * (15 * 1024**2 - len(content)), "a.jpg")).width == 800


def build_large_gif() -> bytes:
    return b"GIF89a" + struct.pack("<HH", 40_000, 40_000) + save(draw_corners(), "GIF")[10:]


def build_large_jpeg() -> bytes:
    content = save(draw_corners(), "JPEG")
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", 40_000, 40_000) + content[at + 4 :]


def build_large_webp() -> bytes:
    content = save(Image.new("RGBA", (80, 60), (1, 2, 3, 4)), "WEBP", exif=making.build_gps_block())
    at = content.index(b"VP8X") + 12
    return content[:at] + (16_000).to_bytes(3, "little") * 2 + content[at + 6 :]


def build_large_heic() -> bytes:
    content = save(draw_corners(), "HEIF")
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", 20_000, 20_000) + content[at + 8 :]


@pytest.mark.parametrize(
    "content",
    [
        build_png(40_000, 40_000),
        build_large_gif(),
        build_large_jpeg(),
        build_large_webp(),
        build_large_heic(),
    ],
    ids=["png", "gif", "jpeg", "webp", "heic"],
)
def test_a_bomb_of_pixels_is_refused_by_its_header(content):
    error = refuse(content, "bomb.png")
    assert error.extra["reason"] == "too-many-pixels"
    assert "60" in str(error.message)


@pytest.mark.parametrize("kind", [b"iTXt", b"zTXt", b"iCCP"])
def test_a_bomb_of_packed_words_bursts_nothing(kind):
    packed = zlib.compress(b"\0" * 300 * 1024**2)
    head = b"Comment\0\1\0\0\0" if kind == b"iTXt" else b"Comment\0\0"
    content = build_png(80, 60, *[making.build_chunk(kind, head + packed)] * 3)
    assert refuse(content, "bomb.png").extra["reason"] == "unreadable"


@pytest.mark.slow
@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")])
def test_sixty_million_pixels_need_less_than_450_megabytes_of_addresses(monkeypatch, form, mode):
    monkeypatch.setattr(photos, "MEMORY_BYTES", 450 * 1024**2)
    options = {"compress_level": 1} if form == "PNG" else {}
    content = save(Image.new(mode, (10_000, 6_000), "red"), form, **options)
    assert clean_photo(named(content, "large")).width == 2048


def test_a_photo_that_needs_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "MEMORY_BYTES", 150 * 1024**2)
    content = save(Image.new("RGB", (6_000, 5_000), "red"), "PNG", compress_level=1)
    assert refuse(content, "large.png").extra["reason"] == "too-much-memory"


def test_a_photo_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "WALL_S", 0.001)
    assert refuse(save(draw_corners(), "JPEG")).extra["reason"] == "unreadable"
