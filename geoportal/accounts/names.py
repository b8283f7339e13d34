"""How a person is called on pages and in letters."""

from geoportal.accounts.models import User


def get_display_name(user: User) -> str:
    """First and last name; the e-mail of who has given none."""
    return user.get_full_name() or user.email
