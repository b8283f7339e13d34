"""Which attributes of its features the tiles of a layer carry: what their drawing needs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection
from psycopg2 import sql

from layers.models import Layer
from layers.styles.checking import THEMES, has_shape
from tiles.style.defaults import StyleLayer, default_layers

READERS = frozenset({"get", "has", "!has"})
# Of filters as they were before expressions: the name stands where an expression would.
COMPARISONS = frozenset({"==", "!=", ">", ">=", "<", "<=", "in", "!in"})
TOKEN = re.compile(r"\{([^{}]+)\}")
LABEL = "text-field"
# Of PostgreSQL.
IDENTIFIER_BYTES_MAX = 63
PAIR = sql.SQL("{name}, feature.properties -> {name}")
EXACT_PAIR = sql.SQL(
    "{name}, CASE WHEN tiles_exact_number(feature.properties -> {name}) IS NULL"
    " THEN feature.properties -> {name} END"
)
EXACT_COLUMN = sql.SQL("tiles_exact_number(feature.properties -> {name}) AS {column}")


def list_tile_fields(layer: Layer) -> list[str]:
    """Names of attributes, in order: the title, the classes, what any style layer reads."""
    style = layer.style if isinstance(layer.style, dict) else {}
    named = [layer.title_field, style.get("classes", "")]
    read = [name for part in list_drawn(layer) for name in find_fields(part)]
    return sorted({name for name in (*named, *read) if isinstance(name, str) and name})


def list_drawing_fields(layer: Layer) -> list[str]:
    """Those without which features would look otherwise; names are left out."""
    return sorted({name for part in list_drawn(layer) for name in find_fields(_strip(part))})


def names_areas(layer: Layer) -> bool:
    """Whether its style writes something in the middle of areas."""
    is_area = layer.geometry_type == Layer.GeometryType.POLYGON
    return is_area and any(is_label(part) for part in list_drawn(layer))


def is_label(part: StyleLayer) -> bool:
    """A text that does not run along a line."""
    layout = part.get("layout")
    return (
        part.get("type") == "symbol"
        and isinstance(layout, dict)
        and bool(layout.get(LABEL))
        and layout.get("symbol-placement", "point") == "point"
    )


def list_drawn(layer: Layer) -> list[StyleLayer]:
    """The style layers of both themes: the layer's own, or the default ones."""
    style = layer.style if has_shape(layer.style) else {}
    own = [part for theme in THEMES for part in style.get(theme, [])]
    return own or default_layers(layer, THEMES[0])


def find_fields(value: object) -> Iterator[str]:
    """Names that expressions, filters, functions and tokens (`{name}`) of a style layer read.

    A text that is compared may be taken for a name: an attribute of that name is not there then.
    """
    if isinstance(value, str):
        yield from TOKEN.findall(value)
    elif isinstance(value, Mapping):
        yield from (text for text in [value.get("property")] if isinstance(text, str))
        for part in value.values():
            yield from find_fields(part)
    elif isinstance(value, list):
        if len(value) > 1 and value[0] in READERS | COMPARISONS and isinstance(value[1], str):
            yield from (name for name in value[1:2] if not name.startswith(("_", "$")))
        for part in value:
            yield from find_fields(part)


def write_attributes(names: Sequence[str]) -> str:
    """Columns over the row `feature`: `attributes`, a document of these as they are kept, and a
    column for each of `list_exact`, where `ST_AsMVT` would take the number for a whole one.
    """
    exact = list_exact(names)
    document = sql.SQL(", ").join(
        (EXACT_PAIR if name in exact else PAIR).format(name=sql.Literal(name)) for name in names
    )
    columns = [
        EXACT_COLUMN.format(name=sql.Literal(name), column=name_column(number))
        for number, name in enumerate(exact)
    ]
    return _write(
        sql.SQL(", ").join(
            [sql.SQL("jsonb_build_object({}) AS attributes").format(document), *columns]
        )
    )


def write_exact(names: Sequence[str]) -> str:
    """The columns that `write_attributes` adds, under the names of their attributes; begins with a
    comma where there are any.
    """
    return _write(
        sql.SQL("").join(
            sql.SQL(", feature.{} AS {}").format(name_column(number), sql.Identifier(name))
            for number, name in enumerate(list_exact(names))
        )
    )


def list_exact(names: Iterable[str]) -> list[str]:
    """Those that can be names of columns; ours begin with an underscore."""
    return [
        name
        for name in names
        if not name.startswith("_") and len(name.encode()) <= IDENTIFIER_BYTES_MAX
    ]


def name_column(number: int) -> sql.Identifier:
    return sql.Identifier(f"exact_{number}")


def _write(text: sql.Composable) -> str:
    with connection.cursor() as cursor:
        return str(text.as_string(cursor.cursor))


def _strip(part: StyleLayer) -> StyleLayer:
    layout = part.get("layout")
    kept = {name: value for name, value in layout.items() if name != LABEL} if isinstance(
        layout, dict
    ) else {}  # fmt: skip
    return part | {"layout": kept}
