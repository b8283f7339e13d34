"""Zip files taken apart safely: own names for what is unpacked, limits on how much and how deep."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from importers.errors import UnusableFile
from importers.formats.archives.grouping import (
    ArchiveFile,
    Group,
    group_members,
    keep_best_rank,
)
from importers.formats.archives.names import decode_name
from importers.formats.archives.sizes import BROKEN, check_size
from importers.formats.format import Head
from importers.formats.registry import find_format

MEMBERS_MAX = 5000
HEAD_BYTES = 4096
DEPTH_MAX = 3
ARCHIVE_ENDING = ".zip"
# Many kinds of files are called so; what a member is, its first bytes tell.
VAGUE = (".xml",)


@dataclass(frozen=True)
class Member:
    """One thing in an archive that can be imported, unpacked. `place`: where it was."""

    path: Path
    name: str
    title: str
    place: str


@dataclass
class Unpacker:
    """One archive and those in it."""

    scratch: Path
    _bytes: int = 0
    _members: int = 0
    _folders: int = 0
    _groups: list[tuple[Group, Path]] = field(default_factory=list)

    def unpack(self, path: Path) -> list[Member]:
        """Members of the best rank in all of them. Raises `UnusableFile`."""
        self._open(path, 1)
        best = keep_best_rank([group for group, _folder in self._groups])
        kept = [(group, path) for group, path in self._groups if group in best]
        names = list(name_apart([group for group, _path in kept]))
        return [
            Member(main, name, group.title, str(group.place))
            for (group, main), name in zip(kept, names, strict=True)
        ]

    def _open(self, path: Path, depth: int) -> None:
        if depth > DEPTH_MAX:
            raise UnusableFile(
                _("The zip files lie more than %(limit)s deep in one another; unpack them first.")
                % {"limit": DEPTH_MAX}
            )
        try:
            with zipfile.ZipFile(path) as archive:
                files = self._list_files(archive)
                inner = [file for file in files if file.ending == ARCHIVE_ENDING]
                groups = keep_best_rank(group_members(files, path.stem))
                for group in groups:
                    self._groups.append((group, self._copy_group(archive, files, group)))
                nested = [self._copy_inner(archive, file) for file in inner]
        except BROKEN as error:
            raise UnusableFile(_("The zip file is damaged; make it anew.")) from error
        for each in nested:
            self._open(each, depth + 1)

    def _list_files(self, archive: zipfile.ZipFile) -> list[ArchiveFile]:
        """Files that somebody put there, not what operating systems add."""
        members = archive.infolist()
        self._members += len(members)
        if self._members > MEMBERS_MAX:
            raise UnusableFile(
                _("The zip file holds more than %(limit)s files.") % {"limit": MEMBERS_MAX}
            )
        files = [
            ArchiveFile(PurePosixPath(decode_name(member).replace("\\", "/")), member)
            for member in members
            if not member.is_dir()
        ]
        return [
            replace(file, told=find_ending(archive, file.info)) if file.ending in VAGUE else file
            for file in files
            if "__MACOSX" not in file.place.parts and not file.place.name.startswith(".")
        ]

    def _copy_group(
        self, archive: zipfile.ZipFile, files: Iterable[ArchiveFile], group: Group
    ) -> Path:
        """Members are written under our own names only, so none can lead outside; its main file."""
        companion = [file for file in files if file.place.name.lower() == group.companion][:1]
        self._check_size([file.info for file in [*group.parts.values(), *companion]])
        folder = self._make_folder()
        if group.is_folder:
            folder = folder / f"{group.stem}{group.main}"
            folder.mkdir()
        for ending, file in group.parts.items():
            name = ending if group.is_folder else f"{group.stem}{ending}"
            copy_member(archive, file.info, folder / name)
        for file in companion:
            copy_member(archive, file.info, folder / group.companion)
        return folder if group.is_folder else folder / f"{group.stem}{group.main}"

    def _copy_inner(self, archive: zipfile.ZipFile, file: ArchiveFile) -> Path:
        self._check_size([file.info])
        target = self._make_folder() / f"{file.stem}{ARCHIVE_ENDING}"
        copy_member(archive, file.info, target)
        return target

    def _make_folder(self) -> Path:
        self._folders += 1
        folder = self.scratch / f"unpacked-{self._folders}"
        folder.mkdir()
        return folder

    def _check_size(self, members: list[zipfile.ZipInfo]) -> None:
        self._bytes = check_size(members, self._bytes)


def name_apart(groups: Iterable[Group]) -> Iterator[str]:
    """Each name once: where two are equal, their folders are told too, then numbers."""
    groups = list(groups)
    stems = [group.stem for group in groups]
    taken: set[str] = set()
    for group in groups:
        name = group.stem
        if stems.count(name) > 1:
            name = " ".join([*group.place.parent.parts[-1:], group.stem])
        plain, number = name, 1
        while name in taken:
            number += 1
            name = f"{plain} {number}"
        taken.add(name)
        yield name


def find_ending(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """The extension of the format that a member's content bears; "" where it bears none."""
    if member.flag_bits & 1:
        return ""  # protected; whoever unpacks it says so
    with archive.open(member) as packed:
        kind = find_format(Head(packed.read(HEAD_BYTES)))
    return kind.extensions[0] if kind else ""


def copy_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    with archive.open(member) as packed, target.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, 1 << 20)
