"""What the importer knows of a format: how it is recognised, opened, and told to people."""

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.functional import Promise

from importers.sources import Source


@dataclass(frozen=True)
class Head:
    """The first bytes of a file, enough to tell what it is."""

    raw: bytes

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


@dataclass(frozen=True)
class Opening:
    """A file to be opened, and what the user says of it; "" leaves it to the file.

    `source_layer`: of several in the file; "" where it has chosen the file in a zip already.
    `own`: values of the reader's options by name. `scratch`: a folder that lives as long.
    """

    path: Path
    scratch: Path
    encoding: str = ""
    source_layer: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReaderOption:
    """What only some readers ask; `refusal` is said where another one opens the file."""

    name: str
    help: str
    refusal: str | Promise

    @property
    def flag(self) -> str:
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One format.

    `name` stands in reports, `title` in sentences. `takes_rest`: text that nobody knows is its.
    In a zip: `extensions` of files that can be imported, of which those of the lowest `rank` are
    meant (a table beside a Shapefile only explains it); `parts`: extensions of all files of one
    stem that belong together; `companion`: name of a file that explains it.
    """

    name: str
    title: str
    open: Callable[[Opening], Source]
    recognises: Callable[[Head], bool]
    extensions: tuple[str, ...]
    rank: int
    takes_rest: bool = False
    parts: tuple[str, ...] = ()
    companion: str = ""
    options: tuple[ReaderOption, ...] = ()
