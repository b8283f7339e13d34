"""KML by GDAL, from a copy in which attributes have plain names.

GDAL makes every byte of a name that is not Latin a `_`, so that two Ukrainian names of one length
become one attribute and lose half of their values.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.format import Dataset, Opening
from importers.formats.gdal import engine
from importers.sources import SourceColumn, SourceFacts

NAMED = re.compile(
    rb"(<(?:\w+:)?(?:Data|SimpleData|SimpleField)\b[^>]*?\bname\s*=\s*)([\"'])(.*?)\2"
)
ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
PLAIN = re.compile(r"plain_(\d+)_field")
KML_BYTES_MAX = 512 << 20
# What the driver adds to each place; of no use as attributes.
SERVICE = ("tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon", "snippet")
ENTITIES = (
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b'"'),
    (b"&apos;", b"'"),
    (b"&amp;", b"&"),
)


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    return engine.list_datasets(replace(opening, path=write_plain(opening)[0]))


def open_dataset(opening: Opening) -> SourceFacts:
    path, names = write_plain(opening)
    source = engine.GdalSource(replace(opening, path=path), hidden=SERVICE)
    source.columns = [rename(column, names) for column in source.columns]
    return source


def rename(column: SourceColumn, names: Sequence[str]) -> SourceColumn:
    found = PLAIN.fullmatch(column.name)
    return replace(column, name=names[int(found[1])]) if found else column


def write_plain(opening: Opening) -> tuple[Path, list[str]]:
    """A copy with plain names in the scratch folder, and the real names by number."""
    if opening.path.stat().st_size > KML_BYTES_MAX:
        raise UnusableFile(
            _("The KML is larger than %(limit)s MB; import it in parts or as GeoPackage.")
            % {"limit": KML_BYTES_MAX >> 20}
        )
    text = opening.path.read_bytes()
    declared = ENCODING.match(text.lstrip(b"\xef\xbb\xbf \r\n"))
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    numbers: dict[bytes, int] = {}

    def number(found: re.Match[bytes]) -> bytes:
        place = numbers.setdefault(found[3], len(numbers))
        return found[1] + b'"plain_%d_field"' % place

    folder = opening.scratch / "kml"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{opening.path.stem}.kml"
    copy.write_bytes(NAMED.sub(number, text))
    return copy, [decode(raw, encoding) for raw in numbers]


def decode(raw: bytes, encoding: str) -> str:
    for entity, letter in ENTITIES:
        raw = raw.replace(entity, letter)
    try:
        return raw.decode(encoding, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
