"""Addresses in letters: absolute, and those that stop letters without signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound
from geoportal.problems.models import Problem

SALT = "geoportal.notifications.stop"
CONTACT_SALT = "geoportal.notifications.contact"


@dataclass(frozen=True)
class Subscription:
    """Letters to one person: about one thing of a subject, or all (`number` is `None`)."""

    user: int
    number: int | None
    subject: str = "problems"


def build_site_url(path: str) -> str:
    """An address on this portal as the outside knows it."""
    return f"{settings.SITE_URL}{path}"


def build_problem_url(problem: Problem, anchor: str = "") -> str:
    return build_site_url(f"/problems/{problem.pk}/{'#' if anchor else ''}{anchor}")


def build_stop_url(subscription: Subscription) -> str:
    """Where these letters are stopped; whoever has the address may do that, and nothing else."""
    one = [subscription.number, subscription.subject] if subscription.number else [0]
    token = signing.dumps([subscription.user, *one], salt=SALT)
    return build_site_url(f"/notifications/stop/{token}/")


def read_token(token: str) -> Subscription:
    """Raises `NotFound` for what was not made here. Older letters name no subject."""
    user, number, *subject = _load(token, SALT)
    return Subscription(int(user), int(number) or None, *map(str, subject))


def build_contact_url(number: int) -> str:
    """Where the contact of a report says whether letters come; the address has it, nobody else."""
    token = signing.dumps([number], salt=CONTACT_SALT)
    return build_site_url(f"/notifications/contact/{token}/")


def read_contact_token(token: str) -> int:
    """The number of the problem. Raises `NotFound` for what was not made here."""
    (number,) = _load(token, CONTACT_SALT)
    return int(number)


def _load(token: str, salt: str) -> list[int | str]:
    try:
        values: list[int | str] = signing.loads(token, salt=salt)
    except signing.BadSignature as error:
        raise NotFound(
            _("This link is broken. Open it from the letter once more, or sign in.")
        ) from error
    return values
