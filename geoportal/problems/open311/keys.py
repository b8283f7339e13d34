"""Keys by which other systems send reports: told once when they are made, kept as a hash."""

import hashlib
import secrets

from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import NotAllowed, TooManyRequests
from geoportal.problems.models import ApiKey
from geoportal.problems.open311.parameters import read_text

LONGEST_KEY = 200


def hash_key(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(*, name: str, owner: User) -> tuple[ApiKey, str]:
    """A new key of a client and its secret, which cannot be read again; earlier ones end."""
    revoke_keys(name=name)
    secret = secrets.token_urlsafe(32)
    return ApiKey.objects.create(name=name, owner=owner, digest=hash_key(secret)), secret


def revoke_keys(*, name: str) -> int:
    """How many keys of the client are no longer in force."""
    return ApiKey.objects.filter(name=name, is_active=True).update(is_active=False)


def find_key(request: HttpRequest) -> ApiKey | None:
    """The key in the form or in the query; `None` when none was sent, `NotAllowed` for a bad one.

    Its use is noted.
    """
    form = request.POST if request.method == "POST" else request.GET
    secret = read_text(form, "api_key") or read_text(request.GET, "api_key")
    if not secret:
        return None
    keys = ApiKey.objects.select_related("owner").filter(is_active=True, owner__is_active=True)
    key = keys.filter(digest=hash_key(secret)).first() if len(secret) <= LONGEST_KEY else None
    if key is None:
        raise NotAllowed(_("This api_key is not known, or is no longer in force."))
    key.last_used_at = timezone.now()
    key.save(update_fields=["last_used_at"])
    return key


def require_key(request: HttpRequest) -> ApiKey:
    """Raises `NotAllowed` without a good key, `TooManyRequests` for one that writes too often."""
    key = find_key(request)
    if key is None:
        raise NotAllowed(_("Reports are taken with an api_key only."))
    if not ratelimit.consume(request, action="open311", key=f"open311:{key.pk}"):
        raise TooManyRequests(_("Too many reports in a short time with this api_key. Wait."))
    return key
