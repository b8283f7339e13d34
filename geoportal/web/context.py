"""What every page needs to know of the site."""

from django.conf import settings
from django.http import HttpRequest

from geoportal.accounts.policies import is_staff


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        "staff_member": hasattr(request, "user") and is_staff(request.user),
    }
