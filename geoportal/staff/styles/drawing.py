"""From the form to a MapLibre style, and back where the style is what the form made."""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from geoportal.staff.styles.plan import (
    Classify,
    StyleClass,
    StylePlan,
    build_default_plan,
    dump_plan,
    is_default,
    load_plan,
)
from layers.models import Layer
from layers.reading.legend import SHAPES, LegendEntry, build_legend
from layers.styles.shape import CLASSES, FORM
from tiles.style.defaults import (
    Expression,
    StyleLayer,
    default_layers,
    lighten,
    name_layer,
    pick_color,
)

# Stands for the colour of a feature while the usual layers are made.
STANDS_FOR_COLOR = "#0b0c0d"
DARK_SHARE = 0.25
SIZES = frozenset({"circle-radius", "line-width", "icon-size"})
Style = dict[str, object]


def draw_plan(plan: StylePlan, layer: Layer) -> Style:
    """The document for `Layer.style`; empty where the usual drawing says it all."""
    if is_default(plan, layer):
        return {}
    style: Style = {
        theme: list(_draw_layers(plan, layer, theme)) for theme in ("light", "dark")
    } | {"legend": list(_draw_legend(plan, layer))}
    if plan.classify == Classify.VALUES and plan.class_field:
        style[CLASSES] = plan.class_field
    return style | {FORM: {"plan": dump_plan(plan), "made": _digest(style)}}


def read_plan(layer: Layer) -> StylePlan | None:
    """What the form says of a layer; `None` for a style that was written by hand."""
    style = layer.style
    if not style:
        return build_default_plan(layer)
    form = style.get(FORM) if isinstance(style, dict) else None
    if not isinstance(form, dict) or form.get("made") != _digest(style):
        return None
    plan = form.get("plan")
    return load_plan(plan) if isinstance(plan, Mapping) else None


def _digest(style: Mapping[str, object]) -> str:
    """A style that was changed by hand after the form made it is no form's any more."""
    drawn = {name: style.get(name) for name in ("light", "dark", "legend")}
    text = json.dumps(drawn, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _draw_layers(plan: StylePlan, layer: Layer, theme: str) -> Iterator[StyleLayer]:
    usual = copy.copy(layer)
    usual.color, usual.icon, usual.title_field = STANDS_FOR_COLOR, plan.icon, ""
    stand_in = pick_color(usual, theme)
    color = _choose_color(plan, theme)
    for part in default_layers(usual, theme):
        drawn = _put_color(part, stand_in, color)
        drawn = _resize(drawn, plan.size)
        if plan.opacity is not None and drawn["type"] == "fill":
            drawn["paint"] = {**_members(drawn, "paint"), "fill-opacity": plan.opacity}
        yield drawn
    if plan.label_field:
        usual.title_field = plan.label_field
        yield _draw_label(plan, usual, theme)


def _draw_label(plan: StylePlan, layer: Layer, theme: str) -> StyleLayer:
    label = name_layer(layer, theme)
    layout = _members(label, "layout")
    if layer.geometry_type == Layer.GeometryType.LINE:
        layout |= {"symbol-placement": "line"}
    if "text-offset" in layout:
        down = (1.65 if layer.icon else 0.9) * max(1.0, plan.size)
        layout["text-offset"] = [0, round(down, 2)]
    zoom = {"minzoom": plan.label_zoom} if plan.label_zoom else {}
    return label | {"layout": layout} | zoom


def _members(part: StyleLayer, name: str) -> dict[str, object]:
    members = part.get(name)
    return dict(members) if isinstance(members, dict) else {}


def _choose_color(plan: StylePlan, theme: str) -> str | Expression:
    def shade(given: str) -> str:
        return lighten(given, DARK_SHARE) if theme == "dark" else given

    other = shade(plan.other.color)
    if plan.classify == Classify.VALUES and plan.classes:
        pairs = [part for each in plan.classes for part in (each.value, shade(each.color))]
        return ["match", ["to-string", ["get", plan.class_field]], *pairs, other]
    if plan.classify == Classify.NUMBERS and plan.classes:
        first, *rest = plan.classes
        steps = [part for each in rest for part in (each.start, shade(each.color))]
        value: Expression = ["get", plan.class_field]
        stepped = ["step", value, shade(first.color), *steps] if rest else shade(first.color)
        return ["case", ["==", ["typeof", value], "number"], stepped, other]
    return shade(plan.color)


def _put_color(part: StyleLayer, stand_in: str, color: str | Expression) -> StyleLayer:
    """Wherever the stand-in is; inside the name of an image it becomes a piece of text."""

    def put(value: object) -> object:
        if value == stand_in:
            return color
        if isinstance(value, str) and stand_in in value:
            before, after = value.split(stand_in)
            return value.replace(stand_in, color) if isinstance(color, str) else [
                "concat", before, color, after
            ]  # fmt: skip
        return value

    return part | {
        name: {key: put(value) for key, value in _members(part, name).items()}
        for name in ("paint", "layout")
        if name in part
    }


def _resize(part: StyleLayer, size: float) -> StyleLayer:
    """Widths by zoom, each times `size`."""
    if size == 1:
        return dict(part)
    return part | {
        name: {
            key: _multiply(value, size) if key in SIZES else value
            for key, value in _members(part, name).items()
        }
        for name in ("paint", "layout")
        if name in part
    }


def _multiply(value: object, size: float) -> object:
    """`by_zoom` writes pairs of zoom and value after its first three members."""
    if not isinstance(value, list):
        return value
    head, stops = value[:3], value[3:]
    return head + [round(stop * size, 3) if place % 2 else stop for place, stop in enumerate(stops)]


def _draw_legend(plan: StylePlan, layer: Layer) -> Iterator[dict[str, str]]:
    shape = SHAPES[Layer.GeometryType(layer.geometry_type)]
    if plan.classify == Classify.NOTHING or not plan.classes:
        if plan.title_uk or plan.title_en:
            yield _draw_entry(StyleClass(color=plan.color), shape, plan.title_uk, plan.title_en)
        return
    for place, each in enumerate(plan.classes):
        words = describe_class(plan.classes, place, plan.classify)
        if plan.classify == Classify.NUMBERS:
            uk, en = words.replace(".", ","), words
        else:
            uk, en = words, ""
        yield _draw_entry(each, shape, each.title_uk or uk, each.title_en or en)
    if plan.other.title_uk or plan.other.title_en:
        yield _draw_entry(plan.other, shape, plan.other.title_uk, plan.other.title_en)


def _draw_entry(each: StyleClass, shape: str, title_uk: str, title_en: str) -> dict[str, str]:
    return {"color": each.color, "shape": shape, "title_uk": title_uk, "title_en": title_en}


def describe_class(classes: Sequence[StyleClass], place: int, classify: Classify) -> str:
    """The value, or the numbers from and to: “10 – 20”; the same in each language."""
    each = classes[place]
    if classify == Classify.VALUES:
        return each.value
    start = each.start
    end = classes[place + 1].start if place + 1 < len(classes) else None
    if start is None and end is None:
        return "…"
    if start is None:
        return f"< {end:g}"
    return f"≥ {start:g}" if end is None else f"{start:g} – {end:g}"


def list_legend(style: Mapping[str, object], layer: Layer) -> list[LegendEntry]:
    """As the panel of the map will show it, of a style that is not saved."""
    from_copy = copy.copy(layer)
    from_copy.style = dict(style)
    return build_legend(from_copy)
