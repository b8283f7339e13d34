"""Coordinate systems of Ukraine: reference values, candidates, swapped axes, honest refusals."""

import numpy as np
import pytest
from pyproj import CRS

from importers.brakes.consent import Consent
from importers.crs.choice import choose_crs
from importers.crs.extents import UKRAINE, Extent, find_community
from importers.crs.projection import find_operation, name_code, parse_code
from importers.errors import UnusableFile, UnusableOption
from importers.sources import Declaration
from tests.importers.conftest import codes, feature, places

KHMELNYTSKYI = Extent(26.9, 49.35, 27.1, 49.5)
SHEPETIVKA = Extent(27.0, 50.1, 27.15, 50.25)
NOT_STATED = Declaration(None, "not stated")

# EPSG → (E, N) of 26.98 E 49.42 N and of 27.07 E 50.18 N, and the datum shift that leads there.
REFERENCE = {
    5561: ((26.981636262, 49.420191647), (27.071661337, 50.180180938), 5840),
    5563: ((5498667.610, 5476455.233), (5505118.671, 5560988.938), 5840),
    5567: ((498667.610, 5476455.233), (505118.671, 5560988.938), 5840),
    6383: ((298667.610, 5476455.233), (305118.671, 5560988.938), 5840),
    9855: ((298667.610, 5476455.233), (305118.671, 5560988.938), 5840),
    9860: ((298667.610, 5476455.233), (305118.671, 5560988.938), 5840),
    9836: ((189836.335, 5477563.829), (197977.612, 5561963.292), 5840),
    4284: ((26.981710319, 49.420235954), (27.071740566, 50.180223904), 5044),
    28405: ((5498672.984, 5476460.159), (5505124.326, 5560993.722), 5044),
    2584: ((498672.984, 5476460.159), (505124.326, 5560993.722), 5044),
    2525: ((9498672.984, 5476460.159), (9505124.326, 5560993.722), 5044),
    7826: ((2334950.636, 5467356.899), (2340838.489, 5551933.072), 5044),
    32635: ((498549.489, 5474147.087), (504997.940, 5558646.583), None),
    3857: ((3003399.862, 6346429.429), (3013418.616, 6477507.223), None),
}
METRE = 1e-5


def choose(declared, xy, community=SHEPETIVKA, stated="", binding=False):
    crs = None if declared is None else CRS.from_user_input(declared)
    sample = np.array([xy, xy], dtype=float)
    return choose_crs(Declaration(crs, "stated", binding), stated, sample, community)


def issues(choice):
    return [issue.code for issue in choice.issues]


@pytest.mark.parametrize("code", REFERENCE)
@pytest.mark.parametrize("area", [None, KHMELNYTSKYI])
def test_reference_values(code, area):
    first, second, shift = REFERENCE[code]
    operation = find_operation(CRS.from_epsg(code), area)
    found = operation.projector(np.array([first, second]))
    assert found == pytest.approx(np.array([[26.98, 49.42], [27.07, 50.18]]), abs=2e-7)
    assert (
        operation.description == "" if shift is None else f"EPSG:{shift}" in operation.description
    )
    assert operation.accuracy_m == {5840: 1, 5044: 3, None: 0}[shift]


@pytest.mark.parametrize(
    ("code", "lon", "lat", "east", "north"),
    [
        (9836, 28.66, 50.25, 311529.561, 5568782.823),
        (9839, 24.71, 48.92, 297188.362, 5420852.567),
        (9821, 30.32, 50.18, 287259.403, 5560996.585),
    ],
)
def test_local_systems_of_oblasts(code, lon, lat, east, north):
    found = find_operation(CRS.from_epsg(code)).projector(np.array([[east, north]]))
    assert found[0] == pytest.approx((lon, lat), abs=2e-7)


def test_zone_and_oblast_have_the_same_numbers_and_the_zone_is_named():
    esri = CRS.from_wkt(CRS.from_epsg(9855).to_wkt("WKT1_ESRI"))
    assert name_code(esri, np.array([298667.61, 5476455.233])) == "EPSG:6383"
    assert name_code(CRS.from_epsg(9860)) == "EPSG:9860"


def test_no_code_is_claimed_for_a_system_without_a_datum():
    bare = CRS.from_user_input("+proj=tmerc +lon_0=27 +x_0=300000 +ellps=krass +type=crs")
    assert name_code(bare, np.array([298667.61, 5476455.233])) == ""
    assert not find_operation(bare).is_trustworthy


@pytest.mark.parametrize("text", ["EPSG:0", "6383x", "+proj=longlat", "", "урочище"])
def test_only_codes_may_be_stated(text):
    with pytest.raises(UnusableOption):
        parse_code(text)


def test_a_stated_code_is_believed_with_a_warning():
    choice = choose(None, REFERENCE[6383][1], stated="EPSG:9836")
    assert (choice.code, issues(choice)) == ("EPSG:9836", ["outside-community"])


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_that_fits_one_system_only_gets_it_whatever_its_axes(order):
    choice = choose(None, REFERENCE[7826][1][::order])
    assert choice.code == "EPSG:7826"
    assert issues(choice) == ["crs-assumed"] + (["axes-swapped"] if order < 0 else [])
    found = choice.projector(np.array([REFERENCE[7826][1][::order]]))
    assert found[0] == pytest.approx((27.07, 50.18), abs=2e-7)


@pytest.mark.parametrize("code", [5563, 5567, 28405, 32635, 6383])
def test_a_file_that_fits_several_systems_is_refused_with_their_list(code):
    with pytest.raises(UnusableFile) as refused:
        choose(None, REFERENCE[code][1])
    assert f"EPSG:{code} " in str(refused.value)


def test_a_wrong_system_outside_ukraine_is_refused_with_the_right_one():
    with pytest.raises(UnusableFile) as refused:
        choose("EPSG:5563", REFERENCE[6383][1])
    assert "EPSG:6383" in str(refused.value)
    with pytest.raises(UnusableFile) as refused:
        choose("EPSG:5564", (31.27, 51.52), None)
    assert "EPSG:4326" in str(refused.value)


@pytest.mark.parametrize("code", ["EPSG:9836", "EPSG:5567", "EPSG:32635"])
def test_a_wrong_system_inside_ukraine_is_doubted_aloud(code):
    choice = choose(code, REFERENCE[6383][1])
    assert issues(choice) == ["crs-doubtful"]
    assert "EPSG:6383" in choice.issues[0].message


def test_another_town_in_its_own_system_is_loaded_with_a_warning():
    choice = choose("EPSG:4326", (30.5, 50.4), binding=True)
    assert (choice.code, issues(choice)) == ("EPSG:4326", ["outside-community"])


def test_degrees_with_latitude_first_are_turned():
    choice = choose("EPSG:4326", (50.18, 27.07), binding=True)
    assert issues(choice) == ["axes-swapped"]
    assert choice.projector(np.array([[50.18, 27.07]])).tolist() == [[27.07, 50.18]]


def test_metres_in_geojson_are_not_believed_to_be_degrees():
    assert choose("EPSG:4326", REFERENCE[7826][1], binding=True).code == "EPSG:7826"


def test_the_official_order_of_axes_is_north_first_and_data_may_be_so(run_import, write_text):
    path = write_text("id,x,y\n1,5476455.233,298667.610\n2,5476455.233,298668.610\n")
    result = run_import(path, crs="EPSG:6383")
    assert codes(result) == [(None, "axes-swapped")]
    assert places()["1"].coords == pytest.approx((26.98, 49.42), abs=2e-7)


def test_axes_are_not_exchanged_because_the_places_would_then_lie_in_ukraine():
    choice = choose("EPSG:4326", (45.0, 36.2), None, binding=True)
    assert issues(choice) == ["outside-community", "axes-doubtful"]
    assert choice.projector(np.array([[45.0, 36.2]])).tolist() == [[45.0, 36.2]]


@pytest.mark.parametrize("axes", ["xy", "yx"])
@pytest.mark.parametrize("first", ["lon", "lat"])
def test_the_word_of_the_user_about_the_axes_stands(axes, first):
    place = (27.07, 50.18) if first == "lon" else (50.18, 27.07)
    sample = np.array([place, place])
    declared = Declaration(CRS.from_epsg(4326), "stated", binding=True)
    choice = choose_crs(declared, "", sample, SHEPETIVKA, axes)
    assert choice.projector.swapped is (axes == "yx")
    assert "axes-swapped" not in issues(choice)


def test_axes_have_two_orders():
    with pytest.raises(UnusableOption):
        choose_crs(NOT_STATED, "", np.array([[27.0, 50.0]]), None, "north first")


def test_swapped_axes_of_a_real_map_of_problems(run_import, shared_data):
    path = shared_data / "ua-ecomap-swapped-axes" / "problems_as_stored.geojson"
    as_it_is = run_import(path, layer="untouched")
    assert "axes-doubtful" in {issue.code for issue in as_it_is.issues}
    result = run_import(path, axes="yx", layer="turned")
    assert (result.added, result.rejected) == (158, 0)
    inside = UKRAINE.holds(np.array([geom.coords for geom in places("turned").values()]))
    assert inside.mean() > 0.95


def test_the_community_is_the_layer_boundary_else_all_public_layers(run_import, write_geojson):
    def square(west, south, size):
        ring = [[west, south], [west + size, south], [west + size, south + size], [west, south]]
        return feature({"type": "Polygon", "coordinates": [ring]}, {"id": 1})

    assert find_community() is None
    run_import(write_geojson(square(27, 50, 1)), layer="districts", kind="territory")
    run_import(write_geojson(square(35, 48, 1)), layer="secret", visibility="staff")
    found = find_community()
    assert (found.west, found.east) == pytest.approx((27, 28), abs=1e-4)
    run_import(write_geojson(square(30, 50, 0.5)), layer="boundary", kind="territory")
    found = find_community()
    assert (found.west, found.north) == pytest.approx((30, 50.5), abs=1e-4)


def test_a_new_layer_of_a_known_community_tells_when_it_lies_elsewhere(run_import, write_geojson):
    first = write_geojson(*(feature((27.07 + i / 1000, 50.18), {"id": i}) for i in range(3)))
    assert codes(run_import(first, layer="boundary")) == []
    other = write_geojson(feature((24.0, 49.8), {"id": 1}), name="other.geojson")
    result = run_import(other, consent=Consent(everything=True))
    assert [issue.code for issue in result.issues] == ["outside-community"]
