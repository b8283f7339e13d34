"""The page «Nearest»: kinds to choose from, the place, and what is near it, for any browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.web.nearest_place import DECIMALS, Place, find_place, name_found
from layers.api.nearest import NearFeatureDocument, describe_near, is_open_now
from layers.models import Kind
from layers.reading.finding import Found
from layers.reading.nearest import LIMIT_MAX, find_nearest, list_filled_kinds_for, list_wishes

SCRIPT: Final = "web/js/nearest/main.mjs"
ROWS: Final = 20
# From here on it is told that one is far from all of it.
FAR_M: Final = 30_000


class NearestConfig(MapConfig):
    """`here`: the place, longitude and latitude; `results` in the order of the list."""

    here: list[float] | None
    results: list[NearFeatureDocument]


@dataclass(frozen=True)
class Link:
    """A way to the same page with something else; `current`: it is what is shown."""

    title: str
    query: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True)
class NearestPage:
    """`place` `None`: nowhere yet; `unknown`: what was asked for was not found."""

    place: Place | None
    text: str
    kind: Kind | None
    only_open: bool
    kinds: tuple[Link, ...]
    results: tuple[NearFeatureDocument, ...]
    others: tuple[Link, ...]
    toggle_open: str
    more: str
    without_kind: str
    is_far: bool
    config: NearestConfig

    @property
    def unknown(self) -> bool:
        return bool(self.text) and self.place is None


def build_nearest_page(request: HttpRequest) -> NearestPage:
    given = request.GET
    offered = list_filled_kinds_for(request.user)
    kind = next((each for each in offered if each.slug == given.get("kinds")), None)
    place = read_place(given)
    only_open = given.get("open") == "now"
    limit = read_limit(given)
    results = find_results(request.user, place, kind, limit, only_open=only_open)
    links = [
        Link(each.title, write(given, place, kinds=each.slug), each.icon or each.layer.icon,
             current=each == kind)
        for each in offered
    ]  # fmt: skip
    return NearestPage(
        place=place,
        text=read_text(given),
        kind=kind,
        only_open=only_open,
        kinds=tuple(links),
        results=tuple(results),
        others=tuple(offer_other(given, each) for each in (place.others if place else ())),
        toggle_open=write(given, place, open="" if only_open else "now"),
        more=write(given, place, limit=str(LIMIT_MAX)) if len(results) == limit < LIMIT_MAX else "",
        without_kind=write(given, place, kinds="", open=""),
        is_far=bool(results) and results[0]["properties"]["distance_m"] > FAR_M,
        config=build_config(place, results),
    )


def read_place(given: QueryDict) -> Place | None:
    """Coordinates that are none lead nowhere, and are said again as they were written."""
    try:
        return find_place(given)
    except InvalidInput:
        return None


def read_text(given: QueryDict) -> str:
    written = (given.get("lat", ""), given.get("lon", ""))
    return given.get("q", "").strip() or ", ".join(filter(None, written))


def read_limit(given: QueryDict) -> int:
    text = given.get("limit", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return min(asked, LIMIT_MAX) or ROWS


def find_results(
    actor: Actor, place: Place | None, kind: Kind | None, limit: int, *, only_open: bool
) -> list[NearFeatureDocument]:
    if place is None:
        return []
    wishes = list_wishes(actor, [kind.slug] if kind else [], [])
    keep = is_open_now if only_open else None
    found = find_nearest(wishes, place.lon, place.lat, limit=limit, keep=keep)
    return [describe_near(each) for each in found]


def write(given: QueryDict, place: Place | None, **changed: str) -> str:
    """The query of a link that keeps the place and what else is chosen."""
    kept = {name: given.get(name, "") for name in ("q", "from", "kinds", "open")} | changed
    if place is not None:
        kept |= {
            "lon": f"{place.lon:.{DECIMALS}f}",
            "lat": f"{place.lat:.{DECIMALS}f}",
            "q": place.title if kept["q"] else "",
        }
    return urlencode({name: value for name, value in kept.items() if value})


def offer_other(given: QueryDict, found: Found) -> Link:
    place = Place(found.lon, found.lat, name_found(found))
    return Link(place.title, write(given, place, q=place.title))


def build_config(place: Place | None, results: Sequence[NearFeatureDocument]) -> NearestConfig:
    """Its bounds are around the place and all that was found."""
    here = [place.lon, place.lat] if place else None
    points = [each["geometry"]["coordinates"] for each in results] + ([here] if here else [])
    lons, lats = zip(*points, strict=True) if points else ((), ())
    bounds = [min(lons), min(lats), max(lons), max(lats)] if points else None
    return {
        **build_map_config(bounds, SCRIPT),
        "here": here,
        "results": list(results),
    }
