"""Who stands behind a report by telephone or of another system: asked once, told after a yes.

Nobody has proved the address, so the one letter that asks repeats nothing of the report.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound
from geoportal.messages.services import forget_owners
from geoportal.notifications.models import Contact
from geoportal.problems.models import Problem

SALT = "geoportal.notifications.address"
# An address that leaves so many letters unanswered is not asked any more.
MOST_UNANSWERED = 3


def hash_address(email: str) -> str:
    """The same for the same address; not the address."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()


def name_contact(number: int) -> str:
    """Whose messages they are, as the outbox knows it."""
    return f"problem-contact:{number}"


@transaction.atomic
def note_contact(problem: Problem) -> None:
    """A report came in: its contact is to be asked, unless that is the author or wants nothing."""
    author = problem.reporter.email if problem.reporter else ""
    if problem.contact_email.lower() in ("", author):
        return
    address = hash_address(problem.contact_email)
    known = Contact.objects.filter(address_hash=address).exclude(problem=problem)
    unanswered = known.filter(wants_mail__isnull=True).count()
    if unanswered < MOST_UNANSWERED and not known.filter(wants_mail=False).exists():
        Contact.objects.get_or_create(problem=problem, defaults={"address_hash": address})


def find_contact(problem: Problem) -> Contact | None:
    """Whose address still stands with the problem."""
    address = hash_address(problem.contact_email)
    return Contact.objects.filter(problem=problem, address_hash=address).first()


def get_contact(number: int) -> Contact:
    """Raises `NotFound` when the contact was let go of."""
    contact = Contact.objects.filter(problem=number).first()
    if contact is None:
        raise NotFound(_("The address is not kept any more; no letters will come."))
    return contact


@transaction.atomic
def set_contact_wish(contact: Contact, *, wants_mail: bool) -> None:
    """Yes is said of one problem; no of everything that is ever sent to the address."""
    if wants_mail:
        Contact.objects.filter(pk=contact.pk).update(wants_mail=True)
    else:
        Contact.objects.filter(address_hash=contact.address_hash).update(wants_mail=False)


def forget_contacts(numbers: Sequence[int]) -> None:
    """Addresses of these problems were erased; that somebody wants nothing is still known."""
    forget_owners([name_contact(each) for each in numbers])
    Contact.objects.filter(problem__in=numbers).exclude(wants_mail=False).delete()
