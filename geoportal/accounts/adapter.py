"""How allauth behaves here: what it answers, how it counts, and by whom letters go."""

from copy import copy
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.letters import post_template
from geoportal.accounts.models import User
from geoportal.accounts.names import is_name, tidy_name
from geoportal.accounts.selectors import find_user

CONFIRMATION_STAGE = "allauth.account.stages.EmailVerificationStage"
OUR_STAGE = "geoportal.accounts.stages.ConfirmationStage"


class AccountAdapter(DefaultAccountAdapter):
    """Registration, signing in and letters."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask the administrator of the portal."),
        "email_password_mismatch": _(
            "The e-mail and the password do not match. Check both and try again."
        ),
        "too_many_login_attempts": _(
            "Too many attempts with a wrong password. Wait five minutes or reset the password."
        ),
        "duplicate_email": _("This is your e-mail already."),
        "email_taken": _("This e-mail cannot be used here. Take another one."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code does not fit. Take a fresh one and enter it once more."),
        "rate_limited": _("Too many requests in a short time. Wait a minute and try again."),
    }

    def new_user(self, request: HttpRequest) -> User:
        """Letters come in the language that the page was read in."""
        return User(language=translation.get_language() or User.Language.UKRAINIAN)

    def get_login_stages(self) -> list[str]:
        return [
            OUR_STAGE if stage == CONFIRMATION_STAGE else stage
            for stage in super().get_login_stages()
        ]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("web:profile")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """What follows from the confirmation is written together with it, or not at all."""
        with transaction.atomic():
            return bool(super().confirm_email(request, email_address))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts attempts by every method: HTTP Basic sends a password with GET too.

        allauth passes over GET, so it is shown the attempt as if it were sent by POST.
        """
        attempt = copy(request)
        attempt.method = "POST"
        super().pre_authenticate(attempt, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By the job queue, in the language of the one who reads it."""
        reader = context.get("user") or find_user(email)
        language = reader.language if reader else translation.get_language()
        given = {key: value for key, value in context.items() if key != "request"}
        # Some letters are written after the commit, when the request may be over.
        request = current.request or self.request
        post_template(
            to=email,
            template=template_prefix,
            language=language or User.Language.UKRAINIAN,
            reader=reader,
            **given | {"email": email, "site": request.build_absolute_uri("/")},
        )


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in by an identity provider."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _(
            "There is an account with this e-mail already. Sign in with its password, then connect "
            "%s in your profile."
        ),
    }

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """What the provider calls a name and is none is left out: the person may write it anew."""
        user: User = super().populate_user(request, sociallogin, data)
        for field in ("first_name", "last_name"):
            told = tidy_name(str(getattr(user, field) or ""))
            setattr(user, field, told if is_name(told) else "")
        return user

    def new_user(self, request: HttpRequest, sociallogin: object) -> User:
        return User(language=translation.get_language() or User.Language.UKRAINIAN)
