"""Whose portal this is, for everything that says so: pages, letters, catalogues, protocols."""

import hashlib
from typing import Any, Final

from django.db import Error
from django.utils.translation import gettext as _

from geoportal.interface.models import THE_ROW, Community

EMERGENCY_NUMBERS: Final = (
    {"number": "112", "title_uk": "єдиний номер допомоги", "title_en": "all emergencies"},
    {"number": "101", "title_uk": "пожежники, рятувальники", "title_en": "fire and rescue"},
    {"number": "102", "title_uk": "поліція", "title_en": "police"},
    {"number": "103", "title_uk": "швидка допомога", "title_en": "ambulance"},
    {"number": "104", "title_uk": "аварійна газова служба", "title_en": "gas leaks"},
)


def get_community() -> Community:
    """The row without the logo's bytes, or an empty one where no pack has been applied yet."""
    return Community.objects.defer("logo").filter(pk=THE_ROW).first() or Community()


def find_community() -> Community:
    """The same for a page that is drawn also when the database is away."""
    try:
        return get_community()
    except Error:
        return Community()


def get_portal_name(community: Community | None = None) -> str:
    """In the active language: the town's name, else the product's."""
    return (community or get_community()).short_name or _("Open City")


def name_schema(result: dict[str, Any], **kwargs: object) -> dict[str, Any]:
    """A hook of drf-spectacular: the definition of the REST API bears the town's name."""
    result["info"]["title"] = f"{get_portal_name()}: REST API"
    return result


def list_numbers(community: Community) -> list[dict[str, str]]:
    """Its own emergency numbers, else those of Ukraine."""
    return list(community.emergency_numbers or EMERGENCY_NUMBERS)


def compute_logo_digest(logo: bytes) -> str:
    """Part of the logo's address, so that caches may keep it for ever."""
    return hashlib.sha256(logo).hexdigest()[:16]
