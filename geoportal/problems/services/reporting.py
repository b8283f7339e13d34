"""A report comes in: checked, kept once, and put before the moderators."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import is_confirmed
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.answers import check_answers
from geoportal.problems.categories.deadlines import moderation_due
from geoportal.problems.categories.promises import list_private
from geoportal.problems.categories.terms import get_calendar, get_terms, is_public
from geoportal.problems.history.steps import Step, record
from geoportal.problems.media.attachments import bind_attachments, delete_with_files
from geoportal.problems.models import Attachment, Category, Follower, Problem, StatusChange
from geoportal.problems.routing.deciding import require_inside
from geoportal.problems.services.due_dates import end_pause, start_moderation
from geoportal.problems.signals import contacts_forgotten
from geoportal.problems.workflow import UNPUBLISHED, Action, Role, State

LONGEST_TITLE = 120
SHORTEST_TITLE = 5
LONGEST_DESCRIPTION = 4000


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A caller on whose behalf staff writes the report down; never public."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a reporter says; `lon`, `lat` in degrees, `answers` by the code of the question.

    `attachments`: ids of uploads that belong to the draft `client_request_id`.
    """

    category: Category
    lon: float
    lat: float
    title: str
    description: str
    address: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    is_anonymous: bool = True
    attachments: Sequence[int] = ()
    client_request_id: uuid.UUID | None = None


@transaction.atomic
def report_problem(
    *,
    actor: User,
    report: Report,
    contact: Contact | None = None,
    source: str = Problem.Source.WEB,
    at: datetime | None = None,
) -> Problem:
    """The new problem, on moderation, or waiting until its author has confirmed the e-mail.

    The same `client_request_id` again gives the problem that it made before. With `contact` staff
    writes on behalf of a caller; through Open311 it is who stands behind the report of a key's
    owner, and the report need not wait for a confirmation. Raises `InvalidInput` with `errors` by
    field, `OutsideCommunity`, and `Conflict` for somebody else's request id.
    """
    if report.client_request_id and (made := _find_made(report.client_request_id, actor)):
        return made
    if contact is not None and source != Problem.Source.OPEN311:
        require_moderator(actor)
        source = Problem.Source.CALL
    at = at or timezone.now()
    answers = check_report(report)
    confirmed = contact is not None or is_confirmed(actor)
    terms = get_terms(report.category)
    calendar = get_calendar()
    contact = contact or Contact()
    problem, is_new = Problem.objects.get_or_create(
        client_request_id=report.client_request_id or uuid.uuid4(),
        defaults={
            "category": report.category,
            "title": report.title.strip(),
            "description": report.description.strip(),
            "answers": answers,
            "geom": Point(report.lon, report.lat, srid=4326),
            "address": report.address.strip()[:254],
            "language": (get_language() or "uk")[:2],
            "reporter": None if source == Problem.Source.CALL else actor,
            "is_anonymous": report.is_anonymous or source == Problem.Source.CALL,
            "is_public": is_public(report.category),
            "private_promised": not is_public(report.category),
            "private_answers": list_private(report.category, answers),
            "source": source,
            "contact_name": contact.name,
            "contact_phone": contact.phone,
            "contact_email": contact.email,
            "written_by": actor if source == Problem.Source.CALL else None,
            "state": State.MODERATION if confirmed else State.UNCONFIRMED,
            "state_since": at,
            "created_at": at,
            "due_at": moderation_due(calendar, at, terms) if confirmed else None,
            "calendar_version": calendar.version,
        },
    )
    if not is_new:  # another request with the same id was faster
        return _require_own(problem, actor)
    bind_attachments(problem, actor, report.attachments, report.client_request_id)
    role = Role.MODERATOR if source == Problem.Source.CALL else Role.AUTHOR
    record(problem, Step(action=Action.REPORT, role=role, actor=actor, at=at))
    if problem.reporter is not None:
        Follower.objects.create(problem=problem, user=actor, created_at=at)
    return problem


def check_report(report: Report) -> dict[str, object]:
    """The answers as they are kept; raises `InvalidInput` with `errors` by field."""
    errors: dict[str, object] = {}
    title, description = report.title.strip(), report.description.strip()
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        errors["title"] = _("From %(min)s to %(max)s letters.") % {
            "min": SHORTEST_TITLE,
            "max": LONGEST_TITLE,
        }
    if not description:
        errors["description"] = _("Describe what is wrong.")
    elif len(description) > LONGEST_DESCRIPTION:
        errors["description"] = _("At most %(max)s letters.") % {"max": LONGEST_DESCRIPTION}
    if report.category.children.exists() or not report.category.is_active:
        errors["category"] = _("Choose a category from the list.")
    answers, refused = check_answers(report.category, report.answers)
    if refused:
        errors["answers"] = refused
    if not (-180 <= report.lon <= 180 and -90 <= report.lat <= 90):
        errors["place"] = _("Show the place on the map.")
    if errors:
        raise InvalidInput(_("Something is missing or wrong; nothing was lost."), errors=errors)
    require_inside(report.lon, report.lat)
    return answers


def _find_made(client_request_id: uuid.UUID, actor: User) -> Problem | None:
    problem = Problem.objects.filter(client_request_id=client_request_id).first()
    return _require_own(problem, actor) if problem else None


def _require_own(problem: Problem, actor: User) -> Problem:
    if actor.pk not in (problem.reporter_id, problem.written_by_id):
        raise Conflict(_("This request belongs to another report."))
    return problem


@transaction.atomic
def confirm_reports(*, user: User, at: datetime | None = None) -> int:
    """The person's e-mail is confirmed: reports that waited for it go to the moderators."""
    at = at or timezone.now()
    waiting = Problem.objects.select_for_update(of=("self",)).select_related("category__parent")
    count = 0
    for problem in waiting.filter(reporter=user, state=State.UNCONFIRMED).order_by("pk"):
        start_moderation(problem, at)
        problem.save()
        record(problem, Step(action=Action.CONFIRM_EMAIL, role=Role.SYSTEM, actor=user, at=at))
        count += 1
    return count


@transaction.atomic
def forget_person(*, user: User) -> None:
    """Somebody leaves: reports stay without an author and contacts, voices without letters.

    Nobody will answer what was asked, so the clocks that waited go on. What was never published
    goes with the person.
    """
    asked = Problem.objects.select_for_update().filter(reporter=user, asked_at__isnull=False)
    for problem in asked.order_by("pk"):
        end_pause(problem, timezone.now())
        problem.save()
    _withdraw_unpublished(user)
    erase_contacts(Problem.objects.filter(reporter=user))
    Problem.objects.filter(reporter=user).update(reporter=None, is_anonymous=True)
    Attachment.objects.filter(owner=user).update(original_name="")
    Follower.objects.filter(user=user).update(wants_mail=False)


def erase_contacts(problems: QuerySet[Problem]) -> None:
    """Names, phones and e-mails of who stands behind reports; listeners let go of theirs too."""
    numbers = list(problems.values_list("pk", flat=True))
    Problem.objects.filter(pk__in=numbers).update(
        contact_name="", contact_phone="", contact_email=""
    )
    contacts_forgotten.send(sender=Problem, numbers=numbers)


def _withdraw_unpublished(user: User) -> None:
    """Words, photos and videos go, earlier texts in the history too, and uploads without a report.

    Reports that came by Open311 are of others than the owner of the key.
    """
    published = StatusChange.objects.filter(problem=OuterRef("pk"), action=Action.PUBLISH)
    own = Problem.objects.filter(~Exists(published), reporter=user, state__in=UNPUBLISHED)
    numbers = list(own.exclude(source=Problem.Source.OPEN311).values_list("pk", flat=True))
    delete_with_files(Attachment.objects.filter(problem__in=numbers))
    delete_with_files(Attachment.objects.filter(owner=user, problem__isnull=True))
    history = StatusChange.objects.filter(problem__in=numbers)
    history.filter(action=Action.MERGE).update(words="")  # its details are numbers only
    history.exclude(action=Action.MERGE).update(words="", details={})
    nothing = _("Withdrawn with the account")
    Problem.objects.filter(pk__in=numbers).update(
        title=nothing, description=nothing, answers={}, address="", due_at=None
    )
