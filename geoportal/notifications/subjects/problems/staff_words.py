"""What organisations and moderators are told: a task, a change of what they hold, a reminder."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.accounts.models import Organisation
from geoportal.core.words.unlinked import drop_links_in_line
from geoportal.notifications.content import Content, Step
from geoportal.notifications.links import build_problem_url, build_site_url
from geoportal.notifications.subjects.problems.confidential_words import keep_to_link
from geoportal.notifications.subjects.problems.due import list_told
from geoportal.notifications.subjects.problems.letter import Kind, Letter
from geoportal.notifications.subjects.problems.phrases import (
    find_organisation,
    is_public_step,
    list_facts,
    name_speaker,
    quote_words,
    see_page,
)
from geoportal.problems.categories.dates import format_last_day
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.workflow import Action, RoutingRole, State

MOST_LISTED = 50


def write_to_staff(letter: Letter) -> Content:
    """In the active language."""
    if letter.moved:
        return _write_moved(letter)
    return keep_to_link(letter.change.problem, STAFF[letter.kind](letter))


def _compose(letter: Letter, heading: str, *paragraphs: str, quotes: bool = True) -> Content:
    change = letter.change
    is_told = quotes and is_public_step(change) and not change.is_internal
    quote = quote_words(change) if is_told else ""
    return Content(
        heading=heading,
        paragraphs=tuple(each for each in paragraphs if each),
        quote=quote,
        quoted=name_speaker(change) if quote else "",
        facts=list_facts(change.problem),
        steps=(see_page(change.problem),),
    )


def _given(letter: Letter) -> Content:
    problem, organisation = letter.change.problem, letter.organisation
    assignment = problem.assignments.filter(
        organisation=organisation, ended_at__isnull=True
    ).first()
    role = assignment.role if assignment else RoutingRole.EXECUTOR
    headings = {
        RoutingRole.EXECUTOR: _("A problem was given to your organisation"),
        RoutingRole.REVIEWER: _("A problem was given to your organisation for consideration"),
        RoutingRole.CONTROLLER: _("A problem was given to your organisation for control"),
    }
    terms = _tell_terms(problem) if role == RoutingRole.EXECUTOR else ""
    return _compose(letter, headings[RoutingRole(role)], _name(organisation), terms)


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""


def _tell_terms(problem: Problem) -> str:
    """By when it has to be taken and solved."""
    told = []
    if problem.state == State.OPEN and problem.acceptance_due_at:
        told.append(_("Take it by %(day)s.") % {"day": format_last_day(problem.acceptance_due_at)})
    if problem.solution_due_at:
        told.append(
            _("Solve it, or explain why not, by %(day)s.")
            % {"day": format_last_day(problem.solution_due_at)}
        )
    return " ".join(told)


def _taken(letter: Letter) -> Content:
    """Its number only: who does not hold the problem may not be one who sees it."""
    change = letter.change
    now = find_organisation(change, "to_organisation")
    told = _("Now it is with: %(organisation)s.") % {"organisation": now.name} if now else ""
    if change.action == Action.RETRACT:
        told = _("A moderator took the problem from publication.")
    paragraphs = (_name(letter.organisation), told, _("You need not do anything."))
    return Content(
        heading=_("The problem is no longer with your organisation"),
        paragraphs=tuple(each for each in paragraphs if each),
    )


def _held(letter: Letter) -> Content:
    change = letter.change
    headings = {
        Action.REOPEN: _("The author opened the problem again"),
        Action.ANSWER: _("The author answered"),
        Action.UNANSWERED: _("The author did not answer in time"),
        Action.MERGE: _("The problem was joined with No. %(number)s")
        % {"number": change.details.get("into", "")},
        Action.MOVE: _("A moderator corrected the place of the problem"),
        Action.RECATEGORISE: _("A moderator changed the category of the problem"),
    }
    terms = ""
    if change.action in (Action.REOPEN, Action.ANSWER, Action.UNANSWERED):
        terms = _tell_terms(change.problem)
    elif change.action == Action.MERGE:
        terms = _("You need not do anything.")
    return _compose(letter, headings[Action(change.action)], terms)


def _late(letter: Letter) -> Content:
    change = letter.change
    day = _due_day(change)
    told = _("It had to be solved, or explained why not, by %(day)s.")
    if change.from_state == State.OPEN:
        told = _("It had to be taken by %(day)s.")
    step = _("Take it, close it, or announce a date and say why; residents see the delay too.")
    return _compose(letter, _("The term of a problem is over"), told % {"day": day}, step)


def _late_control(letter: Letter) -> Content:
    change = letter.change
    executor = change.problem.organisation
    told = _("The term ended on %(day)s.") % {"day": _due_day(change)}
    if executor is not None:
        told += " " + _("It is with: %(organisation)s; a reminder did not help.") % {
            "organisation": executor.name
        }
    heading = _("A problem under your control is overdue")
    return _compose(letter, heading, told)


def _late_moderation(letter: Letter) -> Content:
    """Also of a published problem that nobody was reminded of, because nobody holds it."""
    change = letter.change
    if change.from_state != State.MODERATION:
        heading = _("A problem is overdue and there is nobody to remind")
        told = _("The term ended on %(day)s. Find who answers for it.")
        return _compose(letter, heading, told % {"day": _due_day(change)})
    content = _compose(
        letter,
        _("A report waits for a moderator"),
        _("It had to be checked by %(day)s.") % {"day": _due_day(change)},
    )
    url = build_site_url(f"/moderation/{change.problem_id}/")
    steps = (Step(label=_("Check the report"), url=url),)
    return Content(**vars(content) | {"steps": steps})


def _due_day(change: StatusChange) -> str:
    """The last day in time, as the reminder was written."""
    due_at = change.details.get("due_at")
    return format_last_day(datetime.fromisoformat(due_at)) if due_at else ""


def _write_moved(letter: Letter) -> Content:
    """Several problems at once: borders or rules of responsibility were changed."""
    numbers = list_told(letter)
    count = len(numbers)
    if letter.kind == Kind.GIVEN:
        heading = ngettext(
            "%(count)s problem was given to your organisation",
            "%(count)s problems were given to your organisation",
            count,
        )
    else:
        heading = ngettext(
            "%(count)s problem is no longer with your organisation",
            "%(count)s problems are no longer with your organisation",
            count,
        )
    listed = list(Problem.objects.filter(pk__in=numbers[:MOST_LISTED]).order_by("pk"))
    links = tuple((_build_label(letter, each), build_problem_url(each)) for each in listed)
    more = ""
    if count > len(listed):
        more = _("And %(count)s more.") % {"count": count - len(listed)}
    told = (
        _name(letter.organisation),
        _("The borders of territories or the zones of responsibility were changed."),
        more,
    )
    return Content(
        heading=heading % {"count": count},
        paragraphs=tuple(each for each in told if each),
        links=links,
    )


def _build_label(letter: Letter, problem: Problem) -> str:
    """Who has lost the problem may not be one who sees its title, nor who reads a shared box."""
    number = f"№ {problem.pk}"
    if letter.kind == Kind.TAKEN or not problem.is_public:
        return number
    return f"{number} · {drop_links_in_line(problem.title)}"


STAFF: Mapping[str, Callable[[Letter], Content]] = {
    Kind.GIVEN: _given,
    Kind.TAKEN: _taken,
    Kind.HOLDER: _held,
    Kind.LATE: _late,
    Kind.LATE_CONTROL: _late_control,
    Kind.LATE_MODERATION: _late_moderation,
}
