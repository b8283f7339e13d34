"""Problems and territories as GeoJSON for the maps of working places (EPSG:4326)."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypedDict

from django.contrib.gis.geos import GEOSGeometry
from django.http import JsonResponse
from django.utils import timezone

from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.models import Problem
from layers.models import Feature, Layer

# About 1 m: the outline of a district for a look, not for a measurement.
OUTLINE_TOLERANCE_DEG = 0.00001
MAP_PROBLEMS_MAX = 5000


class Place(TypedDict):
    """A GeoJSON Feature."""

    type: str
    id: str
    geometry: object
    properties: dict[str, object]


def build_pin(problem: Problem, now: datetime, url: str = "") -> Place:
    """A problem as a point; nothing of it that a list does not show."""
    properties: dict[str, object] = {
        "number": problem.pk,
        "title": problem.title,
        "status": problem.state,
        "late": is_overdue(problem, now),
    }
    if url:
        properties["url"] = url
    return _build(str(problem.pk), problem.geom, properties)


def _build(key: str, geometry: GEOSGeometry, properties: dict[str, object]) -> Place:
    return {
        "type": "Feature",
        "id": key,
        "geometry": json.loads(geometry.geojson),
        "properties": properties,
    }


def list_outlines(territories: Iterable[tuple[str, str, str]]) -> Iterator[Place]:
    """Outlines of territories given as (layer slug, key, kind); `kind` goes into the properties."""
    wanted = {(slug, key): kind for slug, key, kind in territories}
    layers = {
        layer.pk: layer.slug
        for layer in Layer.objects.filter(
            slug__in={slug for slug, _key in wanted}, kind=Layer.Kind.TERRITORY
        )
    }
    found = Feature.objects.filter(
        layer__in=layers, key__in={key for _slug, key in wanted}, geom__isnull=False
    )
    for feature in found:
        name = (layers[feature.layer_id], feature.key)
        if name in wanted and feature.geom is not None:
            outline = feature.geom.simplify(OUTLINE_TOLERANCE_DEG, preserve_topology=True)
            properties: dict[str, object] = {"kind": wanted[name], "layer": name[0]}
            yield _build(f"{name[0]}:{name[1]}", outline, properties)


def answer(places: Iterable[Place], *, truncated: bool = False) -> JsonResponse:
    """A FeatureCollection that no cache keeps."""
    document = {"type": "FeatureCollection", "features": list(places), "truncated": truncated}
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/geo+json"
    response["Cache-Control"] = "private, no-store"
    return response


def answer_problems(problems: Iterable[Problem], *outlines: Place) -> JsonResponse:
    """At most `MAP_PROBLEMS_MAX` of them; `truncated` says that there are more."""
    now = timezone.now()
    pins = [build_pin(problem, now) for problem in problems]
    truncated = len(pins) > MAP_PROBLEMS_MAX
    return answer([*outlines, *pins[:MAP_PROBLEMS_MAX]], truncated=truncated)
