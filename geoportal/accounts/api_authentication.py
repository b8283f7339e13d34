"""HTTP Basic for the REST API: the same count of attempts as at the page of signing in."""

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from geoportal.accounts.models import User


class PasswordAuthentication(BasicAuthentication):
    """E-mail and password; not for accounts with a second factor, which a header cannot give."""

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[User, None]:
        django_request = getattr(request, "_request", request)
        try:
            user = get_adapter(django_request).authenticate(
                django_request, email=userid, password=password
            )
        except ValidationError as error:
            raise AuthenticationFailed(" ".join(error.messages)) from None
        if user is None or not user.is_active:
            raise AuthenticationFailed(_("The e-mail and the password do not match."))
        if is_mfa_enabled(user):
            raise AuthenticationFailed(
                _("This account has a second factor: sign in on the site instead.")
            )
        return user, None
