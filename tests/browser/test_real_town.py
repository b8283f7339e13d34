"""A real town's files: imported by the command, opened on the map, downloaded and equal."""

import json
import urllib.request

import pytest
import shapely
from django.core.management import call_command

# What everyone may read was looked through: contacts of organisations. The town lies far from the
# small community.
PUBLIC = (
    "--licence", "CC-BY-4.0", "--yes", "personal-data", "--yes", "leaves-community", "--json",
)  # fmt: skip
FILES = {
    "organizations": "register",
    "recreation_areas": "register",
    "settlement_boundaries": "territory",
}


@pytest.fixture
def ladyzhyn(shared_data, map_page):
    """The community of the browser tests, and Ladyzhyn's layers beside it."""
    folder = shared_data / "ua-ladyzhyn-geoportal"
    for name, kind in FILES.items():
        file = str(folder / f"{name}.geojson")
        call_command("import_layer", file, "--layer", name, "--create", "--kind", kind, *PUBLIC)
    return folder


def find_source(folder, name, key, value):
    """A feature of the file as it was given."""
    features = json.loads((folder / f"{name}.geojson").read_text())["features"]
    return next(feature for feature in features if feature["properties"][key] == value)


def test_an_organisation_is_clicked_and_named(ladyzhyn, map_page):
    source = find_source(ladyzhyn, "organizations", "organization_id", 1)
    lon, lat = source["geometry"]["coordinates"]
    map_page.open(f"#map=18.5/{lat}/{lon}&layers=organizations")
    map_page.click_place(lon, lat)
    map_page.expect_card(source["properties"]["organization_name"])
    assert map_page.card().get_by_text("вул.Наконечного, буд. 32б").first.is_visible()


def test_an_area_whose_ring_was_open_is_drawn_and_clicked(ladyzhyn, map_page):
    features = json.loads((ladyzhyn / "recreation_areas.geojson").read_text())["features"]
    ring = next(
        feature["geometry"]["coordinates"][0]
        for feature in features
        if feature["geometry"]["coordinates"][0][0] != feature["geometry"]["coordinates"][0][-1]
    )
    inside = shapely.Polygon([*ring, ring[0]]).representative_point()
    map_page.open(f"#map=17/{inside.y}/{inside.x}&layers=recreation_areas")
    map_page.click_place(inside.x, inside.y)
    map_page.card_title().wait_for()
    assert "feature=recreation_areas/" in map_page.address()


def test_what_is_downloaded_equals_the_file(ladyzhyn, map_page):
    source = json.loads((ladyzhyn / "organizations.geojson").read_text())["features"]
    with urllib.request.urlopen(f"{map_page.site}/data/organizations.geojson") as answer:
        served = {feature["id"]: feature for feature in json.load(answer)["features"]}
    assert len(served) == len(source)
    for feature in source:
        mine = served[str(feature["properties"]["organization_id"])]
        assert mine["geometry"] == feature["geometry"]
        blank_is_nothing = {
            name: value for name, value in feature["properties"].items() if value != ""
        }
        said = {name: value for name, value in mine["properties"].items() if value is not None}
        assert said == blank_is_nothing
