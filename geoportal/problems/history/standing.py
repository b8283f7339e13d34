"""Where a problem stands now and what comes next, in sentences that everyone may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.problems.categories.dates import count_days_late, format_day, format_last_day
from geoportal.problems.models import Assignment, Problem
from geoportal.problems.workflow import WORKING, Resolution, RoutingRole, State


@dataclass(frozen=True)
class Standing:
    """`now`: what is so; `then`: what comes next and by when; `late`: how late it is, or empty."""

    now: str
    then: str = ""
    late: str = ""


def describe_standing(problem: Problem, assignments: Sequence[Assignment]) -> Standing:
    """`assignments`: those in force."""
    late = count_days_late(problem)
    words = ngettext(
        "The deadline passed %(count)s day ago.", "The deadline passed %(count)s days ago.", late
    )
    describe = {
        State.UNCONFIRMED: _describe_unconfirmed,
        State.MODERATION: _describe_moderation,
        State.REJECTED: _describe_rejected,
        State.OPEN: _describe_open,
        State.ACCEPTED: _describe_accepted,
        State.CLOSED: _describe_closed,
        State.ARCHIVED: _describe_archived,
    }[State(problem.state)]
    now, then = describe(problem, assignments)
    if problem.asked_at is not None:
        then = _("The author was asked a question; until the answer the deadline stands still.")
        if late:
            then = _("The author was asked a question after the deadline had passed.")
    return Standing(now, then, words % {"count": late} if late else "")


def _describe_unconfirmed(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    return (
        _("The report is kept, but nobody sees it until you confirm your e-mail."),
        _("Follow the link in our letter; then a moderator looks at the report."),
    )


def _describe_moderation(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    now = _("Only you and the moderators see this report for now.")
    if problem.due_at is None:
        return now, ""
    text = _(
        "A moderator decides by %(day)s; then it is published and given to who answers for it."
    )
    if problem.is_confidential:
        text = _("A moderator decides by %(day)s; then only those who answer for it get it.")
    return now, text % {"day": format_last_day(problem.due_at)}


def _describe_rejected(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    if problem.merged_into_id:
        return (
            _("This was reported already, so your report was joined with that one."),
            _("You follow it and will be told of every change."),
        )
    if problem.published_at and problem.is_confidential:
        return _("A moderator took this report back; nobody works on it."), ""
    if problem.published_at:
        return _("A moderator took this report from publication."), ""
    refused = _("A moderator did not publish this report.")
    if problem.is_confidential:
        refused = _("A moderator did not pass this report on.")
    return (
        refused,
        _("Put it right and send it again; nothing of it was lost."),
    )


def _describe_open(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    if problem.is_confidential:
        return _describe_passed_on(given), _build_acceptance(problem)
    now = _("Published. No organisation has it yet: a dispatcher chooses one.")
    if given:
        now = _("Published and given to: %(names)s.") % {"names": _name(given)}
    return now, _build_acceptance(problem)


def _describe_passed_on(given: Sequence[Assignment]) -> str:
    if not given:
        return _("Checked. No organisation has it yet: a dispatcher chooses one.")
    text = _("Passed on to: %(names)s. Only they, the moderators and the author see it.")
    return text % {"names": _name(given)}


def _describe_accepted(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    """Control makes it accepted, but it is no work: then the acceptance is still awaited."""
    taken = [each for each in given if each.accepted_at]
    working = [each for each in taken if each.purpose in WORKING]
    if not working:
        text = _("Under control of: %(names)s. Nobody has taken it for solution yet.")
        return text % {"names": _name(taken or given)}, _build_acceptance(problem)
    now = _("In work: %(names)s.") % {"names": _name(working)}
    if problem.planned_on:
        promised = format_day(problem.planned_on)
        return now, _("The organisation promises to do it by %(day)s.") % {"day": promised}
    if problem.due_at is None:
        return now, ""
    text = _("A solution or an explanation is due by %(day)s.")
    return now, text % {"day": format_last_day(problem.due_at)}


def _describe_closed(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    if problem.resolution == Resolution.DUPLICATE:
        number = problem.merged_into_id
        return (
            _("This was reported already: it was joined with problem No. %(number)s.")
            % {"number": number},
            _("Everyone who followed this one follows that one now."),
        )
    solved = problem.resolution == Resolution.SOLVED
    now = _("Solved on %(day)s.") if solved else _("Closed on %(day)s: it cannot be solved.")
    return (
        now % {"day": format_day(problem.closed_at)},
        _("The author can open it again until %(day)s inclusive; then it goes to the archive.")
        % {"day": format_last_day(problem.archive_at)},
    )


def _describe_archived(problem: Problem, given: Sequence[Assignment]) -> tuple[str, str]:
    solved = problem.resolution == Resolution.SOLVED
    now = _("Solved on %(day)s.") if solved else _("Closed on %(day)s.")
    return (
        now % {"day": format_day(problem.closed_at)},
        _("It is in the archive: nothing changes here any more. Has it come back? Report anew."),
    )


def _build_acceptance(problem: Problem) -> str:
    """Passed on late, it is awaited by the date of the solution, but this one is still told."""
    if problem.acceptance_due_at is None:
        return ""
    day = format_last_day(problem.acceptance_due_at)
    return _("It is to be accepted by %(day)s.") % {"day": day}


def _name(assignments: Sequence[Assignment]) -> str:
    """Executors before the others; each once."""
    executors = [each for each in assignments if each.role == RoutingRole.EXECUTOR]
    return ", ".join(dict.fromkeys(each.organisation.name for each in executors or assignments))
