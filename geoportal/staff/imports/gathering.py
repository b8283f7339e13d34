"""Which of the files that came together are one: the parts of a Shapefile, say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from geoportal.uploads.models import Upload
from importers.formats.registry import FORMATS


@dataclass(frozen=True)
class Gathered:
    """Uploads that are imported as one; `name` is what people see."""

    name: str
    uploads: tuple[Upload, ...]


def gather(uploads: Iterable[Upload]) -> list[Gathered]:
    """Parts of one stem together, in the order in which their first part came."""
    groups: dict[tuple[str, str], list[Upload]] = defaultdict(list)
    for upload in uploads:
        groups[find_family(upload.name)].append(upload)
    return [Gathered(choose_name(group), tuple(group)) for group in groups.values()]


def find_family(name: str) -> tuple[str, str]:
    """Files of one family and stem belong together; a file without a family stands alone."""
    path = PurePath(name)
    for reader in FORMATS:
        if path.suffix.lower() in reader.parts:
            # `a.shp.xml` belongs to `a.shp`.
            return reader.name, path.stem.removesuffix(reader.extensions[0]).casefold()
    return "", name


def choose_name(group: Sequence[Upload]) -> str:
    """That of the main part."""
    mains = [
        upload.name
        for upload in group
        for reader in FORMATS
        if reader.parts and PurePath(upload.name).suffix.lower() in reader.extensions
    ]
    return (mains or [upload.name for upload in group])[0]
