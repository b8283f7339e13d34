"""What follows when a person leaves."""

from typing import Any

from django.dispatch import receiver

from geoportal.accounts.models import User
from geoportal.accounts.signals import account_deleted
from geoportal.notifications.services import forget_person


@receiver(account_deleted)
def forget_wishes(sender: type[User], user: User, **kwargs: Any) -> None:
    forget_person(user=user)
