"""What every page needs to know of who reads it."""

from django.http import HttpRequest

from geoportal.accounts.policies import is_administrator, is_staff


def rights(request: HttpRequest) -> dict[str, object]:
    return {
        "staff_member": hasattr(request, "user") and is_staff(request.user),
        "administrator": hasattr(request, "user") and is_administrator(request.user),
    }
