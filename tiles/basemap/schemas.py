"""Which schema of vector tiles a base map has, and what of it is drawn as what.

Protomaps Basemaps (https://docs.protomaps.com/basemaps/layers; version 3 wrote `pmap:kind` where 4
has `kind`) and OpenMapTiles (https://openmaptiles.org/schema/), which Planetiler and Tilemaker
make by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Expression = list[object]


@dataclass(frozen=True)
class Part:
    """Features of a layer of the tiles; `values` of the attribute `by`, none: all of them."""

    layer: str
    by: str = ""
    values: tuple[str, ...] = ()

    def write_filter(self, geometry: str = "") -> Expression:
        """MapLibre's; `geometry`: `Point`, `LineString` or `Polygon`."""
        conditions: Expression = ["all"]
        if geometry:
            conditions.append(["==", ["geometry-type"], geometry])
        if self.values:
            conditions.append(["match", ["get", self.by], list(self.values), True, False])
        return conditions


@dataclass(frozen=True)
class Schema:
    """`land`: the ground itself where tiles have it. Roads from the widest to the narrowest."""

    name: str
    land: Part | None
    green: tuple[Part, ...]
    built: tuple[Part, ...]
    water: Part
    waterways: Part
    buildings: Part
    roads: tuple[Part, ...]
    railways: Part
    borders: Part
    road_names: Part
    places: Part


GREEN = (
    "park", "forest", "wood", "grass", "grassland", "meadow", "scrub", "nature_reserve", "garden",
    "cemetery", "village_green", "recreation_ground", "orchard", "golf_course", "national_park",
    "protected_area", "allotments", "farmland", "wetland",
)  # fmt: skip
BUILT = ("residential", "industrial", "commercial", "retail", "school", "hospital", "university")


def build_protomaps(kind: str) -> Schema:
    """`kind`: the attribute, `kind` or `pmap:kind`."""
    return Schema(
        name="Protomaps Basemaps",
        land=Part("earth"),
        green=(
            Part("landcover", kind, GREEN),
            Part("landuse", kind, GREEN),
            Part("natural", kind, GREEN),
        ),
        built=(Part("landuse", kind, BUILT),),
        water=Part("water"),
        waterways=Part("water"),
        buildings=Part("buildings"),
        roads=(
            Part("roads", kind, ("highway",)),
            Part("roads", kind, ("major_road", "medium_road")),
            Part("roads", kind, ("minor_road",)),
            Part("roads", kind, ("path", "other")),
        ),
        railways=Part("roads", kind, ("rail",)),
        borders=Part("boundaries"),
        road_names=Part("roads", kind, ("highway", "major_road", "medium_road", "minor_road")),
        places=Part("places", kind, ("locality", "neighbourhood", "macrohood")),
    )


OPENMAPTILES = Schema(
    name="OpenMapTiles",
    land=None,
    green=(
        Part("landcover", "class", ("wood", "grass", "farmland", "wetland")),
        Part("park"),
        Part("landuse", "class", ("cemetery", "garden", "park")),
    ),
    built=(Part("landuse", "class", BUILT),),
    water=Part("water"),
    waterways=Part("waterway"),
    buildings=Part("building"),
    roads=(
        Part("transportation", "class", ("motorway", "trunk")),
        Part("transportation", "class", ("primary", "secondary", "tertiary")),
        Part("transportation", "class", ("minor", "service", "busway")),
        Part("transportation", "class", ("path", "track")),
    ),
    railways=Part("transportation", "class", ("rail", "transit")),
    borders=Part("boundary"),
    road_names=Part("transportation_name"),
    places=Part("place", "class", ("city", "town", "village", "hamlet", "suburb", "neighbourhood")),
)
PROTOMAPS = build_protomaps("kind")
PROTOMAPS_3 = build_protomaps("pmap:kind")


def find_schema(layers: Mapping[str, frozenset[str]]) -> Schema | None:
    """By the names of layers, and of attributes of the roads."""
    if {"roads", "earth"} <= layers.keys():
        is_old = "pmap:kind" in layers["roads"] and "kind" not in layers["roads"]
        return PROTOMAPS_3 if is_old else PROTOMAPS
    if "transportation" in layers:
        return OPENMAPTILES
    return None
