"""Letters about a problem that is not public: what happened, and a link; the rest is on the portal.

Mail is read on shared screens and in boxes of whole departments, and goes unsealed between servers.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.notifications.content import Content
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.workflow import Action

# Of what is called otherwise where nothing was ever published.
HEADINGS: Mapping[str, Promise] = {
    Action.PUBLISH: gettext_lazy("Your report is passed on to those who answer for it"),
    Action.REJECT: gettext_lazy("Your report is not passed on"),
    Action.RETRACT: gettext_lazy("Your report was taken back; nobody works on it"),
    Action.SHOW_MEDIA: gettext_lazy("A photo or video of your report is shown again"),
    Action.WITHDRAW: gettext_lazy("Your report was closed to more readers"),
    Action.BRING_BACK: gettext_lazy("Your report has its readers again"),
}


def keep_to_link(problem: Problem, content: Content) -> Content:
    """The same letter without words, names and places, where not everyone may read them."""
    if problem.is_public:
        return content
    return Content(
        heading=content.heading,
        paragraphs=(_("The report is not public, so the letter says no more than that."),),
        steps=content.steps,
    )


def keep_to_link_for_people(change: StatusChange, content: Content) -> Content:
    """For the author and the contact; what a moderator removed from public view was theirs to know.

    The verb is that of the step: it may have been made before the problem became public, or after.
    """
    problem = change.problem
    if not problem.is_confidential:
        return content
    kept = keep_to_link(problem, content)
    heading = HEADINGS.get(change.action)
    return Content(**vars(kept) | {"heading": str(heading)}) if heading else kept
