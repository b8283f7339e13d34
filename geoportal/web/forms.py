"""Forms of the pages."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """E-mail and password, with words that say what to do."""

    error_messages = {
        "invalid_login": _("The e-mail and the password do not match. Check both and try again."),
        "inactive": _("This account is switched off. Ask the administrator of the portal."),
    }
