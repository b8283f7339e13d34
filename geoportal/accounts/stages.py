"""The steps between a right password and being signed in."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class ConfirmationStage(EmailVerificationStage):
    """After registration everybody is sent to the mailbox, whether the e-mail was free or not.

    So the answer does not tell who has an account. Signing in later does not ask for it.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        provider = (self.login.signal_kwargs or {}).get("sociallogin")
        if self.login.signup and provider is None:
            self.login.email_verification = EmailVerificationMethod.MANDATORY
        handled: tuple[HttpResponse | None, bool] = super().handle()
        return handled
