"""One search for everything: what comes first for what people type in the demo's town."""

import pytest
from django.contrib.gis.geos import LineString
from django.test import Client

from layers.models import Layer
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.geoportal.demo.search_table import read_table
from tests.standing import standing_world

pytestmark = pytest.mark.django_db
MIDDLE = {"lon": 27.2389, "lat": 50.2556}
RENAMED = (("Леніна", "Соборна"), ("Карла Маркса", "Київська"))


@standing_world
def searched_town(lived_town) -> None:
    """The town as search knows it, with two streets that were renamed."""
    fields = tuple(FieldSpec(name=name, searchable=True) for name in ("old_name", "new_name"))
    layer = create_layer(
        spec=LayerSpec(
            slug="renamed_streets",
            title_uk="Перейменовані вулиці",
            geometry_type="line",
            title_field="new_name",
            fields=fields,
        )
    )
    for number, (old, new) in enumerate(RENAMED):
        values = {"old_name": f"вулиця {old}", "new_name": f"вулиця {new}"}
        line = LineString((27.2, 50.2), (27.21, 50.2))
        add_feature(layer=layer, key=str(number), geom=line, values=values)
    for searched in Layer.objects.all():
        rebuild_search(searched)


def ask(client: Client, query: str, **more: object) -> list[dict[str, object]]:
    answer = client.get("/api/v1/search/", {"q": query, **MIDDLE, **more})
    assert answer.status_code == 200, query
    return list(answer.json()["results"])


def describe(result: dict[str, object]) -> str:
    if result["group"] == "place":
        return f"place {result['title']}"
    if result["key"]:
        return f"{result['layer']}: {result['title']}"
    return f"kind {result['kind']}" if result["kind"] else f"layer {result['layer']}"


def test_what_comes_first(searched_town, client: Client):
    table = read_table()
    assert len(table) >= 120
    wrong = []
    for query, first in table:
        found = [describe(result) for result in ask(client, query)]
        if (found or ["nothing"])[0] != first:
            wrong.append(f"{query!r}: {first}, not {found[:4]}")
    assert not wrong, "\n".join([f"{len(wrong)} of {len(table)}:", *wrong])
