"""What pages ask about the person who reads them."""

from django import template
from django.template.context import RequestContext

from geoportal.accounts.models import User
from geoportal.accounts.policies import is_confirmed

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: RequestContext) -> bool:
    """Signed in, and the e-mail is not confirmed yet. One query."""
    user = context.get("user")
    return isinstance(user, User) and not is_confirmed(user)
