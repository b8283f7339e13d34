"""What the form makes is a style that MapLibre takes, and the form reads it back."""

from dataclasses import replace
from itertools import product

import pytest

from geoportal.staff.styles.breaks import find_breaks
from geoportal.staff.styles.drawing import draw_plan, read_plan
from geoportal.staff.styles.plan import Classify, StyleClass, StylePlan, build_default_plan
from layers.models import Layer
from layers.styles.checking import check_style, list_parts
from tiles.style.defaults import default_layers

GEOMETRIES = [str(kind) for kind in Layer.GeometryType]
VALUES = (
    StyleClass(color="#1d5bd6", value="дуб", title_uk="Дуби", title_en="Oaks"),
    StyleClass(color="#d55e00", value="true"),
)
NUMBERS = (
    StyleClass(color="#d0e0ff"),
    StyleClass(color="#80a0ff", start=5),
    StyleClass(color="#1d5bd6", start=12.5),
)


def make_layer(geometry_type="point", **given):
    values = {"slug": "trees", "title_uk": "Дерева", "color": "#3f8f4f", "title_field": "species"}
    return Layer(geometry_type=geometry_type, **values | given)


def make_plans(layer):
    plain = build_default_plan(layer)
    for icon, size, label in product(("", "tree-deciduous"), (1.0, 2.5), ("", "species")):
        drawn = replace(plain, icon=icon, size=size, label_field=label, opacity=0.4)
        yield drawn
        yield replace(drawn, classify=Classify.VALUES, class_field="kind", classes=VALUES)
        yield replace(drawn, classify=Classify.NUMBERS, class_field="height", classes=NUMBERS)
        yield replace(drawn, classify=Classify.NUMBERS, class_field="height", classes=NUMBERS[:1])


@pytest.mark.parametrize("geometry_type", GEOMETRIES)
def test_maplibre_takes_whatever_the_form_makes_and_the_form_reads_it_back(geometry_type):
    """So a server without Node.js may keep what the form made."""
    layer = make_layer(geometry_type)
    together: dict[str, list[object]] = {"light": [], "dark": []}
    for plan in make_plans(layer):
        layer.style = draw_plan(plan, layer)
        assert read_plan(layer) == plan
        for theme in together:
            together[theme] += layer.style.get(theme, [])
    check_style(together)


@pytest.mark.parametrize(
    ("geometry_type", "kind"),
    [
        ("point", "register"),
        ("line", "register"),
        ("polygon", "register"),
        ("polygon", "territory"),
    ],
)
def test_the_form_begins_with_what_the_portal_draws_already(geometry_type, kind):
    layer = make_layer(geometry_type, kind=kind, icon="trees")
    plan = build_default_plan(layer)
    assert draw_plan(plan, layer) == {}
    drawn = draw_plan(replace(plan, title_uk="Дерева міста"), layer)
    for theme in ("light", "dark"):
        usual = default_layers(layer, theme)
        assert [part["type"] for part in drawn[theme]] == [part["type"] for part in usual]
        assert drawn[theme] == usual


def test_each_theme_has_its_shade_and_the_legend_says_the_classes():
    layer = make_layer("polygon")
    plan = StylePlan(
        color="#3f8f4f", classify=Classify.NUMBERS, class_field="people", classes=NUMBERS,
        other=StyleClass(color="#8b929b", title_uk="невідомо", title_en="unknown"),
    )  # fmt: skip
    style = draw_plan(plan, layer)
    light, dark = (style[theme][0]["paint"]["fill-color"] for theme in ("light", "dark"))
    assert light[2] == ["step", ["get", "people"], "#d0e0ff", 5, "#80a0ff", 12.5, "#1d5bd6"]
    assert dark[2][2] != light[2][2]
    assert [entry["title_uk"] for entry in style["legend"]] == [
        "< 5", "5 – 12,5", "≥ 12,5", "невідомо"
    ]  # fmt: skip
    assert {entry["shape"] for entry in style["legend"]} == {"area"}


def test_an_icon_of_a_class_stands_on_a_disc_of_its_colour():
    layer = make_layer(icon="trees")
    plan = replace(
        build_default_plan(layer), classify=Classify.VALUES, class_field="kind", classes=VALUES
    )
    badge = draw_plan(plan, layer)["light"][1]["layout"]["icon-image"]
    assert (badge[:2], badge[3]) == (["concat", "badge:trees:"], ":#ffffff")
    assert badge[2] == [
        "match", ["to-string", ["get", "kind"]], "дуб", "#1d5bd6", "true", "#d55e00", "#8b929b"
    ]  # fmt: skip


def test_a_style_changed_by_hand_is_no_longer_the_forms():
    layer = make_layer()
    layer.style = draw_plan(replace(build_default_plan(layer), size=2.0), layer)
    layer.style["light"][0]["paint"]["circle-color"] = "#ff0000"
    assert read_plan(layer) is None
    layer.style = {"light": [{"type": "circle"}]}
    assert read_plan(layer) is None
    layer.style = draw_plan(replace(build_default_plan(layer), size=2.0), layer)
    layer.style["form"]["plan"] = {"color": 1, "surprise": True}
    assert read_plan(layer) is None


def test_widths_grow_with_the_size():
    layer = make_layer("line")
    plain = build_default_plan(layer)
    usual = default_layers(layer, "light")[1]["paint"]["line-width"]
    drawn = draw_plan(replace(plain, size=2.0), layer)["light"][1]["paint"]["line-width"]
    assert drawn == [*usual[:3], usual[3], usual[4] * 2, usual[5], usual[6] * 2]
    assert len(list_parts({"light": [{}], "legend": [{}]})) == 1


@pytest.mark.parametrize(
    ("method", "breaks"),
    [("equal", [34, 67]), ("quantile", [3, 5]), ("natural", [50, 100])],
)
def test_classes_begin_where_the_method_says(method, breaks):
    points = [1, 1, 2, 3, 4, 5, 6, 50, 100]
    found = find_breaks(method, points, 3)
    if method == "quantile":
        assert len(found) == 2
        assert 2 <= found[0] <= 4 <= found[1] <= 6
    else:
        assert found == breaks


@pytest.mark.parametrize("method", ["equal", "quantile", "natural"])
@pytest.mark.parametrize("points", [[], [7], [7, 7, 7], [1, 2], [0, 0, 0, 0, 9]])
def test_few_numbers_make_few_classes(method, points):
    found = find_breaks(method, points, 5)
    assert found == sorted(set(found))
    assert len(found) <= 4
    assert all(min(points) < each <= max(points) for each in found)
