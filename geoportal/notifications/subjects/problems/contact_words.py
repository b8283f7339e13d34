"""What a contact of a report is told: a question first, then only what everyone may know."""

from django.utils.translation import gettext as _

from geoportal.notifications.content import Content, Step
from geoportal.notifications.links import build_contact_url, build_site_url
from geoportal.notifications.subjects.problems.closing_words import tell_of_closing
from geoportal.notifications.subjects.problems.confidential_words import keep_to_link_for_people
from geoportal.notifications.subjects.problems.letter import Kind, Letter
from geoportal.notifications.subjects.problems.phrases import list_facts, see_page
from geoportal.notifications.subjects.problems.rules import RULES_PATH, get_rule
from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action


def write_to_contact(letter: Letter) -> Content:
    """In the active language."""
    change = letter.change
    if letter.kind == Kind.CONTACT_ASKED:
        return _ask(change.problem_id)
    content = CONTACT[Action(change.action)](change)
    if change.problem.is_confidential:
        return Content(heading=keep_to_link_for_people(change, content).heading)
    if change.problem.is_shown or change.action == Action.REJECT:
        return content
    return Content(heading=content.heading)


def _ask(number: int) -> Content:
    """Nothing that was written in the report: whoever wrote it chose this address."""
    return Content(
        heading=_("Do you want to hear what becomes of the report?"),
        paragraphs=(
            _(
                "A report to the portal of the community names this address: by telephone or "
                "through another application. Press the button, and we will write when it is "
                "published, refused or closed."
            ),
            _("If it was not you, do nothing: no more letters about it will come."),
        ),
        steps=(
            Step(
                text=_("There you can also say that we should never write to this address."),
                label=_("Follow"),
                url=build_contact_url(number),
            ),
        ),
    )


def _published(change: StatusChange) -> Content:
    return Content(
        heading=_("Your report is published"),
        facts=list_facts(change.problem),
        steps=(see_page(change.problem),),
    )


def _rejected(change: StatusChange) -> Content:
    told = (_("A moderator checked the report and left it unpublished."), get_rule(change.reason))
    rules = Step(label=_("The rules of the portal"), url=build_site_url(RULES_PATH))
    return Content(
        heading=_("Your report is not published"),
        paragraphs=tuple(each for each in told if each),
        steps=(rules,),
    )


def _merged(change: StatusChange) -> Content:
    number = change.details.get("into", "")
    target = Step(
        label=_("Open the problem No. %(number)s") % {"number": number},
        url=build_site_url(f"/problems/{number}/"),
    )
    return Content(
        heading=_("The problem was joined with No. %(number)s") % {"number": number},
        steps=(target,),
    )


CONTACT = {
    Action.PUBLISH: _published,
    Action.REJECT: _rejected,
    Action.CLOSE: tell_of_closing,
    Action.MERGE: _merged,
}
