"""What every page needs to know of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from geoportal.interface.ground import remember_community


def site(request: HttpRequest) -> dict[str, object]:
    community = SimpleLazyObject(lambda: remember_community(request))
    return {"demo": settings.DEMO, "community": community}
