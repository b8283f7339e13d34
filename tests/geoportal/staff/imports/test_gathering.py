"""Files that were dropped together, and which of them are one."""

from geoportal.staff.imports.gathering import gather
from geoportal.uploads.models import Upload


def group(*names):
    return gather([Upload(name=name) for name in names])


def list_names(*names):
    return [[upload.name for upload in each.uploads] for each in group(*names)]


def test_parts_of_a_shapefile_are_one_import_and_the_rest_stands_alone():
    assert list_names("trees.dbf", "parks.csv", "trees.shp", "Trees.SHX", "roads.gpkg") == [
        ["trees.dbf", "trees.shp", "Trees.SHX"],
        ["parks.csv"],
        ["roads.gpkg"],
    ]


def test_two_shapefiles_are_two():
    assert len(group("a.shp", "b.shp", "a.dbf", "b.dbf")) == 2


def test_people_see_the_name_of_the_main_part():
    assert [each.name for each in group("a.dbf", "a.shp")] == ["a.shp"]
    assert [each.name for each in group("дерева.csv")] == ["дерева.csv"]
