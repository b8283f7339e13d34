"""The columns of a download, from the layer's schema, with names that each format can hold."""

import re
from dataclasses import dataclass

from layers.models import Layer, LayerField

KEY_COLUMN = "key"
DBF_NAME_LENGTH = 10

# Ukrainian in Latin letters by Cabinet resolution 55 of 27.01.2010, one value for each letter.
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщюяь'’ʼ"
LATIN = "a,b,v,h,g,d,e,ie,zh,z,y,i,i,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,iu,ia,,,,"
ROMANISED = dict(zip(CYRILLIC, LATIN.split(","), strict=True))


@dataclass(frozen=True)
class Column:
    """`name` heads the column; the value is the feature's key when `field` is `None`."""

    name: str
    field: LayerField | None = None


def list_columns(layer: Layer) -> list[Column]:
    """Public fields in the schema's order; first the key, where no public field holds it."""
    fields = [field for field in layer.fields.all() if field.audience == "public"]
    names = {field.name for field in fields}
    columns = [Column(field.name, field) for field in fields]
    if layer.key_field in names:
        return columns
    key_column = KEY_COLUMN
    while key_column in names:
        key_column = f"feature_{key_column}"
    return [Column(key_column), *columns]


def shorten_names(columns: list[Column]) -> dict[str, str]:
    """Column name → unique ASCII name of at most 10 characters, as DBF wants."""
    short: dict[str, str] = {}
    for column in columns:
        latin = "".join(ROMANISED.get(letter, letter) for letter in column.name.lower())
        base = re.sub(r"[^a-z0-9_]+", "_", latin).strip("_")[:DBF_NAME_LENGTH] or "field"
        name, number = base, 1
        while name in short.values():
            suffix = f"_{number}"
            name, number = base[: DBF_NAME_LENGTH - len(suffix)] + suffix, number + 1
        short[column.name] = name
    return short
