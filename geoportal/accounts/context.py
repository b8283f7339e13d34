"""What every page needs to know of who reads it."""

from django.http import HttpRequest

from geoportal.accounts.policies import is_administrator


def rights(request: HttpRequest) -> dict[str, object]:
    return {"administrator": hasattr(request, "user") and is_administrator(request.user)}
