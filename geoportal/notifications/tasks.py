"""Jobs: whom a change concerns, and each letter by itself."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from geoportal.accounts.models import Organisation
from geoportal.notifications.letters import build_message
from geoportal.notifications.models import Letter
from geoportal.notifications.subjects.problems.audience import (
    Reader,
    list_readers,
    read_for_organisation,
)
from geoportal.notifications.subjects.problems.contacts import note_contact
from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action

log = logging.getLogger(__name__)
# After a minute, five, half an hour, two hours, six, a day.
PAUSES_S = (60, 300, 1800, 7200, 21_600, 86_400)


@task()
def tell_change(change_id: int) -> None:
    """Everybody whom one change concerns."""
    change = get_changes().get(pk=change_id)
    if change.action == Action.REPORT:
        note_contact(change.problem)
    post_letters(change, list_readers(change))


@task()
def tell_rerouted(change_ids: list[int]) -> None:
    """Authors and followers of each moved problem; each organisation gets one letter of all."""
    told: dict[tuple[int, Letter.Kind], list[StatusChange]] = {}
    for change in get_changes().filter(pk__in=change_ids).order_by("pk").iterator(500):
        post_letters(change, list_readers(change))
        for name, kind in (("added", Letter.Kind.GIVEN), ("ended", Letter.Kind.TAKEN)):
            for organisation_id in change.details.get(name, ()):
                told.setdefault((organisation_id, kind), []).append(change)
    for (organisation_id, kind), changes in told.items():
        organisation = Organisation.objects.get(pk=organisation_id)
        numbers = [each.problem_id for each in changes]
        post_letters(changes[0], read_for_organisation(organisation, kind), numbers)


def get_changes() -> QuerySet[StatusChange]:
    return StatusChange.objects.select_related(
        "problem__category", "problem__organisation", "problem__reporter", "organisation"
    )


def post_letters(
    change: StatusChange, readers: Iterable[Reader], moved: Sequence[int] = ()
) -> None:
    """A letter and its job for each address that does not have one about this change yet."""
    for reader in readers:
        letter, is_new = Letter.objects.get_or_create(
            change=change,
            recipient=reader.email.lower(),
            defaults={
                "kind": reader.kind,
                "user": reader.user,
                "organisation": reader.organisation,
                "moved": list(moved),
            },
        )
        if is_new:
            send_letter.enqueue(letter.pk)


@task()
def send_letter(letter_id: int, attempt: int = 0) -> None:
    """Send it once. When the server does not take it now, another job tries later."""
    free = Letter.objects.filter(pk=letter_id, taken_at__isnull=True)
    if not free.update(taken_at=timezone.now()):
        return
    letter = Letter.objects.select_related(
        "change__problem__category", "change__problem__organisation", "change__problem__reporter",
        "change__organisation", "user", "organisation",
    ).get(pk=letter_id)  # fmt: skip
    message = build_message(letter)
    if message is None:  # by now there is nothing that this reader should be told
        return
    try:
        message.send()
    except SMTPRecipientsRefused:
        log.warning("letter %s about a problem: the address is refused", letter_id)
    except (SMTPException, OSError) as error:
        try_again(letter, attempt, error)
    else:
        letter.sent_at = timezone.now()
        letter.save(update_fields=["sent_at"])


def try_again(letter: Letter, attempt: int, error: Exception) -> None:
    if attempt >= len(PAUSES_S):
        log.error("letter %s about a problem: given up after %s attempts", letter.pk, attempt + 1)
        return
    name = type(error).__name__
    log.warning("letter %s about a problem: %s; once more later", letter.pk, name)
    letter.taken_at = None
    letter.save(update_fields=["taken_at"])
    later = timezone.now() + timedelta(seconds=PAUSES_S[attempt])
    send_letter.using(run_after=later).enqueue(letter.pk, attempt + 1)
