"""What the author of a report does with it after sending."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_author
from geoportal.problems.categories.promises import renew_promise
from geoportal.problems.history.steps import Step, lock_problem, record, require_step
from geoportal.problems.media.attachments import bind_attachments, remove_attachments
from geoportal.problems.models import Attachment, Problem
from geoportal.problems.services.asking import awaits_answer
from geoportal.problems.services.due_dates import end_pause, start_moderation
from geoportal.problems.services.reporting import Report, check_report
from geoportal.problems.workflow import Action, Resolution, Role


@transaction.atomic
def edit_report(
    *,
    actor: Actor,
    number: int,
    report: Report,
    removed: Collection[int] = (),
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Problem:
    """The author changes a report that is not published yet: text, place, category, photos.

    `removed`: ids of photos and videos of the report to be deleted, files and all; the limit
    counts what is left.
    Raises as `report_problem`, `NotAllowed`, `VersionMismatch`, `Conflict` once it is published.
    """
    problem = lock_problem(number, expected_version)
    user = require_author(actor, problem)
    step = Step(
        action=Action.EDIT,
        role=Role.AUTHOR,
        actor=user,
        at=at or timezone.now(),
        details=describe_before(problem) | describe_removed(removed),
    )
    require_step(problem, step)
    renew_promise(problem, report.category, check_report(report))
    problem.title, problem.description = report.title.strip(), report.description.strip()
    problem.address, problem.is_anonymous = report.address.strip()[:254], report.is_anonymous
    problem.geom = Point(report.lon, report.lat, srid=4326)
    problem.save()
    remove_attachments(problem, user, removed)
    if report.attachments:
        standing = problem.attachments.filter(purpose=Attachment.Purpose.REPORT)
        together = [*standing.values_list("pk", flat=True), *report.attachments]
        bind_attachments(problem, user, together, report.client_request_id)
    record(problem, step)
    return problem


def describe_before(problem: Problem) -> dict[str, object]:
    """What an edit replaces, kept in the history for moderators."""
    return {
        "title": problem.title,
        "description": problem.description,
        "category": problem.category.code,
        "lon": problem.geom.x,
        "lat": problem.geom.y,
        "address": problem.address,
        "answers": problem.answers,
    }


def describe_removed(removed: Collection[int]) -> dict[str, object]:
    """Which photos went with an edit; nothing where none did."""
    ids = sorted(set(removed))
    return {"removed_attachments": ids, "removed_count": len(ids)} if ids else {}


@transaction.atomic
def resubmit_report(
    *, actor: Actor, number: int, words: str = "", at: datetime | None = None
) -> Problem:
    """A report that was not published goes to the moderators again, usually after an edit."""
    problem = lock_problem(number)
    at = at or timezone.now()
    user = require_author(actor, problem)
    step = Step(action=Action.RESUBMIT, role=Role.AUTHOR, actor=user, words=words, at=at)
    require_step(problem, step)
    if problem.published_at or problem.merged_into_id:
        raise Conflict(_("This report cannot be sent again; write a new one."))
    start_moderation(problem, at)
    problem.save()
    record(problem, step)
    return problem


@transaction.atomic
def answer_question(
    *,
    actor: Actor,
    number: int,
    words: str,
    attachments: Sequence[int] = (),
    draft_id: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Problem:
    """The author answers what was asked; the clock goes on from where it stood.

    When it goes on already because the answer did not come, a late one is still taken.
    """
    problem = lock_problem(number)
    at = at or timezone.now()
    user = require_author(actor, problem)
    step = Step(action=Action.ANSWER, role=Role.AUTHOR, actor=user, words=words, at=at)
    require_step(problem, step)
    if not awaits_answer(problem):
        raise Conflict(_("Nobody is waiting for an answer."))
    end_pause(problem, at)
    problem.save()
    change = record(problem, step)
    bind_attachments(
        problem, user, attachments, draft_id, purpose=Attachment.Purpose.ANSWER, change=change
    )
    return problem


@transaction.atomic
def rate_result(
    *,
    actor: Actor,
    number: int,
    rating: int | None,
    words: str = "",
    is_confirmed: bool = True,
    at: datetime | None = None,
) -> Problem:
    """The author confirms the result, or says that it is not so, and rates it from 1 to 5.

    May be said again until the archive; the last word stands.
    """
    problem = lock_problem(number)
    at = at or timezone.now()
    user = require_author(actor, problem)
    step = Step(
        action=Action.RATE,
        role=Role.AUTHOR,
        actor=user,
        words=words,
        at=at,
        details={"rating": rating, "is_confirmed": is_confirmed},
    )
    require_step(problem, step)
    if problem.resolution == Resolution.DUPLICATE:
        raise Conflict(_("This problem was joined with another one; follow that one."))
    if problem.archive_at is None or at >= problem.archive_at:
        raise Conflict(_("The term for rating is over."), state=problem.state)
    if rating is not None and rating not in range(1, 6):
        raise InvalidInput(_("A rating is from 1 to 5."), errors={"rating": _("From 1 to 5.")})
    problem.rating, problem.rating_words = rating, words.strip()
    problem.is_confirmed = is_confirmed
    problem.save(update_fields=["rating", "rating_words", "is_confirmed"])
    record(problem, step)
    return problem
