"""Where the datasets of a file are: in itself, in an archive, in an archive in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import UnusableFile, UnusableOption
from importers.formats.archives.unpacking import Unpacker
from importers.formats.format import Dataset, Format, Opening
from importers.formats.naming import clean_heading
from importers.formats.registry import FORMATS, list_titles
from importers.formats.sniff import choose_format, find_folder_format, is_zip, read_head


@dataclass(frozen=True)
class Located:
    """A dataset under the name that chooses it, and how its engine calls it (`inner`)."""

    kind: Format
    path: Path
    stem: str
    inner: str
    dataset: Dataset

    def open_with(self, scratch: Path, encoding: str, own: Mapping[str, str]) -> Opening:
        return Opening(self.path, scratch, self.kind, self.stem, self.inner, encoding, own)


def locate(path: Path, scratch: Path) -> list[Located]:
    """All datasets. Raises `UnusableFile`."""
    path = find_main(path)
    if kind := find_folder_format(path) if path.is_dir() else None:
        return list_inside(kind, path, scratch, path.stem)
    head = read_head(path)
    if not is_zip(head) or any(kind.recognises(head) for kind in FORMATS):
        return list_inside(choose_format(head), path, scratch, path.stem)
    if "[Content_Types].xml" in head.names:
        choose_format(head)  # a document of an office program: refused by its name
    return locate_in_archive(path, scratch)


def find_main(path: Path) -> Path:
    """The file that a part of it was named for: `.shp` for `.dbf`."""
    suffix = path.suffix.lower()
    for kind in FORMATS:
        if suffix not in kind.parts or suffix in kind.extensions:
            continue
        for ending in kind.extensions:
            for beside in (path.with_suffix(ending), path.with_suffix(ending.upper())):
                if beside.is_file():
                    return beside
    return path


def list_inside(kind: Format, path: Path, scratch: Path, stem: str) -> list[Located]:
    opening = Opening(path, scratch, kind, stem)
    return [
        Located(
            kind, path, stem, one.name, replace(one, title=clean_heading(one.title) or one.name)
        )
        for one in kind.load_engine().list_datasets(opening)
    ]


def locate_in_archive(path: Path, scratch: Path) -> list[Located]:
    """Members of the best rank; a member that holds several is named before them: `town/roads`."""
    found: list[Located] = []
    refused: list[UnusableFile] = []
    for member in Unpacker(scratch).unpack(path):
        try:
            kind = find_folder_format(member.path) if member.path.is_dir() else None
            kind = kind or choose_format(read_head(member.path))
            inside = list_inside(kind, member.path, scratch, member.name)
        except UnusableFile as error:  # another member may be what is meant
            refused.append(error)
            continue
        for one in inside:
            alone = len(inside) == 1
            name = member.name if alone else f"{member.name}/{one.dataset.name}"
            title = member.title if alone else one.dataset.title
            title = clean_heading(title) or name
            named = replace(one.dataset, name=name, title=title, member=member.place)
            found.append(replace(one, dataset=named))
    if refused and not found:
        raise refused[0]
    if not found:
        raise UnusableFile(
            _("The zip file holds nothing that can be imported (%(formats)s); it may be damaged.")
            % {"formats": list_titles()}
        )
    return found


def choose_located(found: Sequence[Located], wanted: str, *, strict: bool = True) -> Located | None:
    """The one asked for, else the only one, else the only one with places.

    Raises `UnusableOption` where the user must say which; `None` instead where not `strict`.
    """
    named = [one for one in found if wanted in ("", one.dataset.name)]
    with_places = [one for one in named if one.dataset.geometry != ""]
    for few in (named, with_places, [one for one in with_places if one.dataset.rows != 0]):
        if len(few) == 1:
            return few[0]
    if not strict:
        return None
    names = ", ".join(dict.fromkeys(one.dataset.name for one in found))
    if not named:
        raise UnusableOption(
            _("There is no layer “%(name)s” in the file; it holds: %(names)s.")
            % {"name": wanted, "names": names},
            question="dataset",
        )
    raise UnusableOption(
        _("The file holds several layers; choose one of them: %(names)s.") % {"names": names},
        question="dataset",
    )
