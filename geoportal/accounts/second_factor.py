"""Secrets of the second factor are encrypted: a copy of the database does not give them away."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from geoportal.interface.community import get_portal_name

PURPOSE = b"geoportal second factor:"


def build_cipher() -> MultiFernet:
    """Encrypts with the secret key, decrypts with the earlier ones too (`SECRET_KEY_FALLBACKS`)."""
    secrets = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(PURPOSE + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes of an application on the phone, and recovery codes on paper."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Take a fresh one and enter it once more."),
        "unverified_email": _("Confirm your e-mail first, then switch on the second factor."),
        "add_email_blocked": _("With the second factor on, the e-mail stays as it is."),
        "cannot_delete_authenticator": _("The second factor cannot be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes need the second factor first."),
    }

    def get_totp_issuer(self) -> str:
        """Under which name the application on the phone keeps the code."""
        return get_portal_name()

    def encrypt(self, text: str) -> str:
        return build_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return build_cipher().decrypt(encrypted_text.encode()).decode()
