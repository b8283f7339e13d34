"""The nearest features of many layers around a place, by metres on the ellipsoid."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from geoportal.core.errors import InvalidInput
from layers.access import access_layers, can_see_internal, list_layers_for, list_visibilities
from layers.models import Kind, Layer, LayerField
from layers.reading.summary import get_summary
from layers.schema.values import Json

NEAREST_S = 2
LIMIT_DEFAULT = 10
LIMIT_MAX = 100
WISHES_MAX = 100
LAYER_COLUMNS = ("title_uk", "title_en", "title_field", "kind", "organisation_id")
# Where a condition leaves out what is found, so many are looked through at most.
LOOKED_THROUGH_MAX = 3_200
GROWS = 4
# Half of the way around the world, and a little.
WITHIN_MAX_M = 20_100_000.0


@dataclass(frozen=True)
class Wish:
    """A layer, and of which kinds its features must be; no kinds: all of them."""

    layer: Layer
    sees_all: bool
    kinds: tuple[Kind, ...] = ()

    def find_kind(self, properties: Mapping[str, Json]) -> Kind | None:
        return next((kind for kind in self.kinds if fits(kind, properties)), None)


@dataclass(frozen=True)
class Near:
    """`lon`, `lat`: the point of the feature nearest to the place; `distance_m` to it, 0 inside an
    area; `bearing_deg` from north, `None` where one stands there.
    """

    wish: Wish
    key: str
    properties: dict[str, Json] = field(repr=False)
    lon: float
    lat: float
    distance_m: float
    bearing_deg: float | None


def fits(kind: Kind, properties: Mapping[str, Json]) -> bool:
    """As `layers_fits` of the database."""
    return all(_write(properties.get(name)) in texts for name, texts in kind.only.items())


def _write(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def list_kinds_for(actor: Actor) -> list[Kind]:
    """Kinds of layers that the actor sees, in their order, with the layers and their states."""
    seen = list_layers_for(actor).order_by()
    return list(Kind.objects.filter(layer__in=seen).select_related("layer__state"))


def prefetch_fields(before: str = "") -> Prefetch[str]:
    """As much of fields as values are found by: whole rows take longer than the nearest."""
    return Prefetch(f"{before}fields", LayerField.objects.only("layer_id", "name", "audience"))


def list_filled_kinds_for(actor: Actor) -> list[Kind]:
    """Those of them whose layers hold anything that the actor sees."""
    return [kind for kind in list_kinds_for(actor) if is_filled(actor, kind.layer)]


def is_filled(actor: Actor, layer: Layer) -> bool:
    return get_summary(layer, list_visibilities(actor, layer)).features > 0


def list_wishes(actor: Actor, kinds: Sequence[str], layers: Sequence[str]) -> list[Wish]:
    """One for each layer that is asked for, whole or by kinds; nothing asked for: all kinds.

    Raises `InvalidInput` for a kind that is not offered, `NotFound` for a layer that is not seen.
    """
    by_kinds = bool(kinds) or not layers
    offered = {kind.slug: kind for kind in list_kinds_for(actor)} if by_kinds else {}
    for slug in kinds:
        if slug not in offered:
            raise InvalidInput(
                _("There is no kind “%(name)s”.") % {"name": slug},
                parameter="kinds",
                known=sorted(offered),
            )
    asked = [offered[slug] for slug in dict.fromkeys(kinds)]
    if not kinds and not layers:
        asked = list(offered.values())
    prefetch_related_objects(asked, prefetch_fields("layer__"))
    whole = access_layers(actor, layers, only=LAYER_COLUMNS)
    prefetch_related_objects(whole, prefetch_fields())
    known = {layer.pk for layer in whole}
    by_layer: dict[int, list[Kind]] = {}
    for kind in asked:
        if kind.layer_id not in known:
            by_layer.setdefault(kind.layer_id, []).append(kind)
    wishes = [Wish(layer, can_see_internal(actor, layer)) for layer in whole]
    for parts in by_layer.values():
        layer = parts[0].layer
        wishes.append(Wish(layer, can_see_internal(actor, layer), tuple(parts)))
    if len(wishes) > WISHES_MAX:
        raise InvalidInput(
            _("At most %(max)s layers at once.") % {"max": WISHES_MAX}, parameter="layers"
        )
    return wishes


def find_nearest(
    wishes: Iterable[Wish],
    lon: float,
    lat: float,
    *,
    limit: int = LIMIT_DEFAULT,
    within_m: float = WITHIN_MAX_M,
    keep: Callable[[Near], bool] | None = None,
) -> list[Near]:
    """At most `limit`, nearest first; with `keep` only those it keeps, of the 3 200 nearest.

    Takes two seconds at most; then the database's error is raised.
    """
    by_layer = {wish.layer.pk: wish for wish in wishes}
    if not by_layer:
        return []
    most = limit if keep is None else limit * GROWS
    while True:
        found = _read(by_layer, lon, lat, most, within_m)
        kept = found if keep is None else [each for each in found if keep(each)]
        if len(kept) >= limit or len(found) < most or most >= LOOKED_THROUGH_MAX:
            return kept[:limit]
        most = min(most * GROWS, LOOKED_THROUGH_MAX)


def _read(
    wishes: Mapping[int, Wish], lon: float, lat: float, most: int, within_m: float
) -> list[Near]:
    values = {
        "layers": list(wishes),
        "wishes": [_write_wish(wish) for wish in wishes.values()],
        "sees_all": [wish.sees_all for wish in wishes.values()],
        "lon": lon,
        "lat": lat,
        "most": most,
        "within_m": within_m,
    }
    with bounded_cursor(NEAREST_S) as cursor:
        execute_sql(cursor, "layers", "nearest", values)
        rows = cursor.fetchall()
    return [
        Near(wishes[layer], key, _load(properties), x, y, distance, bearing)
        for layer, key, properties, x, y, distance, bearing in rows
    ]


def _load(properties: object) -> dict[str, Json]:
    """Django's connections give JSON as text."""
    loaded = json.loads(properties) if isinstance(properties, str) else properties
    return loaded if isinstance(loaded, dict) else {}


def _write_wish(wish: Wish) -> str | None:
    """`None`: the whole layer."""
    only = [kind.only for kind in wish.kinds]
    return json.dumps(only, ensure_ascii=False) if only and all(only) else None
