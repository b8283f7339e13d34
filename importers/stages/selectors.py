"""Reads imports: whose they are, what was asked and found, what they would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.policies import (
    Actor,
    is_administrator,
    list_editable_organisation_ids,
)
from geoportal.core.errors import NotFound
from importers.issues import CODES, Issue, Severity
from importers.models import Import, ImportIssue
from importers.stages.journal import get_result
from importers.stages.questions import QuestionJson, describe, list_unanswered
from importers.states import Origin, Stage, State


def list_imports_for(actor: Actor) -> QuerySet[Import]:
    """Those into layers that one edits now, and for organisations of which a new layer would be;
    one's own of a shell that have no layer. An administrator's are all.

    To have begun an import gives no right to it: who has left the publisher has left it too.
    """
    imports = Import.objects.select_related(
        "author", "publisher", "layer", "organisation", "changeset"
    )
    if is_administrator(actor):
        return imports
    organisations = list_editable_organisation_ids(actor)
    if not organisations:
        return imports.none()
    into_layers = Q(layer__organisation__in=organisations)
    into_none_yet = Q(layer=None) & Q(organisation__in=organisations)
    of_a_shell = Q(layer=None, organisation=None, author_id=actor.pk, origin=Origin.SHELL)
    return imports.filter(into_layers | into_none_yet | of_a_shell)


def access_import(actor: Actor, import_id: int) -> Import:
    """Another's is not found."""
    found = list_imports_for(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def list_questions(import_: Import) -> list[QuestionJson]:
    """In the active language, with the answers there are."""
    kept: Any = get_result(import_, Stage.QUESTIONS).get("questions", [])
    return [describe(one, import_.answers) for one in kept]


def list_open_questions(import_: Import) -> list[QuestionJson]:
    """Those that somebody must answer before it can go on; none unless it waits for answers."""
    if import_.state != State.ASKING:
        return []
    kept: Any = get_result(import_, Stage.QUESTIONS).get("questions", [])
    return [describe(one, import_.answers) for one in list_unanswered(kept, import_.answers)]


def list_issues(import_: Import, code: str = "") -> QuerySet[ImportIssue]:
    """Remarks in the order of the file's rows as they were found; errors and warnings."""
    issues = ImportIssue.objects.filter(of=import_).order_by("id")
    return issues.filter(code=code) if code else issues


def read_issue(kept: ImportIssue) -> Issue:
    """With its words, in the active language."""
    return Issue(kept.row, kept.code, kept.params, kept.key, kept.field, kept.repair)


@dataclass(frozen=True)
class IssueGroup:
    """Remarks of one code. `rows`: the first of them that name a row."""

    code: str
    severity: Severity
    count: int
    example: str
    rows: tuple[int, ...]


ROWS_NAMED = 20


def group_issues(import_: Import) -> list[IssueGroup]:
    """Errors first, then the most frequent."""
    counted = list_issues(import_).order_by().values("code").annotate(count=Count("id"))
    groups = [_group(import_, str(one["code"]), int(one["count"])) for one in counted]
    return sorted(groups, key=lambda one: (one.severity != "error", -one.count, one.code))


def _group(import_: Import, code: str, count: int) -> IssueGroup:
    first = list(list_issues(import_, code)[:ROWS_NAMED])
    rows = tuple(issue.row for issue in first if issue.row is not None)
    return IssueGroup(code, CODES[code][0], count, read_issue(first[0]).message, rows)


def iterate_issue_rows(import_: Import, code: str = "") -> Iterator[list[str]]:
    """For a table of all remarks: row, key, field, severity, code, words, repair."""
    yield [
        _("Row"), _("Key"), _("Field"), _("Severity"), _("Code"), _("Remark"), _("Repair"),
    ]  # fmt: skip
    for kept in list_issues(import_, code).iterator(chunk_size=5000):
        issue = read_issue(kept)
        row = "" if issue.row is None else str(issue.row)
        yield [
            row, issue.key, issue.field, issue.severity, issue.code, issue.message, issue.repair,
        ]  # fmt: skip
