"""What the scripts of a page with a map start from."""

from typing import TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from geoportal.interface.community import find_community
from geoportal.interface.ground import get_ground
from geoportal.interface.jscatalog import get_script_words
from geoportal.interface.models import Community
from tiles.basemap.reading import find_basemap
from tiles.style.signs import list_signs


class Ground(TypedDict):
    """A base map under our layers: the URL of a style, or empty; `themed`: it has one
    for each theme.
    """

    style: str
    attribution: str
    themed: bool


class MapConfig(TypedDict):
    """`bounds`: west, south, east, north in degrees; `icons`, `signs`: images by name."""

    language: str
    words: dict[str, str | list[str]]
    bounds: list[float] | None
    style: str
    icons: str
    signs: dict[str, str]
    ground: Ground


def build_map_config(
    bounds: list[float] | None, script: str = "", *, community: Community | None = None
) -> MapConfig:
    """`script`: the module that starts from it, for its words; without it those of all scripts.

    `community`: its row, where the caller has it already.
    """
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "words": get_script_words(script),
        "bounds": bounds,
        "style": reverse("style"),
        "icons": f"{settings.STATIC_URL}vendor/lucide/",
        "signs": list_signs(),
        "ground": describe_ground(community or find_community()),
    }


def describe_ground(community: Community) -> Ground:
    """The town's own file goes before what is outside, where it can be read."""
    ground, basemap = get_ground(community), find_basemap(community)
    if basemap is None:
        return {"style": ground.style_url, "attribution": ground.attribution, "themed": False}
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "style": f"{reverse('basemap-style', args=[basemap.path.name])}?language={language}",
        "attribution": ground.attribution or basemap.attribution,
        "themed": True,
    }
