"""A layer of the invented community before it is in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geoportal.demo import community
from geoportal.demo.organisations import CITY_COUNCIL
from geoportal.demo.town.plane import Geometry
from layers.models import Layer
from layers.schema import Json
from layers.specs import Choice, FieldSpec, LayerSpec

POINT, LINE, POLYGON = Layer.GeometryType.POINT, Layer.GeometryType.LINE, Layer.GeometryType.POLYGON
MIXED = Layer.GeometryType.MIXED


@dataclass(frozen=True)
class Row:
    """One object: `shape` in metres of the town's plane, `values` by the names of fields."""

    key: str
    shape: Geometry
    values: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A layer with its rows. `spec` has neither publisher nor theme yet: these are slugs here."""

    spec: LayerSpec
    theme: str
    rows: Sequence[Row]
    publisher: str = CITY_COUNCIL
    seeded_by: str = field(default="Інвентаризація 2026 року")


def attribute(
    name: str,
    title_uk: str,
    title_en: str,
    *,
    type: str = "text",
    unit: str = "",
    choices: Sequence[tuple[str, str]] = (),
    required: bool = False,
    staff: bool = False,
    searchable: bool = False,
) -> FieldSpec:
    """A field; `choices` are pairs of the value, which people read in Ukrainian, and English."""
    return FieldSpec(
        name=name,
        type=type,
        title_uk=title_uk,
        title_en=title_en,
        unit=unit,
        choices=tuple(Choice(value=uk, title_uk=uk, title_en=en) for uk, en in choices),
        required=required,
        audience="staff" if staff else "public",
        searchable=searchable,
    )


def describe(about_uk: str, about_en: str) -> dict[str, str]:
    """Descriptions that say what the layer holds, and that it is invented."""
    return {
        "description_uk": f"{about_uk} {community.INVENTED_UK}",
        "description_en": f"{about_en} {community.INVENTED_EN}",
    }
