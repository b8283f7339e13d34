"""Reading who gets letters."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import NotFound
from geoportal.notifications.links import Subscription
from geoportal.notifications.models import Preference
from geoportal.notifications.notices import Following, find_following


def wants_mail(user: User) -> bool:
    """About problems at all."""
    return not Preference.objects.filter(user=user, wants_mail=False).exists()


def is_wanted(subscription: Subscription) -> bool:
    """Letters of this kind come; those about one thing may be stopped with all others too."""
    if subscription.number is None:
        return not Preference.objects.filter(user=subscription.user, wants_mail=False).exists()
    return get_following(subscription).is_wanted(subscription.user, subscription.number)


def get_following(subscription: Subscription) -> Following:
    """Raises `NotFound` where there is no such subject any more."""
    following = find_following(subscription.subject)
    if following is None:
        raise NotFound(_("There is nothing to stop any more; no such letters come."))
    return following


def list_reachable() -> QuerySet[User]:
    """People with a confirmed e-mail who did not ask to be left alone."""
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("pk"), email=OuterRef("email"), verified=True
    )
    return User.objects.filter(Exists(confirmed), is_active=True).exclude(
        mail_preference__wants_mail=False
    )
