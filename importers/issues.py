"""What was wrong with rows: collected with row number and reason, never stopping at the first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geoportal.interface.formats import show_numbers
from importers.check_words import CHECK_CODES
from layers.geometry.words import name_shape

Severity = Literal["error", "warning"]
KEPT_ISSUES = 1000
# Parameters that name a kind of geometry.
SHAPES = ("wanted", "found")
# Of rows that are no things of the table: nothing else is told of them.
NO_THINGS = frozenset({"title-row", "total-row"})

# code → severity and what people read; an error means that the row was not loaded.
CODES: dict[str, tuple[Severity, str | Promise]] = {
    "wrong-cells": (
        "error",
        _("The row has %(found)s cells, the first row names %(expected)s columns."),
    ),
    "unreadable-feature": ("error", _("This is not a feature: %(reason)s.")),
    "unreadable-geometry": ("error", _("The geometry cannot be read: %(reason)s.")),
    "unreadable-coordinates": ("error", _("“%(value)s” is not a coordinate.")),
    "outside-world": (
        "error",
        _("The coordinates lie outside the map: %(x)s, %(y)s (longitude, latitude)."),
    ),
    "over-antimeridian": (
        "error",
        _(
            "A side of the shape is longer than half of the world; where the shape crosses the"
            " 180° meridian it must be cut."
        ),
    ),
    "wrong-geometry-type": (
        "error",
        _("The layer holds %(wanted)s, and the row: %(found)s."),
    ),
    "irreparable-geometry": (
        "error",
        _("The geometry is not valid and nothing is left of it after repair: %(reason)s."),
    ),
    "territory-without-area": ("error", _("A territory needs an area; the row has none.")),
    "key-missing": ("error", _("The row has no key in “%(column)s”.")),
    "key-repeated": ("error", _("The key “%(key)s” stands in row %(first)s already.")),
    "invalid-value": ("error", _("%(reason)s")),
    "total-row": ("error", _("The row sums up others; it is no thing of its own.")),
    "title-row": ("error", _("The row holds titles of columns, no values.")),
    "shape-missing": ("error", _("The row stands in .dbf only; .shp has no shape for it.")),
    "zero-place": ("warning", _("The place is 0, 0, which means none; it was left out.")),
    "attributes-missing": (
        "warning",
        _("The Shapefile has no .dbf: all attributes are missing. Add the file beside .shp."),
    ),
    "attributes-missing-in-row": (
        "warning",
        _("The .dbf has fewer rows than there are shapes; this one has no attributes."),
    ),
    "rows-deleted": (
        "warning",
        _("Rows that are marked as deleted in .dbf, and their shapes, were left out: %(count)s."),
    ),
    "number-overflow": (
        "warning",
        _("The number did not fit into its column of the file (“***”); it was left out."),
    ),
    "impossible-date": ("warning", _("“%(value)s” is no date; it was left out.")),
    "cell-error": ("warning", _("The cell shows the error %(value)s; it was left out.")),
    "no-geometry": ("warning", _("The row has no place; it is kept without one.")),
    "geometry-repaired": ("warning", _("The geometry was repaired: %(reason)s.")),
    "area-changed": (
        "warning",
        _("The geometry was repaired: %(reason)s. Area: %(before)s m² → %(after)s m²."),
    ),
    "ring-closed": ("warning", _("A ring was not closed; it is now.")),
    "curve-linearised": ("warning", _("Curves were replaced by short straight segments.")),
    "parts-dropped": (
        "warning",
        _("Of a mixed collection only the parts that the layer holds were kept."),
    ),
    "far-away": (
        "warning",
        _("The place %(x)s, %(y)s lies more than %(distance_km)s km from the rest."),
    ),
    "axes-swapped": (
        "warning",
        _("The file gives latitude before longitude; they were exchanged."),
    ),
    "axes-doubtful": (
        "warning",
        _(
            "With the coordinates exchanged the places would lie in Ukraine; they were left as they"
            " are. If latitude comes first in the file, say --axes yx."
        ),
    ),
    "crs-assumed": ("warning", _("The coordinate system is not stated: %(reason)s.")),
    "datum-replaced": (
        "warning",
        _(
            "The projection is that of %(zone)s, but the file names another datum, which would put"
            " the places %(distance_m)s m off; the system's own was taken. If the file is right,"
            " say --crs @file."
        ),
    ),
    "outside-community": (
        "warning",
        _("Only %(share)s of the rows lie in or near the community; is %(crs)s right?"),
    ),
    "crs-doubtful": (
        "warning",
        _("With %(stated)s the rows lie outside the community; with %(best)s they would not."),
    ),
    "inaccurate-crs": (
        "warning",
        _("The exact transformation is not known; places may be off by 100 m and more."),
    ),
    "heights-dropped": ("warning", _("Heights were left out: the map is flat.")),
    "broken-letters": (
        "warning",
        _("Some letters could not be read as %(encoding)s and are shown as �."),
    ),
    "text-cut": (
        "warning",
        _("The text fills the column of the file to its end; it may have been cut off."),
    ),
    "required-missing": (
        "warning",
        _("The file has no column for the required field “%(name)s”."),
    ),
    "layer-stands": (
        "warning",
        _("The layer is there already: its title, visibility and fields stay as they are."),
    ),
    **CHECK_CODES,
}


class IssueJson(TypedDict, total=False):
    """An issue as `--json` prints it and `Changeset.details` keeps it."""

    row: int | None
    key: str
    field: str
    severity: Severity
    code: str
    message: str
    repair: str


@dataclass(frozen=True)
class Issue:
    """One thing about one row (1-based, in the order of the file; `None`: the whole file)."""

    row: int | None
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    field: str = ""
    repair: str = ""

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def message(self) -> str:
        """In the active language."""
        params = show_numbers(self.params, "count", "of", "before", "after")
        for name in SHAPES if self.code == "wrong-geometry-type" else ():
            params[name] = name_shape(str(params[name]))
        words: Any = CODES[self.code][1]  # a plural is chosen by what is put into it
        return str(words % params)

    def as_json(self) -> IssueJson:
        document: IssueJson = {
            "row": self.row,
            "key": self.key,
            "field": self.field,
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
        }
        return document | {"repair": self.repair} if self.repair else document


class IssueLog:
    """The first issues in full, all of them by number."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self.counts: Counter[str] = Counter()
        self.repaired_rows = 0

    def add(self, issues: Iterable[Issue]) -> None:
        repaired: set[int | None] = set()
        for issue in issues:
            self.counts[issue.code] += 1
            if issue.repair:
                repaired.add(issue.row)
            if len(self.issues) < KEPT_ISSUES:
                self.issues.append(issue)
        self.repaired_rows += len(repaired)

    @property
    def total(self) -> int:
        return self.counts.total()
