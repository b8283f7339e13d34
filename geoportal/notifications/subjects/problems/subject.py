"""Changes of problems as a subject of notices."""

from collections.abc import Iterable, Iterator
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.messages.drafts import Payload
from geoportal.notifications.content import Content
from geoportal.notifications.links import Subscription, build_contact_url, build_stop_url
from geoportal.notifications.notices import Following, Notice, Written
from geoportal.notifications.subjects.problems import receivers  # noqa: F401  listens to problems
from geoportal.notifications.subjects.problems.audience import (
    Reader,
    list_readers,
    read_for_organisation,
)
from geoportal.notifications.subjects.problems.contact_words import write_to_contact
from geoportal.notifications.subjects.problems.contacts import name_contact, note_contact
from geoportal.notifications.subjects.problems.due import is_due
from geoportal.notifications.subjects.problems.following import ProblemFollowing
from geoportal.notifications.subjects.problems.letter import Kind, Letter
from geoportal.notifications.subjects.problems.people_words import (
    write_to_author,
    write_to_follower,
)
from geoportal.notifications.subjects.problems.staff_words import write_to_staff
from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action

TO_CONTACT = (Kind.CONTACT, Kind.CONTACT_ASKED)
ABOUT_ONE = (Kind.AUTHOR, Kind.FOLLOWER)


class ProblemSubject:
    slug = "problems"
    channels: tuple[str, ...] = ("mail",)
    following: Following | None = ProblemFollowing()

    def list_notices(self, details: Payload) -> Iterable[Notice]:
        """Of one `change`, or of all those of `rerouted`."""
        if "rerouted" in details:
            return _list_rerouted(cast("list[int]", details["rerouted"]))
        return _list_of_change(get_changes().get(pk=cast("int", details["change"])))

    def write(self, notice: Notice) -> Written | None:
        letter = read_letter(notice)
        if not is_due(letter):
            return None
        content = _write(letter)
        reason, stops = _build_foot(letter)
        subject = content.heading
        if not letter.moved:  # with the number, so that letters about a problem stand together
            subject = _("No. %(number)s: %(what)s") % {
                "number": letter.change.problem_id,
                "what": content.heading,
            }
        return Written(subject=subject, content=content, reason=reason, stops=stops)


def get_changes() -> QuerySet[StatusChange]:
    return StatusChange.objects.select_related(
        "problem__category", "problem__organisation", "problem__reporter", "organisation"
    )


def read_letter(notice: Notice) -> Letter:
    return Letter(
        change=get_changes().get(pk=cast("int", notice.details["change"])),
        recipient=notice.email,
        kind=Kind(notice.kind),
        user=notice.user,
        organisation=notice.organisation,
        moved=cast("list[int]", notice.details["moved"]),
    )


def _list_of_change(change: StatusChange) -> Iterator[Notice]:
    if change.action == Action.REPORT:
        note_contact(change.problem)
    for reader in list_readers(change):
        yield _build_notice(change, reader)


def _list_rerouted(change_ids: list[int]) -> Iterator[Notice]:
    """Authors and followers of each moved problem; each organisation gets one letter of all."""
    told: dict[tuple[int, Kind], list[StatusChange]] = {}
    for change in get_changes().filter(pk__in=change_ids).order_by("pk").iterator(500):
        yield from (_build_notice(change, reader) for reader in list_readers(change))
        for name, kind in (("added", Kind.GIVEN), ("ended", Kind.TAKEN)):
            for organisation_id in change.details.get(name, ()):
                told.setdefault((organisation_id, kind), []).append(change)
    for (organisation_id, kind), changes in told.items():
        organisation = Organisation.objects.get(pk=organisation_id)
        numbers = [each.problem_id for each in changes]
        for reader in read_for_organisation(organisation, kind):
            yield _build_notice(changes[0], reader, numbers)


def _build_notice(change: StatusChange, reader: Reader, moved: Iterable[int] = ()) -> Notice:
    return Notice(
        email=reader.email,
        kind=reader.kind,
        about=str(change.pk),
        user=reader.user,
        organisation=reader.organisation,
        owner=name_contact(change.problem_id) if reader.kind in TO_CONTACT else "",
        details={"change": change.pk, "moved": list(moved)},
    )


def _write(letter: Letter) -> Content:
    match letter.kind:
        case Kind.AUTHOR:
            return write_to_author(letter.change)
        case Kind.FOLLOWER:
            return write_to_follower(letter.change)
        case Kind.CONTACT | Kind.CONTACT_ASKED:
            return write_to_contact(letter)
    return write_to_staff(letter)


def _build_foot(letter: Letter) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Why the reader gets the letter, and how it is stopped: words and addresses."""
    reasons = {
        Kind.AUTHOR: _("You get this letter because you reported this problem."),
        Kind.FOLLOWER: _("You get this letter because you follow this problem."),
        Kind.LATE_MODERATION: _("You get this letter because you look after reports."),
    }
    stop_one = _("Stop letters about this problem")
    if letter.kind in TO_CONTACT:
        url = build_contact_url(letter.change.problem_id)
        return _("This address was given with the report."), ((stop_one, url),)
    if letter.user is None:
        return _("This address is named for the organisation on the portal."), ()
    reason = reasons.get(
        letter.kind, _("You get this letter because you answer for the organisation.")
    )
    every = build_stop_url(Subscription(letter.user.pk, None))
    stop_all = (_("Stop all letters about problems"), every)
    if letter.kind not in ABOUT_ONE:
        return reason, (stop_all,)
    # Who followed a problem that was joined with another one follows that one now.
    number = letter.change.details.get("into") or letter.change.problem_id
    one = build_stop_url(Subscription(letter.user.pk, int(number)))
    return reason, ((stop_one, one), stop_all)
