"""What an import did, for machines, for the history, and for people."""

from typing import TypedDict

from django.utils.translation import gettext as _

from importers.brakes.brake import BrakeJson
from importers.issues import IssueJson
from importers.mapping.keys import KeyOrigin
from importers.reports.brakes import render_brakes
from importers.reports.issues import IssueGroupJson, group_issues, render_issues
from importers.request import ImportResult

KEPT_IN_HISTORY = 200


class CrsJson(TypedDict):
    code: str
    name: str
    reason: str
    accuracy_m: float | None
    operation: str


class EncodingJson(TypedDict):
    name: str
    reason: str


class ReportJson(TypedDict):
    """What `--json` prints."""

    layer: str
    created: bool
    changeset: int | None
    dry_run: bool
    mode: str
    format: str
    rows: int
    added: int
    changed: int
    removed: int
    unchanged: int
    rejected: int
    repaired: int
    issues: list[IssueJson]
    issue_groups: list[IssueGroupJson]
    issues_total: int
    issues_by_code: dict[str, int]
    crs: CrsJson
    encoding: EncodingJson
    key_field: str
    key_origin: str
    fields: list[str]
    ignored_columns: list[str]
    brakes: list[BrakeJson]
    seconds: float


def build_report(result: ImportResult) -> ReportJson:
    """Texts are in the active language."""
    return {
        "layer": result.layer,
        "created": result.created,
        "changeset": result.changeset,
        "dry_run": result.dry_run,
        "mode": "replace" if result.replace else "merge",
        "format": result.format,
        "rows": result.rows,
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "unchanged": result.unchanged,
        "rejected": result.rejected,
        "repaired": result.repaired,
        "issues": [issue.as_json() for issue in result.issues],
        "issue_groups": [group.as_json() for group in group_issues(result.issues)],
        "issues_total": result.issues_total,
        "issues_by_code": result.counts,
        "crs": build_crs(result),
        "encoding": {"name": result.encoding.name, "reason": str(result.encoding.reason)},
        "key_field": result.key_field,
        "key_origin": result.key_origin,
        "fields": result.fields,
        "ignored_columns": result.ignored_columns,
        "brakes": [brake.as_json() for brake in result.brakes],
        "seconds": result.seconds,
    }


def build_crs(result: ImportResult) -> CrsJson:
    return {
        "code": result.crs.code,
        "name": result.crs.name,
        "reason": str(result.crs.reason),
        "accuracy_m": result.crs.operation.accuracy_m,
        "operation": result.crs.operation.description,
    }


def build_details(result: ImportResult) -> dict[str, object]:
    """What the history keeps beside the counts of the changeset."""
    report = build_report(result)
    names = ("mode", "format", "rows", "rejected", "repaired", "crs", "encoding", "key_field")
    kept: dict[str, object] = {name: report[name] for name in names}  # type: ignore[literal-required]
    return kept | {
        "issues": report["issues"][:KEPT_IN_HISTORY],
        "issues_total": report["issues_total"],
        "ignored_columns": report["ignored_columns"],
    }


def render_report(result: ImportResult) -> str:
    """A few lines for the terminal, then the issues."""
    lines = [*render_head(result), "", *render_counts(result), "", *render_facts(result)]
    if result.brakes:
        lines += ["", *(brake.message for brake in result.brakes)]
        lines += render_brakes({"brakes": [brake.as_json() for brake in result.brakes]})
    if result.issues:
        lines += ["", *render_issues(result)]
    return "\n".join(lines)


def render_head(result: ImportResult) -> list[str]:
    if result.dry_run:
        return [_("A trial run into the layer “%(layer)s”: nothing was changed.") % vars(result)]
    if result.created:
        made = _("The layer “%(layer)s” was made, changeset %(changeset)s (%(seconds)s s).")
        staff = _("Only staff see it: no licence was chosen (--licence).")
        return [made % vars(result), *([staff] if result.only_staff else [])]
    return [
        _("The layer “%(layer)s” was updated, changeset %(changeset)s (%(seconds)s s).")
        % vars(result)
    ]


def render_counts(result: ImportResult) -> list[str]:
    counts = (
        (_("rows in the file"), result.rows),
        (_("added"), result.added),
        (_("changed"), result.changed),
        (_("removed"), result.removed),
        (_("unchanged"), result.unchanged),
        (_("repaired"), result.repaired),
        (_("not loaded"), result.rejected),
    )
    width = max(len(title) for title, _count in counts)
    return [f"  {title:<{width}}  {count:>9}" for title, count in counts]


def render_facts(result: ImportResult) -> list[str]:
    crs = f"{result.crs.code} {result.crs.name}".strip()
    keys = {
        KeyOrigin.COLUMN: result.key_field,
        KeyOrigin.BESIDE: _("given with the features (id)"),
        KeyOrigin.CONTENT: _("made from the content of rows"),
    }[KeyOrigin(result.key_origin)]
    facts = [
        _("Coordinate system: %(crs)s (%(reason)s)") % {"crs": crs, "reason": result.crs.reason},
        _("Encoding: %(name)s (%(reason)s)")
        % {"name": result.encoding.name, "reason": result.encoding.reason},
        _("Key: %(keys)s") % {"keys": keys},
        _("Fields: %(fields)s") % {"fields": ", ".join(result.fields) or "—"},
    ]
    accuracy = result.crs.operation.accuracy_m
    if accuracy:
        facts.insert(
            1,
            _("Transformation: %(operation)s, accurate to %(accuracy)s m")
            % {"operation": result.crs.operation.description, "accuracy": f"{accuracy:g}"},
        )
    if result.ignored_columns:
        facts.append(
            _("Left out, the layer does not know them: %(names)s")
            % {"names": ", ".join(result.ignored_columns)}
        )
    return facts
