"""Letters for maps elsewhere: what a client reads out of a range, and which ranges there are."""

from typing import Any

import pytest
from django.test import Client

from tiles.style.glyphs import FONT, render_range

UKRAINIAN = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
BUFFER_PX = 3


def read_varint(body: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (body[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not body[at - 1] & 0x80:
            return value, at


def read_fields(body: bytes) -> list[tuple[int, Any]]:
    """Protobuf as the wire has it: numbers of fields with numbers or bytes."""
    fields: list[tuple[int, Any]] = []
    at = 0
    while at < len(body):
        key, at = read_varint(body, at)
        value, at = read_varint(body, at)
        if key & 7 == 2:
            fields.append((key >> 3, body[at : at + value]))
            at += value
        else:
            fields.append((key >> 3, value))
    return fields


def read_glyphs(start: int) -> dict[str, dict[int, Any]]:
    ((_, stack),) = read_fields(render_range(start))
    glyphs = [dict(read_fields(body)) for number, body in read_fields(stack) if number == 3]
    return {chr(glyph[1]): glyph for glyph in glyphs}


def test_all_letters_of_ukrainian_are_there_and_so_is_the_apostrophe():
    assert set(UKRAINIAN) <= set(read_glyphs(1024))
    assert "ʼ" in read_glyphs(512)
    assert "’" in read_glyphs(8192)
    assert set("№") <= set(read_glyphs(8448))


def test_a_letter_is_a_field_of_its_size_with_a_margin_whose_edge_is_at_three_quarters():
    glyph = read_glyphs(1024)["ґ"]
    width, height, field = glyph[3], glyph[4], glyph[2]
    assert len(field) == (width + 2 * BUFFER_PX) * (height + 2 * BUFFER_PX)
    assert max(field) > 192 > field[0]
    row = width + 2 * BUFFER_PX
    inside = sum(value >= 192 for value in field)
    assert 0.1 < inside / len(field) < 0.5
    assert field[:row] != field[-row:]
    assert 8 < glyph[7] < 24


def test_letters_stand_on_one_line():
    """The lower edge of letters without a tail is the same, above that of one with it."""
    glyphs = read_glyphs(1024)

    def lower_edge(letter: str) -> Any:
        zigzag, height = glyphs[letter][6], glyphs[letter][4]
        top = zigzag >> 1 if zigzag % 2 == 0 else -(zigzag + 1 >> 1)
        return top - height

    assert lower_edge("н") == lower_edge("П") == lower_edge("ї")
    assert lower_edge("щ") < lower_edge("н")


def test_a_space_has_a_width_and_nothing_to_see():
    space = read_glyphs(0)[" "]
    assert (space.get(2), space[3], space[4]) == (None, 0, 0)
    assert space[7] > 3


def test_a_range_without_any_letter_is_empty_and_no_error():
    response = Client().get(f"/tiles/glyphs/{FONT}/40960-41215.pbf")
    assert response.status_code == 200
    assert read_glyphs(40960) == {}


@pytest.mark.parametrize(
    "path",
    [
        "Arial/0-255",
        f"{FONT}/1-256",
        f"{FONT}/0-256",
        f"{FONT}/65536-65791",
        f"{FONT}/a-b",
        f"{FONT}/-256-1",
        f"{FONT}/²-257",
    ],
)
@pytest.mark.django_db
def test_what_no_client_asks_for_is_not_found(path):
    assert Client().get(f"/tiles/glyphs/{path}.pbf").status_code == 404


def test_letters_are_for_everybody_and_are_kept_for_a_week():
    url = f"/tiles/glyphs/Other Font,{FONT}/1024-1279.pbf"
    response = Client(headers={"accept-encoding": "gzip"}).get(url)
    assert response["Content-Type"] == "application/x-protobuf"
    assert response["Content-Encoding"] == "gzip"
    assert response["Cache-Control"] == "public, max-age=604800"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in response["Vary"]
    again = Client(headers={"if-none-match": response["ETag"]}).get(url)
    assert (again.status_code, again.content) == (304, b"")
