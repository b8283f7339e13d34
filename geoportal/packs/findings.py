"""What is wrong with a pack: sentences with file and line, collected, never raised one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError


class Severity(StrEnum):
    """An error refuses the whole pack; a remark is only told."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True)
class Place:
    """A line of a file, from 1; 0: the file as a whole. `root` is the folder of the pack."""

    root: Path
    file: Path
    line: int = 0

    @property
    def name(self) -> str:
        """`shepetivka/categories.toml:12`."""
        path = Path(self.root.name, self.file.relative_to(self.root)).as_posix()
        return f"{path}:{self.line}" if self.line else path


@dataclass(frozen=True)
class Finding:
    """One sentence about one place."""

    place: Place
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place.name}: {self.message}"


@dataclass
class Findings:
    """All that was found, in the order of files and lines."""

    items: list[Finding] = field(default_factory=list)

    def error(self, place: Place, message: str) -> None:
        self._add(Finding(place, message))

    def remark(self, place: Place, message: str) -> None:
        self._add(Finding(place, message, Severity.REMARK))

    def _add(self, finding: Finding) -> None:
        if finding not in self.items:
            self.items.append(finding)

    @property
    def errors(self) -> list[Finding]:
        return sort_findings(each for each in self.items if each.severity == Severity.ERROR)

    @property
    def remarks(self) -> list[Finding]:
        return sort_findings(each for each in self.items if each.severity == Severity.REMARK)

    def require_none(self) -> None:
        """Raises `PackRefused` when there are errors."""
        if self.errors:
            raise PackRefused(self)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (str(each.place.file), each.place.line, each.message))


class PackRefused(DomainError):
    """The pack has errors; nothing has been changed."""

    slug = "pack-refused"
    status = 422

    def __init__(self, findings: Findings) -> None:
        message = _("The pack has %(count)s errors; nothing has been changed.")
        super().__init__(message % {"count": len(findings.errors)})
        self.findings = findings
