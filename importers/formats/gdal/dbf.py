"""Headers and sample texts of dBase files, as bytes: what GDAL would decode before we can judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIELD_BYTES = 32
HEADER_END = 0x0D
SAMPLE_ROWS = 2000
SAMPLE_BYTES = 1 << 20

# Language driver ids that name one Cyrillic page. 0x03 and 0x57 ("Windows ANSI") say nothing:
# programs write them whatever the page is.
LANGUAGE_DRIVERS = {0xC9: "cp1251", 0x65: "cp866", 0x26: "cp866"}


@dataclass(frozen=True)
class DbfField:
    """One column: raw name, type letter (C, N, F, D, L, …), width in bytes."""

    name: bytes
    type: str
    width: int


@dataclass(frozen=True)
class DbfHeader:
    """`fields` in order; `language_driver`: byte 29."""

    fields: tuple[DbfField, ...]
    rows: int
    header_bytes: int
    row_bytes: int
    language_driver: int


class BrokenDbf(ValueError):
    """The header is cut or contradicts itself."""


def read_header(path: Path) -> DbfHeader:
    with path.open("rb") as file:
        head = file.read(FIELD_BYTES)
        if len(head) < FIELD_BYTES:
            raise BrokenDbf
        header_bytes = int.from_bytes(head[8:10], "little")
        table = file.read(max(0, header_bytes - FIELD_BYTES))
    fields = []
    for start in range(0, len(table) - FIELD_BYTES + 1, FIELD_BYTES):
        record = table[start : start + FIELD_BYTES]
        if record[0] == HEADER_END:
            break
        name = record[:11].split(b"\0", 1)[0]
        fields.append(DbfField(name, chr(record[11]), record[16]))
    row_bytes = int.from_bytes(head[10:12], "little")
    if row_bytes < 1 or header_bytes <= FIELD_BYTES:
        raise BrokenDbf
    return DbfHeader(
        fields=tuple(fields),
        rows=int.from_bytes(head[4:8], "little"),
        header_bytes=header_bytes,
        row_bytes=row_bytes,
        language_driver=head[29],
    )


def sample_texts(path: Path, header: DbfHeader) -> Iterator[bytes]:
    """Column names, then text values of the first rows, without padding."""
    yield from (field.name for field in header.fields)
    with path.open("rb") as file:
        file.seek(header.header_bytes)
        limit = min(SAMPLE_BYTES, SAMPLE_ROWS * header.row_bytes)
        rows = file.read(limit - limit % header.row_bytes or header.row_bytes)
    for start in range(0, len(rows), header.row_bytes):
        place = start + 1
        for field in header.fields:
            if field.type == "C":
                yield rows[place : place + field.width].rstrip(b" \0")
            place += field.width


def copy_with_plain_names(path: Path, target: Path, header: DbfHeader) -> None:
    """A copy whose columns are called f001, f002, …: names cut inside a letter stop GDAL."""
    with path.open("rb") as file, target.open("wb") as copy:
        head = bytearray(file.read(header.header_bytes))
        for number in range(len(header.fields)):
            start = FIELD_BYTES * (number + 1)
            head[start : start + 11] = f"f{number + 1:03d}".encode().ljust(11, b"\0")
        copy.write(head)
        while piece := file.read(1 << 20):
            copy.write(piece)
