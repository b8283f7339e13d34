"""The files of a pack: nothing leads out of its folder, and nothing in it is overlooked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from geoportal.packs.findings import Findings, Place
from geoportal.packs.tables import SECTIONS
from geoportal.packs.values import find_close, suggest

TEXT_BYTES_MAX: Final = 5 * 1024**2
# Of one part of a path; systems of files refuse longer ones with an error of their own.
NAME_BYTES_MAX: Final = 255
ASIDES: Final = ("README.md", "SOURCE.md", "LICENSE")
COMMUNITY_FILE: Final = "community.toml"
PAGE_FILE: Final = re.compile(r"(?P<slug>.+)\.(?P<language>uk|en)\.md")
SHAPEFILE_ASIDES: Final = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".shp.xml")


@dataclass
class PackFolder:
    """One folder. `used` grows with every file that something in the pack names."""

    root: Path
    findings: Findings

    def __post_init__(self) -> None:
        self.used: set[Path] = set()

    def place(self, file: Path | None = None, line: int = 0) -> Place:
        return Place(self.root, file or self.root, line)

    def find(self, name: str) -> Path | None:
        """A file of the pack by its own name; `None` when it is not there or leads elsewhere."""
        path = self.root / name
        return path if path.is_file() and not self._leads_out(path) else None

    def list_in(self, folder: str, ending: str) -> list[Path]:
        """Files of a folder of the pack, by name."""
        found = (self.root / folder).glob(f"*{ending}")
        return sorted(path for path in found if path.is_file() and not self._leads_out(path))

    def read_text(self, path: Path) -> str | None:
        """UTF-8, with or without a mark; a finding and `None` otherwise."""
        self.used.add(path)
        if path.stat().st_size > TEXT_BYTES_MAX:
            self.findings.error(self.place(path), _("This file is too large."))
            return None
        content = path.read_bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.findings.error(self.place(path, line), _("This file is not in UTF-8."))
            return None

    def resolve(self, name: str, beside: Path, place: Place) -> Path | None:
        """A file that a key names, from the folder of the file with the key."""
        given = PurePosixPath(name)
        # A file that was meant and not found is not told twice.
        self.used.add(beside.parent / given.name)
        if not name or "\\" in name or given.is_absolute() or ".." in given.parts:
            self.findings.error(
                place, _("“%(name)s” leads out of the folder of the pack.") % {"name": name}
            )
            return None
        if any(len(part.encode()) > NAME_BYTES_MAX for part in given.parts):
            self.findings.error(place, _("There is no file “%(name)s”.") % {"name": name})
            return None
        path = beside.parent / given
        if self._leads_out(path):
            return None
        if not path.is_file():
            around = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
            self.used.add(path.parent / find_close(given.name, around))
            self.findings.error(
                place,
                _("There is no file “%(name)s”.") % {"name": name} + suggest(given.name, around),
            )
            return None
        self.used.add(path)
        if path.name.endswith(".shp"):
            self.used |= {path.with_suffix(ending) for ending in SHAPEFILE_ASIDES}
        return path

    def report_strangers(self) -> None:
        """Files that nothing names are mistakes in a name more often than not."""
        known = {section.file for section in SECTIONS if "." in section.file} | {COMMUNITY_FILE}
        known = {name for name in known if "/" not in name}
        self._report(self.root, known)
        for folder in ("layers", "pages"):
            self._report(self.root / folder, ())

    def _report(self, folder: Path, known: Iterable[str]) -> None:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if self._leads_out(path) or path.is_dir() or path in self.used:
                continue
            if not path.name.startswith(".") and path.name not in ASIDES:
                message = _("Nothing names this file.") + suggest(path.name, known)
                self.findings.error(self.place(path), message)

    def _leads_out(self, path: Path) -> bool:
        """A symbolic link anywhere on the way is a finding, wherever it leads."""
        inside = path.relative_to(self.root)
        for part in (*reversed(inside.parents), inside):
            step = self.root / part
            if step != self.root and step.is_symlink():
                self.findings.error(
                    self.place(step), _("A symbolic link; a pack holds its files itself.")
                )
                return True
        return False
