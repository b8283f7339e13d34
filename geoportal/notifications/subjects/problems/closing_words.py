"""What people are told when a problem is closed, and what its author can do until when."""

from django.utils.translation import gettext as _

from geoportal.notifications.content import Content, Picture, Step
from geoportal.notifications.links import build_problem_url, build_site_url
from geoportal.notifications.subjects.problems.phrases import compose
from geoportal.problems.categories.dates import format_last_day
from geoportal.problems.models import Attachment, StatusChange
from geoportal.problems.workflow import Resolution, State


def tell_author_of_closing(change: StatusChange) -> Content:
    problem = change.problem
    steps: tuple[Step, ...] = ()
    if problem.state == State.CLOSED and problem.archive_at is not None:
        steps = (
            Step(
                text=_("Until %(day)s you can confirm the result and rate the work.")
                % {"day": format_last_day(problem.archive_at)},
                label=_("Confirm and rate"),
                url=build_problem_url(problem, "rate"),
            ),
            Step(
                text=_(
                    "If it is not so, open the problem again by the same day and tell what is "
                    "still wrong; a photo helps."
                ),
                label=_("Open again"),
                url=build_problem_url(problem, "reopen"),
            ),
        )
    return compose(change, _closing(change), steps=steps, picture=_find_picture(change))


def tell_of_closing(change: StatusChange) -> Content:
    return compose(change, _closing(change), picture=_find_picture(change))


def _closing(change: StatusChange) -> str:
    if change.reason == Resolution.SOLVED:
        return _("The problem is solved")
    return _("The problem is closed: it cannot be solved")


def _find_picture(change: StatusChange) -> Picture | None:
    """The first photo «after» that everyone may see."""
    problem = change.problem
    photo = change.attachments.filter(
        is_hidden=False, processing=Attachment.Processing.READY, kind=Attachment.Kind.PHOTO
    ).first()
    if photo is None or not problem.is_shown:
        return None
    path = f"/problems/{problem.pk}/media/{photo.pk}/thumbnail"
    return Picture(build_site_url(path), build_problem_url(problem), _("After the work"))
