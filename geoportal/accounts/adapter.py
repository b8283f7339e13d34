"""How allauth behaves here: the door of the portal."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Registration, sign-in and letters of the portal."""
