"""Columns of a file and fields of a layer: new fields from columns, columns for known fields."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from importers.sources import Kind, SourceColumn
from layers.models import Layer, LayerField
from layers.schema.specs import FieldSpec

NAME_LENGTH_MAX = 120
TYPES = {
    Kind.INTEGER: LayerField.Type.INTEGER,
    Kind.NUMBER: LayerField.Type.NUMBER,
    Kind.BOOLEAN: LayerField.Type.BOOLEAN,
    Kind.DATE: LayerField.Type.DATE,
    Kind.DATETIME: LayerField.Type.DATETIME,
    Kind.JSON: LayerField.Type.JSON,
}
TITLE_NAMES = (
    "name", "name:uk", "name_uk", "title", "title_uk", "назва", "найменування", "унормована назва",
    "повна назва", "label", "name_ua",
)  # fmt: skip
TITLE_ENDING = re.compile(r"(_name|_title|_назва| name|^назва .*|.*назва)\Z")
PERSON = re.compile(r"(customer|owner|person|sender|contractor|user|author|власник|заявник|піб)")
SEARCHED = re.compile(
    r"(name|title|назв|найменув|address|адрес|street|вулиц|settlement|locality|населен)",
    re.IGNORECASE,
)
SHORT_LENGTH = 10


@dataclass(frozen=True)
class Mapped:
    """A column that fills a field."""

    column: SourceColumn
    field: LayerField


def build_specs(
    columns: Sequence[SourceColumn],
    guessed: Mapping[str, str],
    staff_names: Iterable[str] = (),
) -> list[FieldSpec]:
    """Fields of a new layer, one for each column. `guessed`: types of columns of text."""
    staff = {name.casefold() for name in staff_names}
    return [
        FieldSpec(
            name=column.name[:NAME_LENGTH_MAX],
            type=TYPES.get(column.kind) or guessed.get(column.name, LayerField.Type.TEXT),
            title_uk=column.name,
            searchable=is_searched(column, guessed) and column.name.casefold() not in staff,
            audience="staff" if column.name.casefold() in staff else "public",
        )
        for column in columns
    ]


def is_searched(column: SourceColumn, guessed: Mapping[str, str]) -> bool:
    """Text that names something or says where it is."""
    text = column.kind in (Kind.TEXT, Kind.CELL) and guessed.get(column.name, "text") == "text"
    return text and bool(SEARCHED.search(column.name)) and not PERSON.search(column.name.lower())


def guess_title_field(specs: Sequence[FieldSpec]) -> str:
    """The field that names a feature for people; "" when none looks like it."""
    texts = [spec for spec in specs if spec.type == "text" and spec.audience == "public"]
    folded = {spec.name.strip().casefold(): spec.name for spec in reversed(texts)}
    exact = next((folded[name] for name in TITLE_NAMES if name in folded), "")
    endings = (
        name
        for low, name in reversed(folded.items())
        if TITLE_ENDING.search(low) and not PERSON.search(low)
    )
    return exact or next(endings, "")


def map_columns(
    columns: Sequence[SourceColumn], fields: Sequence[LayerField], *, cut: bool = False
) -> tuple[list[Mapped], list[str]]:
    """Columns for the fields of a layer, and the names of columns that the schema does not know.

    A column is known by the field's name, else by it with the underscores that our own downloads
    put after names that clash, by it in other letters' case, by its title, or, in a Shapefile
    (`cut`), by the first ten letters of its name. Two columns never fill one field.
    """
    found: dict[str, Mapped] = {}
    taken: set[int] = set()
    known_by = (exact_name, escaped_name, folded_name, folded_title)
    for name_of in (*known_by, *((short_name,) if cut else ())):
        wanted: dict[str, list[LayerField]] = {}
        for field in fields:
            if field.name not in found and name_of(field):
                wanted.setdefault(name_of(field), []).append(field)
        for column in columns:
            label = LABELS.get(name_of, fold)(column.name[:NAME_LENGTH_MAX])
            candidates = wanted.pop(label, []) if column.place not in taken else []
            if len(candidates) == 1:
                found[candidates[0].name] = Mapped(column, candidates[0])
                taken.add(column.place)
    ignored = [column.name for column in columns if column.place not in taken]
    return list(found.values()), ignored


def list_filled_by_files(layer: Layer) -> list[LayerField]:
    """All but photos: their files are sent for one object; an import leaves them alone."""
    return [field for field in layer.fields.all() if field.type != LayerField.Type.PHOTOS]


def fold(name: str) -> str:
    return name.strip().casefold()


def exact_name(field: LayerField) -> str:
    return field.name


def escaped_name(field: LayerField) -> str:
    return field.name


def folded_name(field: LayerField) -> str:
    return field.name.strip().casefold()


def folded_title(field: LayerField) -> str:
    return field.title_uk.strip().casefold()


def short_name(field: LayerField) -> str:
    return field.name[:SHORT_LENGTH].casefold() if len(field.name) > SHORT_LENGTH else ""


# What a column is called when it is compared with these names of fields; with others: folded.
LABELS: dict[Callable[[LayerField], str], Callable[[str], str]] = {
    exact_name: str,
    escaped_name: lambda name: name.rstrip("_"),
}
