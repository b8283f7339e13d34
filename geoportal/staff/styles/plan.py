"""What the form of the style editor says: colour, icon, size, classes, labels, zooms, legend."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from layers.models import Layer
from tiles.style.defaults import LABEL_ZOOM

SIZE_MIN, SIZE_MAX = 0.5, 3.0
OTHER_COLOR = "#8b929b"


class Classify(StrEnum):
    """How features are told apart by colour."""

    NOTHING = "nothing"
    VALUES = "values"
    NUMBERS = "numbers"


@dataclass(frozen=True, kw_only=True)
class StyleClass:
    """One colour of several. `value`: an attribute as text; `start`: the lowest number of a class.

    The first class by number has no `start`: it begins below everything.
    """

    color: str
    value: str = ""
    start: float | None = None
    title_uk: str = ""
    title_en: str = ""


@dataclass(frozen=True, kw_only=True)
class StylePlan:
    """`size` multiplies the usual widths; `opacity` is of areas, `None`: as usual.

    `label_field` empty: no labels. `other`: what no class takes.
    """

    color: str
    icon: str = ""
    size: float = 1.0
    opacity: float | None = None
    classify: Classify = Classify.NOTHING
    class_field: str = ""
    classes: tuple[StyleClass, ...] = ()
    other: StyleClass = field(default_factory=lambda: StyleClass(color=OTHER_COLOR))
    label_field: str = ""
    label_zoom: int = LABEL_ZOOM
    min_zoom: int = 0
    max_zoom: int = 22
    title_uk: str = ""
    title_en: str = ""


def build_default_plan(layer: Layer) -> StylePlan:
    """The form of a layer without a style of its own."""
    is_area = layer.geometry_type == Layer.GeometryType.POLYGON
    territory = is_area and layer.kind == Layer.Kind.TERRITORY
    labelled = territory or layer.geometry_type in (
        Layer.GeometryType.POINT,
        Layer.GeometryType.MIXED,
    )
    return StylePlan(
        color=layer.color,
        icon=layer.icon,
        label_field=layer.title_field if labelled else "",
        label_zoom=0 if territory else LABEL_ZOOM,
        min_zoom=layer.min_zoom,
        max_zoom=layer.max_zoom,
    )


def is_default(plan: StylePlan, layer: Layer) -> bool:
    """What the portal draws without a style of the layer's own, once colour and icon are set."""
    usual = replace(
        build_default_plan(layer),
        color=plan.color,
        icon=plan.icon,
        min_zoom=plan.min_zoom,
        max_zoom=plan.max_zoom,
    )
    return plan == usual


def dump_plan(plan: StylePlan) -> dict[str, object]:
    document = asdict(plan)
    return document | {"classify": str(plan.classify), "classes": list(document["classes"])}


def load_plan(document: Mapping[str, object]) -> StylePlan | None:
    """`None` for what no form of ours has written."""
    try:
        given = dict(document)
        classes = tuple(StyleClass(**each) for each in given.pop("classes"))  # type: ignore[attr-defined]
        other = StyleClass(**given.pop("other"))  # type: ignore[arg-type]
        classify = Classify(str(given.pop("classify")))
        return StylePlan(classes=classes, other=other, classify=classify, **given)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return None
