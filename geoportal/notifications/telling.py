"""An event becomes messages: all of them and the mark that it was told, or nothing."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from geoportal.accounts.letters import name_owner
from geoportal.accounts.models import User
from geoportal.messages.channels import CHANNELS
from geoportal.messages.drafts import Addressee, Draft
from geoportal.messages.services import post_messages
from geoportal.notifications.letters import TOPIC
from geoportal.notifications.models import Event
from geoportal.notifications.notices import Notice, Subject, get_subject


@transaction.atomic
def tell(event_id: int) -> bool:
    """Whether it was told now; another process may have done it, or do it at this moment."""
    waiting = Event.objects.select_for_update(skip_locked=True).filter(told_at__isnull=True)
    event = waiting.filter(pk=event_id).first()
    if event is None:
        return False
    subject = get_subject(event.subject)
    notices = subject.list_notices(event.details)
    post_messages(draft for notice in notices for draft in _list_drafts(subject, notice))
    event.told_at = timezone.now()
    event.save(update_fields=["told_at"])
    return True


def _list_drafts(subject: Subject, notice: Notice) -> Iterator[Draft]:
    user, organisation = notice.user, notice.organisation
    owner = notice.owner or name_owner(user)
    for slug in subject.channels:
        for address in CHANNELS[slug].list_addresses(Addressee(notice.email, owner)):
            yield Draft(
                channel=slug,
                address=address,
                topic=TOPIC,
                key=f"{subject.slug}:{notice.about}",
                owner=owner,
                language=user.language if user else User.Language.UKRAINIAN,
                payload={
                    "subject": subject.slug,
                    "about": notice.about,
                    "kind": notice.kind,
                    "user": user.pk if user else None,
                    "organisation": organisation.pk if organisation else None,
                    **notice.details,
                },
            )
