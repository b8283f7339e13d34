"""Areas that share borders: which overlaps and gaps a change would bring that were not there."""

import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import shapely
from django.contrib.gis.geos import GEOSGeometry, Polygon
from shapely.geometry.base import BaseGeometry

from layers.models import Feature, Layer

# Less is the rounding of coordinates.
TOLERATED_M2 = 0.1
FAULTS_SAID = 20
METRES_A_DEGREE = 111_320.0

Shapes = Mapping[str, BaseGeometry]


@dataclass(frozen=True)
class CoverageFault:
    """`kind` is overlap (of two keys, `ids`) or gap; `place` is lon and lat inside it."""

    kind: str
    ids: list[str]
    place: list[float]
    area_m2: float


def find_coverage_faults(
    layer: Layer,
    *,
    before: Mapping[str, GEOSGeometry],
    after: Mapping[str, GEOSGeometry],
    touched: Set[str],
) -> list[CoverageFault]:
    """What is new only: overlaps and gaps that stand already are left alone.

    `before` and `after` hold the features that change, by key, in EPSG:4326; their neighbours are
    read. Overlaps are told by pairs; a gap is a hole where there was an area.
    """
    if not before and not after:
        return []
    old, new = _to_shapes(before), _to_shapes(after)
    around = _read_neighbours(layer, [*old.values(), *new.values()], touched)
    faults = [*_find_overlaps(old, new, around), *_find_gaps(old, new, around)]
    return sorted(faults, key=lambda fault: -fault.area_m2)[:FAULTS_SAID]


def _to_shapes(geoms: Mapping[str, GEOSGeometry]) -> dict[str, BaseGeometry]:
    return {key: shapely.from_wkb(bytes(geom.wkb)) for key, geom in geoms.items()}


def _read_neighbours(
    layer: Layer, shapes: list[BaseGeometry], touched: Set[str]
) -> dict[str, BaseGeometry]:
    box = Polygon.from_bbox(shapely.total_bounds(shapes).tolist())
    box.srid = 4326
    found = Feature.objects.filter(
        layer=layer, geom_3857__bboverlaps=box.transform(3857, clone=True)
    ).exclude(key__in=touched)
    return _to_shapes({key: geom for key, geom in found.values_list("key", "geom") if geom})


def _find_overlaps(old: Shapes, new: Shapes, around: Shapes) -> Iterator[CoverageFault]:
    others = dict(around) | dict(new)
    keys = list(others)
    tree = shapely.STRtree(list(others.values()))
    were = dict(around) | dict(old)
    for key, shape in new.items():
        for position in tree.query(shape, predicate="intersects"):
            other = keys[position]
            # Of two that changed the pair is looked at once.
            if other == key or (other in new and other < key):
                continue
            common = shape.intersection(others[other])
            if key in were and other in were and common.area:
                common = common.difference(were[key].intersection(were[other]))
            if (area := _measure_m2(common)) > TOLERATED_M2:
                yield CoverageFault("overlap", [key, other], _find_place(common), area)


def _find_gaps(old: Shapes, new: Shapes, around: Shapes) -> Iterator[CoverageFault]:
    was = shapely.union_all([*around.values(), *old.values()])
    stands = shapely.union_all([*around.values(), *new.values()])
    for part in shapely.get_parts(stands):
        for ring in getattr(part, "interiors", ()):
            gap = shapely.Polygon(ring).intersection(was)
            if (area := _measure_m2(gap)) > TOLERATED_M2:
                yield CoverageFault("gap", [], _find_place(gap), area)


def _measure_m2(shape: BaseGeometry) -> float:
    """Within a per cent: degrees scaled at the shape's latitude."""
    if not shape.area:
        return 0.0
    latitude = math.radians((shape.bounds[1] + shape.bounds[3]) / 2)
    return round(float(shape.area) * METRES_A_DEGREE**2 * math.cos(latitude), 2)


def _find_place(shape: BaseGeometry) -> list[float]:
    """In the largest part."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    point = largest.representative_point()
    return [round(point.x, 7), round(point.y, 7)]
