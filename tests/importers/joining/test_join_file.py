"""Files joined past the database get the answers of the database, and of shapely."""

import csv
import io

import geopandas
import pytest
import shapely
from django.core.management import CommandError, call_command

from importers.joining import frames
from layers.joining.places import write_joined
from layers.models import Feature, Layer
from tests.layers.joining.test_joining import draw_areas, draw_points
from tests.layers.reading.test_territories import answer_by_shapely

pytestmark = pytest.mark.django_db


def write_file(path, keys, shapes, crs="EPSG:4326", **columns):
    frame = geopandas.GeoDataFrame({"uid": keys} | columns, geometry=list(shapes), crs=crs)
    frame.to_file(path)
    return path


def read_joined(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def drawn():
    """Overlaps, holes, enclaves and slanted shared borders; points on and beside all of them."""
    areas = draw_areas(3)
    areas["я-над-усім"] = shapely.box(30.02, 50.02, 30.28, 50.18)
    corners = [shapely.Point(x, y) for x in (30.02, 30.05, 30.1, 30.28) for y in (50.02, 50.1)]
    return areas, [*draw_points(areas, 3, 120), *corners]


@pytest.fixture(scope="module")
def files(drawn, tmp_path_factory):
    areas, points = drawn
    folder = tmp_path_factory.mktemp("files")
    names = [f"Назва {key}" for key in areas]
    return (
        write_file(folder / "places.gpkg", [f"p{n}" for n in range(len(points))], points),
        write_file(folder / "areas.gpkg", list(areas), areas.values(), name=names),
    )


@pytest.mark.parametrize("flags", [(), ("--dask",)])
def test_a_file_gets_the_answers_of_shapely_on_borders_too(
    drawn, files, tmp_path, monkeypatch, flags
):
    monkeypatch.setattr(frames, "ROWS_A_FRAME", 300)  # several frames
    areas, points = drawn
    joined = tmp_path / "joined.csv"
    call_command("join_file", *files, joined, "--areas-title=name", *flags)
    rows = read_joined(joined)
    assert [row["key"] for row in rows] == [f"p{n}" for n in range(len(points))]
    for area in areas.values():
        shapely.prepare(area)
    expected = answer_by_shapely(areas, points)
    assert [row["territory"] or None for row in rows] == expected
    assert {None, "я-над-усім", "hole1"} < set(expected)
    assert all(row["title"] == (row["territory"] and f"Назва {row['territory']}") for row in rows)
    assert [path.name for path in tmp_path.iterdir()] == ["joined.csv"]


def test_a_file_gets_the_answers_of_the_database(files, tmp_path, run_import):
    places, areas = files
    run_import(places, layer="places", visibility="public")
    run_import(areas, layer="areas", kind="territory", visibility="public")
    written = io.BytesIO()
    layers = {layer.slug: layer for layer in Layer.objects.all()}
    write_joined(layers["places"], layers["areas"], list(Feature.Visibility.values), written)
    lines = csv.DictReader(io.StringIO(written.getvalue().decode()))
    by_database = {row["key"]: row["territory"] for row in lines}
    call_command("join_file", places, areas, tmp_path / "joined.csv")
    by_files = {row["key"]: row["territory"] for row in read_joined(tmp_path / "joined.csv")}
    assert by_files == by_database
    assert len(by_files) > 700


def test_other_formats_coordinate_systems_and_extents_are_joined(tmp_path, write_geojson, capsys):
    areas = write_geojson(
        {"type": "Feature", "properties": {"uid": "a"},
         "geometry": shapely.geometry.mapping(shapely.box(30, 50, 30.1, 50.1))},
        name="areas.geojson",
    )  # fmt: skip
    table = tmp_path / "places.csv"
    table.write_text("name,lon,lat\nперше,30.05,50.05\nдруге,30.5,50.5\nтретє,,\n", "utf-8")
    call_command("join_file", table, areas, tmp_path / "joined.csv")
    rows = read_joined(tmp_path / "joined.csv")
    assert [tuple(row.values()) for row in rows] == [("1", "a", "a"), ("2", "", ""), ("3", "", "")]
    assert "3" in capsys.readouterr().err  # the row without a place is told
    houses = geopandas.GeoSeries(
        [shapely.box(30.01, 50.01, 30.02, 50.02), shapely.LineString([(30.3, 50), (30.4, 50)])],
        crs="EPSG:4326",
    ).to_crs("EPSG:6383")
    file = write_file(tmp_path / "houses.gpkg", ["h1", "h2"], houses, crs="EPSG:6383")
    call_command("join_file", file, areas, tmp_path / "joined.csv")
    assert [row["territory"] for row in read_joined(tmp_path / "joined.csv")] == ["a", ""]


def test_what_cannot_be_joined_is_refused_and_nothing_is_written(files, tmp_path, write_geojson):
    places, areas = files
    square = shapely.box(30, 50, 30.1, 50.1)
    twice = write_file(tmp_path / "twice.gpkg", ["a", "a"], [square, square])
    unnamed = write_file(tmp_path / "unnamed.gpkg", [1.5, 1.5], [square, square])
    joined = tmp_path / "out" / "joined.csv"
    joined.parent.mkdir()
    for arguments in (
        (places, places, joined),  # no areas
        (places, twice, joined, "--areas-key=uid"),
        (places, unnamed, joined),
        (places, areas, joined, "--areas-key=none"),
        (places, areas, joined, "--areas-title=none"),
        (places, tmp_path / "nothing.gpkg", joined),
        (tmp_path / "nothing.gpkg", areas, joined),
        (places, areas, tmp_path / "none" / "joined.csv"),
    ):
        with pytest.raises(CommandError) as raised:
            call_command("join_file", *arguments)
        assert raised.value.returncode == 2
        assert len(str(raised.value)) > 15
    assert list(joined.parent.iterdir()) == []


def test_no_places_at_all_give_the_heading_alone(files, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("uid,lon,lat\n", "utf-8")
    for flags in ((), ("--dask",)):
        call_command("join_file", empty, files[1], tmp_path / "joined.csv", *flags)
        assert (tmp_path / "joined.csv").read_text() == "key,territory,title\n"
