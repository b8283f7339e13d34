"""Reading who gets letters."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from geoportal.accounts.models import User
from geoportal.notifications.links import Subscription
from geoportal.notifications.models import Preference
from geoportal.problems.models import Follower


def wants_mail(user: User) -> bool:
    """About problems at all."""
    return not Preference.objects.filter(user=user, wants_mail=False).exists()


def is_wanted(subscription: Subscription) -> bool:
    """Letters of this kind come; those about one problem may be stopped with all others too."""
    if subscription.number is None:
        return not Preference.objects.filter(user=subscription.user, wants_mail=False).exists()
    followed = Follower.objects.filter(user=subscription.user, problem=subscription.number)
    return followed.filter(wants_mail=True).exists()


def list_reachable() -> QuerySet[User]:
    """People with a confirmed e-mail who did not ask to be left alone."""
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("pk"), email=OuterRef("email"), verified=True
    )
    return User.objects.filter(Exists(confirmed), is_active=True).exclude(
        mail_preference__wants_mail=False
    )
