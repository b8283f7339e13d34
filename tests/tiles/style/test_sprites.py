"""The sheet of pictures holds all that a style names, once, each in its place."""

import io
from urllib.parse import urlsplit

import pytest
from django.test import Client
from PIL import Image

from geoportal.problems.models import Category
from tiles.style.signs import draw_image
from tiles.style.sprites import build_sprite, list_image_names, measure

pytestmark = pytest.mark.django_db


def find_pixels(sheet, place):
    x, y, width, height = (place[name] for name in ("x", "y", "width", "height"))
    return sheet.crop((x, y, x + width, y + height))


def read_pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = image.convert("RGBA").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return tuple(int(channel) for channel in pixel)


def get_sprite(form, theme="light"):
    style = Client().get(f"/tiles/style.json?theme={theme}").json()
    return Client().get(urlsplit(style["sprite"]).path + form)


def test_each_picture_is_on_the_sheet_at_both_sizes(trees):
    trees.icon, trees.color = "trees", "#2f6f8f"
    trees.save()
    for ratio, mark in ((1, ""), (2, "@2x")):
        index = get_sprite(f"{mark}.json").json()
        sheet = Image.open(io.BytesIO(get_sprite(f"{mark}.png").content)).convert("RGBA")
        place = index["badge:trees:#2f6f8f:#ffffff"]
        assert (place["width"], place["pixelRatio"]) == (34 * ratio, ratio)
        badge = find_pixels(sheet, place)
        red, green, blue, alpha = read_pixel(badge, 17 * ratio, 5 * ratio)
        assert max(abs(red - 0x2F), abs(green - 0x6F), abs(blue - 0x8F)) < 12
        assert alpha == 255
        assert read_pixel(badge, 0, 0)[3] == 0


def test_no_two_pictures_share_a_place():
    names = [f"badge:{icon}:#2f6f8f:#ffffff" for icon in ("trees", "school", "bus", "hospital")]
    sprite = build_sprite([*names, "trees", "ink:#123456:bus", *names])
    seen = set()
    for place in sprite.places.values():
        for x in range(place.x, place.x + place.width):
            for y in range(place.y, place.y + place.height):
                assert (x, y) not in seen
                seen.add((x, y))
    assert len(sprite.places) == 6


def test_names_are_found_inside_expressions_and_unknown_ones_are_left_out():
    parts = [
        {"layout": {"icon-image": ["match", ["get", "kind"], "a", "bus", "b", "school", ""]}},
        {"paint": {"fill-pattern": "no-such-icon"}},
        {"layout": {"icon-image": {"stops": [[10, "trees"], [12, "tree-pine"]]}}},
    ]
    names = set(list_image_names(parts))
    assert {"bus", "school", "no-such-icon", "trees", "tree-pine"} <= names
    places = build_sprite(names).places
    assert {"bus", "school", "trees", "tree-pine"} <= set(places)
    assert "no-such-icon" not in places


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_problems_have_a_shape_that_no_object_has(theme):
    """A bubble is coloured where a disc as wide has ended."""
    bubble = Image.open(io.BytesIO(build_sprite([f"problem|open|bus||{theme}"]).render(2)))
    disc = Image.open(io.BytesIO(build_sprite(["badge:bus:#c62828:#ffffff"]).render(2)))
    assert read_pixel(bubble, 17, 15)[3] > 250
    assert read_pixel(disc, 5, 5)[3] == 0


def test_states_differ_and_so_does_what_is_late():
    names = [f"problem|{state}|bus||light" for state in ("open", "accepted", "closed", "archived")]
    drawn = {draw_image(name) for name in [*names, "problem|open|bus|late|light"]}
    assert len(drawn) == 5
    assert all(measure(svg) == (44, 46) for svg in drawn if svg)


def test_a_category_with_a_new_icon_makes_another_sheet(make_layer):
    make_layer("problems")
    before = Client().get("/tiles/style.json").json()["sprite"]
    Category.objects.create(code="zoo", title_uk="Зоопарк", icon="panda")
    style = Client().get("/tiles/style.json").json()
    assert style["sprite"] != before
    assert "problem|open|panda||light" in get_sprite(".json").json()
    old = Client().get(urlsplit(before).path + ".json")
    assert "immutable" not in old["Cache-Control"]


def test_a_sheet_is_for_everybody_and_for_ever(trees):
    first, second = get_sprite("@2x.png"), get_sprite("@2x.png")
    assert first.content == second.content
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert Client().get("/tiles/sprites/light-xyz.png").status_code == 404


def test_the_style_of_one_layer_has_the_sheet_of_the_whole_map(trees):
    whole = Client().get("/tiles/style.json").json()
    one = Client().get("/tiles/trees/style.json").json()
    assert one["sprite"] == whole["sprite"]
    assert list(one["sources"]) == ["trees"]
    shown = {part["layout"]["visibility"] for part in one["layers"] if "source" in part}
    assert shown == {"visible"}


def test_problems_of_the_whole_map_leave_the_archive_out(make_layer):
    make_layer("problems")
    style = Client().get("/tiles/style.json").json()
    (address,) = style["sources"]["problems"]["tiles"]
    assert address.endswith(
        "/problems/tiles/{z}/{x}/{y}.mvt?state=open&state=accepted&state=closed"
    )
    drawn = [part for part in style["layers"] if part.get("source") == "problems"]
    assert [part["id"] for part in drawn] == [
        "problems--names",
        "problems--far",
        "problems--near",
        "problems--clusters",
    ]
    assert style["layers"][-4:] == drawn
