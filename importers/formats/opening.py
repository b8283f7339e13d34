"""A file, whatever it is, as a `Source`; what had to be unpacked or restored is gone afterwards."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _

from importers.errors import UnusableFile, UnusableOption
from importers.formats.archives import unpack
from importers.formats.reader import Opening, Reader
from importers.formats.registry import READERS, list_options
from importers.formats.sniff import choose_reader, is_zip, read_head
from importers.sources import Source


@dataclass(frozen=True)
class OpenOptions:
    """What the user says about the file; "" leaves it to the file itself.

    `own`: values of options that only some readers take, by name.
    """

    encoding: str = ""
    source_layer: str = ""
    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_names(cls, values: Mapping[str, str]) -> Self:
        """From values by the names that `list_names` gives; others are passed over."""
        own = {option.name: values.get(option.name, "") for option in list_options()}
        return cls(values.get("encoding", ""), values.get("source_layer", ""), own)

    @staticmethod
    def list_names() -> list[str]:
        return ["encoding", "source_layer", *(option.name for option in list_options())]


@contextmanager
def open_source(path: Path, options: OpenOptions) -> Iterator[Source]:
    """Raises `UnusableFile` or `UnusableOption`, also from `batches` while inside."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        scratch = Path(folder)
        reader, main = prepare(path, scratch, options.source_layer)
        yield reader.open(
            Opening(
                main,
                scratch,
                encoding=options.encoding,
                source_layer="" if main.is_relative_to(scratch) else options.source_layer,
                own=choose_own(reader, options.own),
            )
        )


def prepare(path: Path, scratch: Path, wanted: str) -> tuple[Reader, Path]:
    """Who reads it, and the main file, taken out of a zip where it is one."""
    path = find_main(path)
    head = read_head(path)
    if not is_zip(head):
        return choose_reader(head), path
    unpacked = scratch / "unpacked"
    unpacked.mkdir()
    main = unpack(path, unpacked, wanted)
    inner = read_head(main)
    if is_zip(inner):
        raise UnusableFile(_("There is a zip file in the zip file; unpack it first."))
    return choose_reader(inner), main


def find_main(path: Path) -> Path:
    """The file that a part of it was named for: `.shp` for `.dbf`."""
    suffix = path.suffix.lower()
    for reader in READERS:
        beside = path.with_suffix(reader.extensions[0])
        if suffix in reader.parts and suffix not in reader.extensions and beside.is_file():
            return beside
    return path


def choose_own(reader: Reader, given: Mapping[str, str]) -> dict[str, str]:
    """Raises `UnusableOption` for what only other readers take."""
    taken = {option.name for option in reader.options}
    for option in list_options():
        if given.get(option.name) and option.name not in taken:
            raise UnusableOption(str(option.refusal))
    return {name: given.get(name, "") for name in taken}
