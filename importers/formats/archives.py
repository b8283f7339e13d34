"""Zip files taken apart safely: own names for what is unpacked, and limits on how much."""

import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from importers.errors import UnusableFile, UnusableOption
from importers.formats.registry import READERS, list_titles
from importers.formats.sniff import refuse

MEMBERS_MAX = 5000
UNPACKED_BYTES_MAX = 4 << 30
RATIO_CHECKED_FROM_BYTES = 64 << 20
RATIO_MAX = 250
RANKS = sorted({reader.rank for reader in READERS})
# Extensions of files that can be imported, of the best rank first.
DATASETS = tuple(
    tuple(ending for reader in READERS if reader.rank == rank for ending in reader.extensions)
    for rank in RANKS
)
PARTS = frozenset(part for reader in READERS for part in reader.parts)
COMPANIONS = {
    ending: reader.companion
    for reader in READERS
    if reader.companion
    for ending in reader.extensions
}


@dataclass(frozen=True)
class Dataset:
    """One thing in the archive that can be imported. `parts`: extension → member."""

    name: str
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def main(self) -> str:
        return next(part for rank in DATASETS for part in rank if part in self.parts)

    @property
    def companion(self) -> str:
        """Name of the file that explains it; "" where there is none in this format."""
        return next((name for ending, name in COMPANIONS.items() if ending in self.parts), "")


def unpack(path: Path, folder: Path, wanted: str = "") -> Path:
    """Unpack the dataset (`wanted`: its name) into `folder` as `source.*`; its main file.

    Members are written under our own names only, so no name in the archive can lead outside.
    Raises `UnusableFile`, `UnusableOption`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = list_members(archive)
            dataset = choose_dataset(list_datasets(members), wanted)
            companion = find_named(members, dataset.companion)
            check_size([*dataset.parts.values(), *companion])
            for extension, member in dataset.parts.items():
                copy_member(archive, member, folder / f"{dataset.name}{extension}")
            for member in companion:
                copy_member(archive, member, folder / dataset.companion)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnusableFile(_("The zip file is damaged; make it anew.")) from error
    return folder / f"{dataset.name}{dataset.main}"


def list_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Files that somebody put there, not what operating systems add."""
    members = archive.infolist()
    if len(members) > MEMBERS_MAX:
        raise UnusableFile(
            _("The zip file holds more than %(limit)s files.") % {"limit": MEMBERS_MAX}
        )
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        raise refuse("Microsoft Office (xlsx, docx)")
    if "doc.kml" in names:
        raise refuse("KMZ")
    return [
        member
        for member in members
        if not member.is_dir()
        and "__MACOSX" not in member.filename
        and not PurePosixPath(member.filename).name.startswith(".")
    ]


def list_datasets(members: Iterable[zipfile.ZipInfo]) -> list[Dataset]:
    """Datasets of the best kind there is: a read-me in CSV beside a Shapefile is none."""
    members = list(members)
    for rank in DATASETS:
        found: dict[tuple[str, str], Dataset] = {}
        for member in members:
            place = PurePosixPath(member.filename)
            if place.suffix.lower() in rank and place.name.lower() not in COMPANIONS.values():
                dataset = Dataset(clean_name(place.stem), {place.suffix.lower(): member})
                found[str(place.parent), place.stem.lower()] = dataset
        for member in members:
            place = PurePosixPath(member.filename)
            dataset_of_part = found.get((str(place.parent), place.stem.lower()))
            if dataset_of_part and place.suffix.lower() in PARTS:
                dataset_of_part.parts[place.suffix.lower()] = member
        if found:
            return list(found.values())
    return []


def clean_name(stem: str) -> str:
    """A member's name as a plain file name."""
    return "".join(letter for letter in stem if letter.isalnum() or letter in "-_ .")[:80] or "data"


def choose_dataset(datasets: list[Dataset], wanted: str) -> Dataset:
    if not datasets:
        raise UnusableFile(
            _("The zip file holds nothing that can be imported (%(formats)s); it may be damaged.")
            % {"formats": list_titles()}
        )
    named = [dataset for dataset in datasets if wanted in ("", dataset.name)]
    if len(named) == 1:
        return named[0]
    names = ", ".join(sorted({dataset.name for dataset in datasets}))
    if wanted and not named:
        raise UnusableOption(
            _("There is no layer “%(name)s” in the file; it holds: %(names)s.")
            % {"name": wanted, "names": names}
        )
    raise UnusableOption(
        _("The file holds several layers; choose one with --source-layer: %(names)s.")
        % {"names": names}
    )


def find_named(members: Iterable[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    """The first member of this name in any folder, letters' case aside; empty for no name."""
    found = [each for each in members if PurePosixPath(each.filename).name.lower() == name]
    return found[:1]


def check_size(members: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse what would fill the disk. Sizes in headers hold: reading stops where they say."""
    members = list(members)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    suspicious = unpacked > RATIO_CHECKED_FROM_BYTES and unpacked / packed > RATIO_MAX
    if unpacked > UNPACKED_BYTES_MAX or suspicious:
        raise UnusableFile(
            _("The zip file would unpack to %(size)s MB; import its parts one by one.")
            % {"size": unpacked >> 20}
        )
    if any(member.flag_bits & 1 for member in members):
        raise UnusableFile(_("The zip file is protected by a password; take it off."))


def copy_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    with archive.open(member) as packed, target.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, 1 << 20)
