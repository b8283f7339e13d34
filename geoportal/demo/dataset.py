"""A layer of the invented community before it is in the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geoportal.demo.town.plane import Geometry
from layers.models import Changeset, Layer
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


@dataclass(frozen=True)
class Stream:
    """Rows made anew each time they are read, so that a million of them need no memory."""

    make: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.make()


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to a layer after its first load; `undone`: and was rolled back at once."""

    comment: str
    rows: Sequence[Row] = ()
    removed_keys: tuple[str, ...] = ()
    kind: str = Changeset.Kind.EDIT
    source: str = ""
    author: str = ""
    undone: str = ""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A layer with its rows. `publisher` and `theme` are slugs; `spec` has neither yet."""

    spec: LayerSpec
    theme: str
    rows: Iterable[Row]
    publisher: str
    source: str
    changes: tuple[Change, ...] = ()


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
