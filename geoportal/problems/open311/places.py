"""Where a report is: coordinates, a feature of ours as `address_id`, or an address in words."""

import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput, NotFound
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.open311.parameters import read_number, read_text
from layers.access import access_feature, access_layer
from layers.reading.finding import search_features

LONGEST_ADDRESS = 254
HITS = 10


@dataclass(frozen=True)
class Place:
    """Degrees, and the address that goes with them."""

    lon: float
    lat: float
    address: str


def read_place(form: QueryDict) -> Place:
    """Coordinates before `address_id` before `address_string`; raises `InvalidInput`."""
    lat, lon = read_number(form, "lat", -90, 90), read_number(form, "long", -180, 180)
    words = read_text(form, "address_string", LONGEST_ADDRESS)
    if lat is not None and lon is not None:
        return Place(lon, lat, words)
    if lat is not None or lon is not None:
        raise InvalidInput(_("lat and long belong together."))
    if address_id := read_text(form, "address_id", 600):
        return _find_by_id(address_id)
    if words:
        return _find_by_words(words)
    raise InvalidInput(_("Tell the place: lat and long, or address_id, or address_string."))


def _find_by_id(address_id: str) -> Place:
    """`<layer>/<key>` of a public feature, as in the answers of `/api/v1/search/`."""
    slug, _slash, key = address_id.partition("/")
    visitor = AnonymousUser()
    try:
        feature = access_feature(visitor, access_layer(visitor, slug), key)
    except NotFound as error:
        raise InvalidInput(
            _("address_id “%(value)s” is not known.") % {"value": address_id}
        ) from error
    if feature.geom is None:
        raise InvalidInput(_("address_id “%(value)s” has no place.") % {"value": address_id})
    point = feature.geom.point_on_surface
    title = feature.properties.get(feature.layer.title_field) or ""
    return Place(point.x, point.y, str(title)[:LONGEST_ADDRESS])


def _find_by_words(words: str) -> Place:
    """The best hit of search that has every number of the address: the right house or none."""
    numbers = set(re.findall(r"\d+", words))
    for hit in search_features(words, HITS):
        known = set(re.findall(r"\d+", f"{hit.title} {hit.subtitle}"))
        if hit.layer != LAYER_SLUG and numbers <= known:
            return Place(hit.lon, hit.lat, hit.title[:LONGEST_ADDRESS])
    raise InvalidInput(
        _("address_string “%(value)s” was not found; send lat and long.") % {"value": words}
    )
