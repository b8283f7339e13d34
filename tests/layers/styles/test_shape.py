"""A style that the portal cannot draw is refused before it is kept."""

import json

import pytest
from django.core.exceptions import ValidationError

from geoportal.core.errors import InvalidInput
from geoportal.packs.extending import SHIPPED
from layers.models import Layer
from layers.reading.legend import build_legend
from layers.styles.shape import check_style_shape
from tiles.style.document import build_style

CIRCLE = {"type": "circle"}
REFUSED = [
    {"light": 5},
    {"light": ["x"]},
    {"light": None},
    {"light": [{}]},
    {"light": [{"type": "background"}]},
    {"light": [{"type": ["circle"]}]},
    {"dark": [CIRCLE | {"paint": []}]},
    {"dark": [CIRCLE | {"layout": 1}]},
    {"dark": [CIRCLE | {"minzoom": "7"}]},
    {"dark": [CIRCLE | {"maxzoom": True}]},
    {"dark": [CIRCLE | {"filter": "all"}]},
    {"dark": [CIRCLE | {"paint": {"circle-color": "\x00"}}]},
    {"dark": [CIRCLE | {"paint": {"circle-radius": float("nan")}}]},
    {"legend": 7},
    {"legend": ["x"]},
    {"legend": [{"shape": "circle"}]},
    {"legend": [{"color": "red"}]},
    {"legend": [{"color": "#aabbcc\n"}]},
    {"legend": [{"color": "#aabbcc", "shape": "star"}]},
    {"legend": [{"color": "#aabbcc", "shape": ["line"]}]},
    {"legend": [{"color": "#aabbcc", "title_uk": 1}]},
    {"lihgt": []},
    [1],
    "circle",
    7,
]
TAKEN = [
    {},
    {"light": [], "dark": [], "legend": []},
    {"dark": [CIRCLE]},
    {"light": [CIRCLE | {"minzoom": 3.5, "filter": ["has", "x"], "layout": {}}]},
    {"legend": [{"color": "#AAbbcc"}]},
    {"legend": [{"color": "#aabbcc", "shape": "area", "title_uk": "Парк", "title_en": "Park"}]},
    json.loads((SHIPPED / "ukraine/layers/trees.style.json").read_text(encoding="utf-8")),
]


def make_layer(style: object) -> Layer:
    return Layer(slug="x", title_uk="Шар", geometry_type="point", style=style)


@pytest.mark.django_db
@pytest.mark.parametrize("style", REFUSED)
def test_what_is_no_style_is_refused_with_a_reason(style):
    with pytest.raises(ValidationError) as caught:
        make_layer(style).full_clean()
    (reason,) = caught.value.message_dict["style"]
    assert len(reason) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("style", TAKEN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_taken_can_be_drawn_and_explained(style, theme):
    check_style_shape(style)
    layer = make_layer(style)
    assert build_style([layer], theme=theme, base_url="https://town.example")["layers"]
    assert all(entry["color"] and entry["shape"] for entry in build_legend(layer))


@pytest.mark.django_db
@pytest.mark.parametrize("emptied", [None, [], ""])
def test_an_emptied_style_is_no_style(emptied):
    layer = make_layer(emptied)
    layer.full_clean()
    assert layer.style == {}
    assert len(build_legend(make_layer(emptied))) == 1


def test_a_layer_is_not_made_with_a_broken_style(make_layer):
    with pytest.raises(InvalidInput) as caught:
        make_layer("broken", style={"light": 5})
    assert "style" in str(caught.value.extra["errors"])
