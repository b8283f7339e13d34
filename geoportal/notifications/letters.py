"""A letter about a change of a problem, as a message: plain and HTML, in the reader's language."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.notifications.content import Content
from geoportal.notifications.links import (
    Subscription,
    build_contact_url,
    build_site_url,
    build_stop_url,
)
from geoportal.notifications.models import Letter
from geoportal.notifications.subjects.problems.contact_words import write_to_contact
from geoportal.notifications.subjects.problems.contacts import KINDS as CONTACT_KINDS
from geoportal.notifications.subjects.problems.due import is_due
from geoportal.notifications.subjects.problems.people_words import (
    write_to_author,
    write_to_follower,
)
from geoportal.notifications.subjects.problems.staff_words import write_to_staff

ABOUT_ONE = (Letter.Kind.AUTHOR, Letter.Kind.FOLLOWER)
LONGEST_SUBJECT = 160


@dataclass(frozen=True)
class Footer:
    """Why the reader gets the letter, and how it is stopped."""

    reason: str
    stop_one: str = ""
    stop_all: str = ""


def build_message(letter: Letter) -> EmailMultiAlternatives | None:
    """The letter as it is sent; `None` when this reader should not be told any more."""
    if not is_due(letter):
        return None
    user = letter.user
    language = user.language if user is not None else User.Language.UKRAINIAN
    with translation.override(language):
        content = _write(letter)
        footer = _build_footer(letter)
        subject = _build_subject(letter, content)
        context = {
            "content": content,
            "footer": footer,
            "subject": subject,
            "language": language,
            "site_url": build_site_url("/"),
        }
        text = render_to_string("letters/letter.txt", context)
        html = render_to_string("letters/letter.html", context)
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [letter.recipient])
    message.attach_alternative(html, "text/html")
    message.extra_headers |= {"Auto-Submitted": "auto-generated"}
    if stop := footer.stop_one or footer.stop_all:  # RFC 2369, RFC 8058
        message.extra_headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return message


def _write(letter: Letter) -> Content:
    match letter.kind:
        case Letter.Kind.AUTHOR:
            return write_to_author(letter.change)
        case Letter.Kind.FOLLOWER:
            return write_to_follower(letter.change)
        case Letter.Kind.CONTACT | Letter.Kind.CONTACT_ASKED:
            return write_to_contact(letter)
    return write_to_staff(letter)


def _build_subject(letter: Letter, content: Content) -> str:
    """With the number of the problem, so that letters about it stand together."""
    subject = content.heading
    if not letter.moved:
        subject = _("No. %(number)s: %(what)s") % {
            "number": letter.change.problem_id,
            "what": content.heading,
        }
    return " ".join(subject.split())[:LONGEST_SUBJECT]


def _build_footer(letter: Letter) -> Footer:
    reasons = {
        Letter.Kind.AUTHOR: _("You get this letter because you reported this problem."),
        Letter.Kind.FOLLOWER: _("You get this letter because you follow this problem."),
        Letter.Kind.LATE_MODERATION: _("You get this letter because you look after reports."),
    }
    reason = reasons.get(
        Letter.Kind(letter.kind), _("You get this letter because you answer for the organisation.")
    )
    if letter.kind in CONTACT_KINDS:
        url = build_contact_url(letter.change.problem_id)
        return Footer(_("This address was given with the report."), stop_one=url)
    if letter.user is None:
        return Footer(_("This address is named for the organisation on the portal."))
    stop_all = build_stop_url(Subscription(letter.user.pk, None))
    if letter.kind not in ABOUT_ONE:
        return Footer(reason, stop_all=stop_all)
    # Who followed a problem that was joined with another one follows that one now.
    number = letter.change.details.get("into") or letter.change.problem_id
    one = build_stop_url(Subscription(letter.user.pk, int(number)))
    return Footer(reason, stop_one=one, stop_all=stop_all)
