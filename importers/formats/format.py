"""What the importer knows of a format: how it is recognised, opened, and told to people.

A record is light: whoever names a format loads none of the libraries that read it. Those are in
the engine, a module that only the reading process imports.
"""

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from django.utils.functional import Promise

from importers.sources import Source

# What may stand before the first element of XML; then its name without the prefix.
XML_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)


@dataclass(frozen=True)
class Head:
    """The first bytes of a file; of an archive also the names in it: enough to tell what it is."""

    raw: bytes
    names: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))

    @property
    def is_text(self) -> bool:
        return self.is_wide or b"\x00" not in self.raw

    @cached_property
    def text(self) -> str:
        """What it says, without the signs that may come first; "" for what is no text."""
        if not self.is_text:
            return ""
        codec = "utf-16" if self.is_wide else "utf-8-sig"
        return self.raw.decode(codec, errors="replace").lstrip("\x1e \t\r\n")

    @cached_property
    def root(self) -> str:
        """Name of the first element of XML, without its prefix; "" for what is none."""
        found = XML_ROOT.match(self.text) if self.text.startswith("<") else None
        return found[1] if found else ""


@dataclass(frozen=True)
class Dataset:
    """One thing in a file that can be imported alone: a layer, a sheet, a folder, a member.

    `name` chooses it, `title` is for people. `rows` and `geometry` ("Point", …; "" for none) are
    `None` where only reading would tell. `member`: its place in an archive.
    """

    name: str
    title: str
    rows: int | None = None
    geometry: str | None = None
    member: str = ""


@dataclass(frozen=True)
class Opening:
    """A file to be opened, and what the user says of it; "" leaves it to the file.

    `dataset`: one of those that its engine lists. `own`: values of the format's options by name.
    `scratch`: a folder that lives as long. `stem`: the file's name for people.
    """

    path: Path
    scratch: Path
    kind: "Format"
    stem: str = ""
    dataset: str = ""
    encoding: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


class Engine(Protocol):
    """A module that reads formats of one family."""

    def list_datasets(self, opening: Opening) -> Sequence[Dataset]:
        """At least one. Raises `UnusableFile`."""
        ...

    def open_dataset(self, opening: Opening) -> Source:
        """Raises `UnusableFile`, `UnusableOption`."""
        ...


@dataclass(frozen=True)
class FormatOption:
    """What only some formats ask; `refusal` is said where another one opens the file."""

    name: str
    help: str
    refusal: str | Promise

    @property
    def flag(self) -> str:
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format.

    `name` stands in reports, `title` in sentences. `engine`: dotted name of its module. `driver`:
    GDAL's name of it. `takes_rest`: text that nobody knows is its.
    In a zip: `extensions` of files that can be imported, of which those of the lowest `rank` are
    meant (a table beside a Shapefile only explains it); `parts`: extensions of all files of one
    stem that belong together; `companion`: name of a file that explains it. `folder`: the format
    is a folder whose name ends so, or ought to where a file in it ends in `folder_mark`.
    """

    name: str
    title: str
    engine: str
    recognises: Callable[[Head], bool]
    extensions: tuple[str, ...]
    rank: int
    driver: str = ""
    takes_rest: bool = False
    parts: tuple[str, ...] = ()
    companion: str = ""
    folder: str = ""
    folder_mark: str = ""
    options: tuple[FormatOption, ...] = ()

    def load_engine(self) -> Engine:
        return cast(Engine, import_module(self.engine))
