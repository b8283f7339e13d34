"""Plans of the statements that simplify territories together."""

from django.db import connection

from layers.models import Feature
from tests.house.explaining import Town, explain
from tiles.models import Shape


def bind(town: Town) -> dict[str, object]:
    features = Feature.objects.filter(layer=town.points).order_by("pk")[:3]
    return {"layer": town.points.pk, "features": list(features.values_list("pk", flat=True))}


def bind_shapes(town: Town) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tiles_shape")
    shapes = Shape.objects.filter(layer=town.areas, band=12).order_by("feature_id")[:3]
    return {
        "layer": town.areas.pk,
        "features": list(shapes.values_list("feature_id", flat=True)),
        "bands": [12, 12, 12],
        "borders": [1, 1, 1],
        "shapes": [None, None, None],
    }


def plan_coverage_areas(town: Town) -> None:
    assert "_pkey" in explain("tiles", "coverage_areas", bind(town))


def plan_coverage_own(town: Town) -> None:
    assert "_pkey" in explain("tiles", "coverage_own", bind(town))


def plan_coverage_near(town: Town) -> None:
    assert "geom_3857" in explain("tiles", "coverage_near", bind(town))


def plan_coverage_shapes(town: Town) -> None:
    assert "tiles_shape_pkey" in explain("tiles", "coverage_shapes", bind_shapes(town))


def plan_coverage_write(town: Town) -> None:
    assert "tiles_shape_pkey" in explain("tiles", "coverage_write", bind_shapes(town))


BORDER_PLANS = {
    name.removeprefix("plan_"): plan for name, plan in globals().items() if name.startswith("plan_")
}
