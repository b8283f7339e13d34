"""A notice as a message: plain and HTML, in the reader's language, asked for when it goes."""

from django.template.loader import render_to_string
from django.utils import translation

from geoportal.accounts.models import Organisation
from geoportal.messages.drafts import Content as MessageContent
from geoportal.messages.models import Message
from geoportal.notifications.links import build_site_url
from geoportal.notifications.notices import Notice, Written, get_subject
from geoportal.notifications.selectors import list_reachable

TOPIC = "notifications"
LONGEST_SUBJECT = 160
OWN = frozenset({"subject", "about", "kind", "user", "organisation"})


def write_message(message: Message) -> MessageContent | None:
    """As it stands now; `None` when this reader should not be told any more."""
    notice = read_notice(message)
    if notice is None:
        return None
    user = notice.user
    with translation.override(user.language if user is not None else message.language):
        written = get_subject(message.payload["subject"]).write(notice)
        return render(written, translation.get_language()) if written is not None else None


def read_notice(message: Message) -> Notice | None:
    """Back from the outbox; `None` when the person has left or wants nothing by now."""
    payload = message.payload
    user = organisation = None
    if payload["user"] is not None:
        user = list_reachable().filter(pk=payload["user"]).first()
        if user is None:
            return None
    if payload["organisation"] is not None:
        organisation = Organisation.objects.filter(pk=payload["organisation"]).first()
        if organisation is None:
            return None
    return Notice(
        email=message.address,
        kind=payload["kind"],
        about=payload["about"],
        user=user,
        organisation=organisation,
        owner=message.owner,
        details={name: value for name, value in payload.items() if name not in OWN},
    )


def render(written: Written, language: str) -> MessageContent:
    subject = " ".join(written.subject.split())[:LONGEST_SUBJECT]
    context = {
        "content": written.content,
        "reason": written.reason,
        "stops": written.stops,
        "subject": subject,
        "language": language,
        "site_url": build_site_url("/"),
    }
    headers = {}
    if written.stops:  # RFC 2369, RFC 8058
        headers = {
            "List-Unsubscribe": f"<{written.stops[0][1]}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return MessageContent(
        subject=subject,
        text=render_to_string("letters/letter.txt", context),
        html=render_to_string("letters/letter.html", context),
        headers=headers,
    )
