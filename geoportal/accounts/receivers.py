"""What follows when allauth tells that something happened to a person."""

from allauth.account import signals as allauth_signals
from allauth.account.models import EmailAddress
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from geoportal.accounts.models import User
from geoportal.accounts.signals import email_confirmed


@receiver(allauth_signals.email_confirmed)
def tell_packages_above(
    sender: type, request: HttpRequest, email_address: EmailAddress, **kwargs: object
) -> None:
    user = User.objects.get(pk=email_address.user_id)
    if user.email == email_address.email:
        email_confirmed.send(sender=User, user=user)


@receiver(allauth_signals.user_logged_in)
def answer_in_the_language_of_the_person(
    sender: type, request: HttpRequest, user: User, response: HttpResponseBase, **kwargs: object
) -> None:
    """On a device where no language has been chosen yet."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
