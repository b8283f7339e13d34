"""The pack of the invented community is in order, and cannot be taken for a real one."""

import re

import pytest
import shapely

from geoportal.demo.seed import PACK
from geoportal.packs.checking.everything import check_pack
from tests.geoportal.demo.conftest import list_shapes, read_rows

DOMAIN = "kalynobrid.example"
INVENTED = ("Калинобрідську громаду вигадано", "The Kalynobrid community is invented")
OBJECTS = (
    "hospitals", "schools", "kindergartens", "pharmacies", "free_wifi", "battery_points",
    "waste_containers", "parking", "parks", "playgrounds", "sports_grounds", "shelters",
    "tourist_sights", "trees", "heritage",
)  # fmt: skip
REPOSITORY_SHARE_BYTES = 8_000_000


@pytest.mark.django_db
def test_nothing_is_wrong_with_the_pack_and_nothing_to_remark():
    _, findings = check_pack(PACK)
    assert [(str(each.place.name), each.message) for each in findings.errors] == []
    assert [(str(each.place.name), each.message) for each in findings.remarks] == []


def test_the_pack_is_small():
    files = [path for path in PACK.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < REPOSITORY_SHARE_BYTES


def test_there_are_the_layers_that_a_community_looks_for(pack):
    layers = pack.by_code("layers")
    assert set(OBJECTS) <= set(layers)
    assert len([each for each in layers.values() if each.text("kind") == "territory"]) == 9
    assert all("source.file" in layer for layer in layers.values())


def test_passports_are_complete_and_say_that_all_is_invented(pack):
    for slug, layer in pack.by_code("layers").items():
        assert INVENTED[0] in layer.text("description_uk")
        assert INVENTED[1] in layer.text("description_en")
        assert layer.text("contact").endswith(DOMAIN)
        for key in ("title_en", "theme", "organisation", "update_frequency", "legal_basis"):
            assert layer.text(key), (slug, key)
        assert layer.values["keywords"]
        fields = layer.children["field"]
        assert all(each.text("title_uk") and each.text("title_en") for each in fields), slug


def test_low_zooms_stay_readable(pack):
    layers = pack.by_code("layers")
    assert "min_zoom" not in layers["trees"].values
    assert layers["addresses"].values["min_zoom"] == 17
    shown = [slug for slug, layer in layers.items() if layer.values.get("shown_by_default")]
    assert sorted(shown) == ["heritage", "hospitals", "parks", "schools"]


def test_shelters_tell_only_staff_who_keeps_the_keys(pack):
    fields = pack.by_code("layers")["shelters"].children["field"]
    audiences = {field.text("name"): field.text("audience") for field in fields}
    assert audiences["responsiblePersonName"] == "staff"
    assert audiences["responsiblePersonPhone"] == "staff"


def test_keys_are_given_once_and_fit_a_url(pack):
    for slug, layer in pack.by_code("layers").items():
        rows = read_rows(slug)
        assert len({row.key for row in rows}) == len(rows), slug
        assert all(re.fullmatch(r"[A-Za-z0-9-]+", row.key) for row in rows), slug
        if key_field := layer.text("key_field"):
            assert all(row.key == row.values[key_field] for row in rows), slug


def test_phones_codes_and_addresses_belong_to_nobody(pack):
    for organisation in pack.list("organisations"):
        assert re.fullmatch(r"(\d{8})?", organisation.text("edrpou"))
        assert organisation.text("email").endswith(f"@{DOMAIN}")
        assert re.fullmatch(r"\+38000555\d{4}", organisation.text("phone"))
    for slug, layer in pack.by_code("layers").items():
        types = {field.text("name"): field.text("type") for field in layer.children["field"]}
        for row in read_rows(slug):
            for name, value in row.values.items():
                if types[name] == "phone":
                    assert value == "103" or re.fullmatch(r"\+38000555\d{4}", value), (slug, value)
                if types[name] == "url":
                    assert value.startswith(f"https://{DOMAIN}"), (slug, value)


def test_settlements_have_names_and_codes_that_no_real_one_has(shared_data, pack):
    codifier = shared_data / "ua-katottg/kodifikator-16-05-2025.csv"
    if not codifier.is_file():
        pytest.skip("the codifier of administrative units is not here")
    lines = codifier.read_text(encoding="utf-8-sig").splitlines()
    real = {line.rsplit(";", 1)[-1].strip() for line in lines}
    codes = {code for line in lines for code in line.split(";")[:5]}
    rows = [row.values for row in read_rows("settlements")]
    settlements = [each for each in rows if each.get("CATUTTC")]  # the rest are parts of the town
    assert len(settlements) >= 10
    names = {pack.community.text("short_name_uk")} | {each["name"] for each in settlements}
    assert names & real == set()
    own = {pack.community.text("katottg")}
    own |= {each["CATUTTC"] for each in settlements}
    assert all(re.fullmatch(r"UA\d{17}", code) for code in own)
    assert own & codes == set()


def test_objects_are_dry_and_inside_the_community():
    water = shapely.union_all(list_shapes("water"))
    (limit,) = list_shapes("boundary")
    shapely.prepare(water)
    shapely.prepare(limit)
    for slug in OBJECTS:
        for row in read_rows(slug):
            assert limit.covers(row.shape), (slug, row.key)
            if slug not in ("parks", "tourist_sights", "heritage"):
                assert not water.intersects(row.shape), (slug, row.key)


def test_shelters_are_inside_buildings_and_schools_too():
    buildings = shapely.STRtree(list_shapes("buildings"))
    for slug in ("shelters", "schools", "kindergartens", "hospitals", "pharmacies"):
        for row in read_rows(slug):
            assert len(buildings.query(row.shape, "within")) == 1, (slug, row.key)
