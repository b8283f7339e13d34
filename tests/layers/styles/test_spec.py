"""A style that MapLibre would refuse is refused before it is kept, in words with the place."""

import contextlib
import json
import shutil

import pytest
from django.core.cache import caches
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.utils import translation

from geoportal.core.errors import InvalidInput
from geoportal.core.processes import TookTooLong
from layers.models import Layer
from layers.reading.legend import build_legend
from layers.styles import spec
from layers.styles.checking import check_style, list_drawable
from tiles.style.document import build_style

CIRCLE = {"type": "circle"}
WRONG_EXPRESSION = {"light": [CIRCLE | {"paint": {"circle-color": ["matsch", ["get", "kind"]]}}]}
RISING = ["interpolate", ["linear"], ["zoom"], 12, 3, 10, 2]
# Type, properties of paint, where the fault stands, what is said of it.
FAULTS = [
    ("circle", {"circle-radius": "big"}, "circle-radius", "очікується: число; написано: текст"),
    ("circle", {"circle-color": "reddish"}, "circle-color", "«reddish» – не колір"),
    ("circle", {"circle-colour": "#2e7d32"}, "circle-colour", "тут немає властивості"),
    ("circle", {"circle-opacity": 7}, "circle-opacity", "7 – більше за найбільше значення, 1"),
    ("circle", {"circle-color": ["literal"]}, "circle-color", "неправильна кількість аргументів"),
    ("circle", {"circle-radius": ["/", 1]}, "circle-radius", "очікується: (число, число)"),
    ("circle", {"circle-radius": ["+", 1, ["rgb", 1, 2, 3]]}, "circle-radius[2]", "очікується"),
    ("circle", {"circle-radius": RISING}, "circle-radius[5]", "сходинки мають іти за зростанням"),
    ("circle", {"circle-radius": ["*", 2, ["zoom"]]}, "circle-radius", "масштаб (zoom) може"),
    ("line", {"line-cap": "round"}, "line-cap", "тут немає властивості «line-cap»"),
    ("line", {"line-translate-anchor": "sky"}, "line-translate-anchor", "очікується одне з"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch):
    monkeypatch.setattr(spec, "_known", {})
    caches["process"].clear()
    with translation.override("en"):
        yield
    caches["process"].clear()


@pytest.fixture
def without_node(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.fixture
def town_layer(db, make_layer) -> Layer:
    """What somebody wrote past every check: by SQL."""
    layer: Layer = make_layer("oaks", geometry_type="point", color="#123456")
    Layer.objects.filter(pk=layer.pk).update(style=WRONG_EXPRESSION)
    layer.refresh_from_db()
    return layer


@pytest.mark.parametrize(("kind", "paint", "place", "words"), FAULTS)
def test_a_fault_is_said_in_words_with_its_place(kind, paint, place, words):
    with translation.override("uk"), pytest.raises(ValidationError) as caught:
        check_style({"light": [CIRCLE], "dark": [CIRCLE, {"type": kind, "paint": paint}]})
    (said,) = caught.value.messages
    assert said.startswith(f"«dark», елемент 2: paint.{place}: {words}")


def test_a_filter_with_an_unknown_expression_is_refused_too():
    with translation.override("uk"), pytest.raises(ValidationError) as caught:
        check_style({"light": [CIRCLE | {"filter": ["sometimes", True]}]})
    (said,) = caught.value.messages
    assert said.startswith("«light», елемент 1: filter[0]: немає виразу «sometimes»;")


def test_what_the_validator_says_and_we_have_no_words_for_is_passed_on():
    with translation.override("uk"), pytest.raises(ValidationError) as caught:
        check_style({"light": [CIRCLE | {"filter": []}]})
    assert caught.value.messages == [
        "«light», елемент 1: filter: перевірка MapLibre каже:"
        " «filter array must have at least 1 element»"
    ]


def test_every_fault_of_a_style_is_said_at_once():
    wrong = CIRCLE | {"paint": {"circle-radius": "big", "circle-color": 7}}
    with pytest.raises(ValidationError) as caught:
        check_style({"light": [wrong], "dark": [CIRCLE, {"type": "fill", "paint": {"fill": 1}}]})
    assert [message.split(":")[0] for message in caught.value.messages] == [
        "“light”, item 1",
        "“light”, item 1",
        "“dark”, item 2",
    ]


def test_what_the_portal_fills_in_itself_is_not_looked_at():
    filled = {"id": 7, "source": "x", "source-layer": [], "metadata": 1}
    check_style({"light": [CIRCLE | filled, CIRCLE | filled]})


def test_a_service_makes_no_layer_with_a_wrong_expression(make_layer):
    with pytest.raises(InvalidInput) as caught:
        make_layer("oaks", style=WRONG_EXPRESSION)
    assert "circle-color" in str(caught.value.extra["errors"]["style"])
    assert not Layer.objects.filter(slug="oaks").exists()


def test_styles_are_asked_about_once_and_together(monkeypatch):
    runs = []
    run = spec._run

    def count(texts):
        runs.append(len(texts))
        return run(texts)

    monkeypatch.setattr(spec, "_run", count)
    oaks = {"light": [CIRCLE, CIRCLE | {"minzoom": 3}]}
    assert list_drawable([oaks, {}, WRONG_EXPRESSION, "no style", oaks]) == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert list_drawable([WRONG_EXPRESSION, oaks]) == [False, True]
    assert runs == [3]


def test_a_wrong_style_in_the_database_is_drawn_as_if_there_was_none(client, town_layer):
    document = client.get("/tiles/style.json").json()
    paints = [part["paint"] for part in document["layers"] if part["id"].startswith("oaks--")]
    town_layer.style = {}
    expected = build_style([town_layer], theme="light", base_url="")["layers"]
    assert paints == [part["paint"] for part in expected if "metadata" in part]
    assert "matsch" not in json.dumps(document)


@pytest.mark.parametrize("style", [{"legend": 7, "light": 5}, ["x"], "circle", 7])
def test_what_is_no_style_at_all_breaks_neither_the_map_nor_the_legend(town_layer, style):
    town_layer.style = style
    parts = build_style([town_layer], theme="dark", base_url="")["layers"]
    ids = {part["id"] for part in parts if "clusters" not in part["id"]}
    assert ids == {"background", "oaks--0", "oaks--1"}
    assert [entry["color"] for entry in build_legend(town_layer)] == ["#123456"]


def test_without_node_no_style_is_kept_and_the_reason_is_said(without_node):
    with pytest.raises(ValidationError, match=r"The server needs Node\.js"):
        check_style({"light": [CIRCLE]})
    check_style({"legend": [{"color": "#123456"}]})
    assert [found.id for found in run_checks() if found.id == "geoportal.W002"]


def test_with_node_the_start_says_nothing():
    assert not [found for found in run_checks() if found.id == "geoportal.W002"]


def test_without_node_styles_are_drawn_as_they_are(without_node):
    assert list_drawable([WRONG_EXPRESSION, "no style"]) == [True, False]


def test_a_validator_that_hangs_holds_readers_up_once(monkeypatch):
    runs = []

    def hang(command, **kwargs):
        runs.append(command)
        raise TookTooLong

    monkeypatch.setattr(spec, "run_limited", hang)
    assert list_drawable([WRONG_EXPRESSION]) == list_drawable([WRONG_EXPRESSION]) == [True]
    assert len(runs) == 1


@pytest.mark.parametrize("depth", [300, 5000])
def test_a_style_nested_without_end_is_an_answer_too(depth):
    """Whatever becomes of the validator; nothing else breaks."""
    nested: object = ["get", "kind"]
    for _step in range(depth):
        nested = ["to-string", nested]
    with contextlib.suppress(ValidationError):
        check_style({"light": [{"type": "symbol", "layout": {"text-field": nested}}]})
