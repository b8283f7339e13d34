"""Which files of an archive belong together as one dataset."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from importers.formats.archives.names import clean_name
from importers.formats.registry import FORMATS

# Extension of a file that can be imported → its rank.
RANKS = {ending: kind.rank for kind in FORMATS for ending in kind.extensions}
PARTS = frozenset(part for kind in FORMATS for part in kind.parts)
FOLDERS = {kind.folder: kind.rank for kind in FORMATS if kind.folder}
FOLDER_MARKS = {kind.folder_mark: kind.folder for kind in FORMATS if kind.folder_mark}
COMPANIONS = {
    ending: kind.companion for kind in FORMATS if kind.companion for ending in kind.extensions
}
# What programs call the only file of an archive: the archive's own name says more.
NAMELESS = ("doc", "data")


@dataclass(frozen=True)
class ArchiveFile:
    """A member and its name as people wrote it.

    `told`: the extension of its format, where the name's own says nothing.
    """

    place: PurePosixPath
    info: zipfile.ZipInfo
    told: str = ""

    @property
    def ending(self) -> str:
        return self.told or self.place.suffix.lower()

    @property
    def stem(self) -> str:
        return clean_name(self.place.stem)


@dataclass(frozen=True, eq=False)
class Group:
    """One dataset. `parts`: extension → file; of a folder: name in it → file."""

    place: PurePosixPath
    stem: str
    title: str
    main: str
    rank: int
    is_folder: bool = False
    parts: dict[str, ArchiveFile] = field(default_factory=dict)

    @property
    def companion(self) -> str:
        """Name of the file that explains it; "" where there is none in this format."""
        return COMPANIONS.get(self.main, "")


def group_members(files: Sequence[ArchiveFile], archive_stem: str) -> list[Group]:
    """Every dataset, of whatever rank."""
    folders = group_folders(files, archive_stem)
    inside = {id(file) for group in folders for file in group.parts.values()}
    loose = [file for file in files if id(file) not in inside]
    found: dict[tuple[str, str], Group] = {}
    for file in sorted(loose, key=lambda one: RANKS.get(one.ending, 0)):
        if file.ending not in RANKS or file.place.name.lower() in COMPANIONS.values():
            continue
        place = (str(file.place.parent), file.place.stem.lower())
        if place in found and file.ending in PARTS:
            continue
        nameless = file.place.stem.lower() in NAMELESS
        stem = clean_name(archive_stem) if nameless else file.stem
        group = Group(file.place, stem, stem, file.ending, RANKS[file.ending])
        group.parts[file.ending] = file
        found[(*place, file.ending) if place in found else place] = group  # type: ignore[index]
    for file in loose:
        of_part = found.get((str(file.place.parent), file.place.stem.lower()))
        if of_part and file.ending in PARTS:
            of_part.parts.setdefault(file.ending, file)
    return folders + list(found.values())


def group_folders(files: Sequence[ArchiveFile], archive_stem: str) -> list[Group]:
    """Formats that are folders: `town.gdb/a00000001.gdbtable`, also without the name."""
    marked = {file.place.parent: "" for file in files}
    for file in files:
        marked[file.place.parent] = marked[file.place.parent] or FOLDER_MARKS.get(file.ending, "")
    found: dict[PurePosixPath, Group] = {}
    for file in files:
        folder = file.place.parent
        ending = folder.suffix.lower() if folder.suffix.lower() in FOLDERS else marked[folder]
        if not ending:
            continue
        stem = clean_name(folder.stem or archive_stem.removesuffix(ending))
        group = found.setdefault(
            folder, Group(folder, stem, stem, ending, FOLDERS[ending], is_folder=True)
        )
        group.parts[f"{clean_name(file.place.stem)}{file.ending}"] = file
    return list(found.values())


def keep_best_rank(groups: Sequence[Group]) -> list[Group]:
    """A read-me in CSV beside a Shapefile is no dataset."""
    best = min((group.rank for group in groups), default=0)
    return [group for group in groups if group.rank == best]
