"""Remarks for a terminal and for machines: equal ones are said once, with their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from importers.issues import CODES, Issue, Severity
from importers.request import ImportResult

SHOWN_GROUPS = 20
NAMED_RANGES = 8
ROWS_OF_A_GROUP = 100


class IssueGroupJson(TypedDict):
    """Equal remarks; `rows`: the first of those that name one."""

    code: str
    severity: Severity
    message: str
    count: int
    rows: list[int]


@dataclass(frozen=True)
class IssueGroup:
    """Remarks of one code with the same words about the same field."""

    issues: Sequence[Issue]

    @property
    def first(self) -> Issue:
        return self.issues[0]

    @property
    def rows(self) -> list[int]:
        return [issue.row for issue in self.issues if issue.row is not None]

    def as_json(self) -> IssueGroupJson:
        return {
            "code": self.first.code,
            "severity": self.first.severity,
            "message": self.first.message,
            "count": len(self.issues),
            "rows": self.rows[:ROWS_OF_A_GROUP],
        }


def group_issues(issues: Iterable[Issue]) -> list[IssueGroup]:
    """Errors first, then in the order of the file."""
    groups: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.code, issue.field, issue.message), []).append(issue)
    return sorted(
        (IssueGroup(tuple(found)) for found in groups.values()),
        key=lambda group: (group.first.severity != "error", group.first.row or 0),
    )


def render_issues(result: ImportResult) -> list[str]:
    """Errors first; of many only the first are shown, all are counted."""
    shown = group_issues(result.issues)[:SHOWN_GROUPS]
    lines = [render_group(group) for group in shown]
    hidden = result.issues_total - sum(len(group.issues) for group in shown)
    if hidden > 0:
        lines.append(
            ngettext(
                "  … and %(count)s more remark; --json prints it.",
                "  … and %(count)s more remarks; --json prints them.",
                hidden,
            )
            % {"count": hidden}
        )
    errors = sum(n for code, n in result.counts.items() if CODES[code][0] == "error")
    title = _("Remarks: %(total)s, of them errors: %(errors)s") % {
        "total": result.issues_total,
        "errors": errors,
    }
    return [title, *lines]


def render_group(group: IssueGroup) -> str:
    first, rows = group.first, group.rows
    mark = "✗" if first.severity == "error" else "!"
    if not rows:
        place = _("file")
    elif len(rows) == 1:
        key = f" ({first.key})" if first.key else ""
        place = _("row %(row)s") % {"row": rows[0]} + key
    else:
        place = _("rows %(rows)s") % {"rows": name_ranges(rows)}
    return f"  {mark} {place}: {first.message}"


def name_ranges(rows: Iterable[int]) -> str:
    """`3, 5-8, 11`; of many ranges the first, and how many rows more."""
    ordered = sorted(set(rows))
    ranges: list[list[int]] = []
    for row in ordered:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    named = ranges[:NAMED_RANGES]
    text = ", ".join(f"{low}" if low == high else f"{low}-{high}" for low, high in named)
    rest = len(ordered) - sum(high - low + 1 for low, high in named)
    return f"{text} … +{rest}" if rest else text
