"""How a person is called on pages and in letters."""

from django.utils.translation import gettext as _

from geoportal.accounts.models import User


def get_display_name(user: User) -> str:
    """First and last name; the e-mail of who has given none: for the person and for colleagues."""
    if user.deleted_at:
        return _("Deleted account")
    return user.get_full_name() or user.email
