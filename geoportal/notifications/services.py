"""Writing down who gets letters."""

from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import NotFound
from geoportal.notifications.links import Subscription
from geoportal.notifications.models import Preference
from geoportal.notifications.selectors import get_following


def set_wish(subscription: Subscription, *, wants_mail: bool) -> None:
    """Stop letters about one thing, or all, or let them come again.

    Raises `NotFound` for who has left.
    """
    user = User.objects.filter(pk=subscription.user, deleted_at__isnull=True).first()
    if user is None:
        raise NotFound(_("The account of this letter is deleted; no letters will come."))
    if subscription.number is None:
        set_preference(user=user, wants_mail=wants_mail)
        return
    following = get_following(subscription)
    following.set_wish(user.pk, subscription.number, wants_mail=wants_mail)


def set_preference(*, user: User, wants_mail: bool) -> None:
    """Whether the person wants letters about problems at all."""
    Preference.objects.update_or_create(user=user, defaults={"wants_mail": wants_mail})


def forget_person(*, user: User) -> None:
    """Somebody leaves; what was posted to the person goes with the account."""
    Preference.objects.filter(user=user).delete()
