"""What the author and the followers of a problem are told of each change."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from geoportal.notifications.content import Content, Step
from geoportal.notifications.links import build_problem_url, build_site_url
from geoportal.notifications.subjects.problems.audience import is_passed_on
from geoportal.notifications.subjects.problems.closing_words import (
    tell_author_of_closing,
    tell_of_closing,
)
from geoportal.notifications.subjects.problems.confidential_words import (
    keep_to_link,
    keep_to_link_for_people,
)
from geoportal.notifications.subjects.problems.phrases import (
    compose,
    find_organisation,
    name_speaker,
    see_page,
)
from geoportal.notifications.subjects.problems.rules import RULES_PATH, get_rule
from geoportal.problems.categories.dates import format_day, format_last_day
from geoportal.problems.history.timeline import build_headline
from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action, Purpose, State

Write = Callable[[StatusChange], Content]


def write_to_author(change: StatusChange) -> Content:
    """In the active language."""
    return keep_to_link_for_people(change, AUTHOR[change.action](change))


def write_to_follower(change: StatusChange) -> Content:
    content = FOLLOWER[change.action](change)
    return content if change.action == Action.RETRACT else keep_to_link(change.problem, content)


def _published(change: StatusChange) -> Content:
    problem = change.problem
    if problem.organisation is None:
        told = _("Nobody answers for this place and category yet; the dispatcher will find who.")
    else:
        told = _("It was given to: %(organisation)s.") % {"organisation": problem.organisation.name}
        if problem.acceptance_due_at is not None:
            told += " " + _("The organisation should take it by %(day)s.") % {
                "day": format_last_day(problem.acceptance_due_at)
            }
    return compose(change, _("Your report is published"), told)


def _rejected(change: StatusChange) -> Content:
    problem = change.problem
    told = _("A moderator checked the report and left it unpublished.")
    mend = Step(
        text=_("You can change the report and send it again."),
        label=_("Change the report"),
        url=build_problem_url(problem),
    )
    return compose(
        change, _("Your report is not published"), told, get_rule(change.reason),
        steps=(mend, _see_rules()),
    )  # fmt: skip


def _retracted(change: StatusChange) -> Content:
    return compose(
        change,
        _("Your report was taken from publication"),
        get_rule(change.reason),
        steps=(see_page(change.problem), _see_rules()),
    )


def _removed(change: StatusChange) -> Content:
    return compose(
        change,
        _("Your report was removed from public view"),
        get_rule(change.reason),
        steps=(see_page(change.problem), _see_rules()),
    )


def _see_rules() -> Step:
    return Step(label=_("The rules of the portal"), url=build_site_url(RULES_PATH))


def _restored(change: StatusChange) -> Content:
    return compose(change, _("Your report is with the moderators again"))


def _corrected(change: StatusChange) -> Content:
    headings = {
        Action.EDIT: _("A moderator corrected the text of your report"),
        Action.MOVE: _("A moderator corrected the place of your report"),
        Action.RECATEGORISE: _("A moderator changed the category of your report"),
        Action.HIDE_MEDIA: _("A moderator hid a photo or video of your report"),
        Action.SHOW_MEDIA: _("A photo or video of your report is shown to everyone"),
        Action.HIDE_WORDS: _("A moderator hid words in the history of your report"),
        Action.SHOW_WORDS: _("Words in the history of your report are shown again"),
        Action.BRING_BACK: _("Your report is in public view again"),
    }
    return compose(change, headings[Action(change.action)], _tell_new_organisation(change))


def _tell_new_organisation(change: StatusChange) -> str:
    if not is_passed_on(change):
        return ""
    organisation = find_organisation(change, "to_organisation")
    if organisation is None:
        return _("The dispatcher will find who answers for it.")
    return _("Now it is with: %(organisation)s.") % {"organisation": organisation.name}


def _passed_on(change: StatusChange) -> Content:
    told = _tell_new_organisation(change)
    if change.problem.state == State.OPEN and change.problem.acceptance_due_at is not None:
        told += " " + _("The organisation should take it by %(day)s.") % {
            "day": format_last_day(change.problem.acceptance_due_at)
        }
    return compose(change, _("The problem was passed to another organisation"), told)


def _assigned(change: StatusChange) -> Content:
    headline = build_headline(change, {})
    return compose(change, _("One more organisation works on your report"), f"{headline}.")


def _accepted(change: StatusChange) -> Content:
    name = change.organisation.name if change.organisation else ""
    purpose = change.details.get("purpose", "")
    taken = {
        Purpose.SOLUTION: _("%(organisation)s took the problem for solution."),
        Purpose.CONSIDERATION: _("%(organisation)s took the problem for consideration."),
        Purpose.CONTROL: _("%(organisation)s took the problem under control."),
    }
    told = taken.get(purpose, _("%(organisation)s took the problem.")) % {"organisation": name}
    due = change.problem.due_at
    if change.problem.state == State.ACCEPTED and due is not None and purpose != Purpose.CONTROL:
        told += " " + _("It should be solved, or explained why not, by %(day)s.") % {
            "day": format_last_day(due)
        }
    return compose(change, _("The problem is accepted"), told)


def _asked(change: StatusChange) -> Content:
    answer = Step(
        text=_("The terms stand still until you answer."),
        label=_("Answer"),
        url=build_problem_url(change.problem, "answer"),
    )
    return compose(
        change,
        _("You are asked about your report"),
        _("%(who)s needs to know more to help you.") % {"who": name_speaker(change)},
        steps=(answer,),
    )


def _unanswered(change: StatusChange) -> Content:
    answer = Step(
        text=_("The terms go on; your answer is still welcome."),
        label=_("Answer"),
        url=build_problem_url(change.problem, "answer"),
    )
    return compose(change, _("Your answer did not come in time"), steps=(answer,))


def _announced(change: StatusChange) -> Content:
    name = change.organisation.name if change.organisation else ""
    day = format_day(change.problem.planned_on) or str(change.details.get("planned_on", ""))
    return compose(
        change,
        _("It will be done by %(day)s") % {"day": day},
        _("It cannot be done sooner; %(organisation)s says why.") % {"organisation": name},
    )


def _merged(change: StatusChange) -> Content:
    problem = change.problem
    number = change.details.get("into", "")
    told = _("Somebody reported the same before. You are told of that problem from now on.")
    open_target = Step(
        label=_("Open the problem No. %(number)s") % {"number": number},
        url=build_site_url(f"/problems/{number}/"),
    )
    heading = _("The problem was joined with No. %(number)s") % {"number": number}
    return compose(change, heading, told, steps=(open_target, see_page(problem)))


def _reopened(change: StatusChange) -> Content:
    return compose(
        change,
        _("The problem is open again"),
        _("Its author says that it is not solved; the organisation has to take it anew."),
    )


def _archived(change: StatusChange) -> Content:
    return compose(
        change,
        _("The problem is in the archive"),
        _(
            "It cannot be opened again. If it has come back, write a new report and name the "
            "number of this one."
        ),
    )


def _withdrawn(change: StatusChange) -> Content:
    """Without the title and the moderator's words: they may be why it was taken away."""
    return Content(
        heading=_("The problem is no longer published"),
        paragraphs=(_("A moderator took it from publication. You need not do anything."),),
    )


AUTHOR: Mapping[str, Write] = {
    Action.PUBLISH: _published,
    Action.REJECT: _rejected,
    Action.RETRACT: _retracted,
    Action.RESTORE: _restored,
    Action.EDIT: _corrected,
    Action.MOVE: _corrected,
    Action.RECATEGORISE: _corrected,
    Action.HIDE_MEDIA: _corrected,
    Action.SHOW_MEDIA: _corrected,
    Action.HIDE_WORDS: _corrected,
    Action.SHOW_WORDS: _corrected,
    Action.WITHDRAW: _removed,
    Action.BRING_BACK: _corrected,
    Action.REROUTE: _passed_on,
    Action.ASSIGN: _assigned,
    Action.ACCEPT: _accepted,
    Action.ASK: _asked,
    Action.UNANSWERED: _unanswered,
    Action.FORWARD: _passed_on,
    Action.ANNOUNCE: _announced,
    Action.CLOSE: tell_author_of_closing,
    Action.MERGE: _merged,
    Action.REOPEN: _reopened,
    Action.ARCHIVE: _archived,
}
FOLLOWER: Mapping[str, Write] = {
    Action.RETRACT: _withdrawn,
    Action.MOVE: _passed_on,
    Action.RECATEGORISE: _passed_on,
    Action.REROUTE: _passed_on,
    Action.ACCEPT: _accepted,
    Action.FORWARD: _passed_on,
    Action.ANNOUNCE: _announced,
    Action.CLOSE: tell_of_closing,
    Action.MERGE: _merged,
    Action.REOPEN: _reopened,
    Action.ARCHIVE: _archived,
}
