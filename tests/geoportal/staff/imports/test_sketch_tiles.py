"""Where the rows of a file lie, drawn before any of them is in the database."""

import mapbox_vector_tile
import pytest

from geoportal.staff.imports.sketch_tiles import place_sketch, render_tile
from importers.errors import UnusableOption
from importers.formats.opening import OpenOptions, open_source
from importers.sketch import SHAPES_MAX, Sketcher, load_sketch
from tiles.grid import Tile

KYIV = (30.5238, 50.4547)


def draw(path, target, title_place=None):
    with open_source(path, OpenOptions()) as source:
        sketcher = Sketcher(title_place)
        for batch in source.batches():
            sketcher.see(batch)
    sketcher.finish().save(target)
    return target


@pytest.fixture
def trees(tmp_path):
    file = tmp_path / "trees.csv"
    file.write_text("name,lon,lat\nДуб,30.5238,50.4547\nКлен,30.5300,50.4500\nБез місця,,\n")
    return draw(file, tmp_path / "sketch.arrow", title_place=0)


def test_rows_keep_their_numbers_and_titles(trees):
    sketch = load_sketch(trees)
    assert list(sketch.rows) == [1, 2]
    assert sketch.titles == ["Дуб", "Клен"]


def test_a_tile_shows_the_places_under_the_chosen_system(trees):
    placed = place_sketch(trees, "EPSG:4326", swapped=False)
    assert placed.bounds_4326 == pytest.approx((30.5238, 50.4500, 30.5300, 50.4547), abs=1e-3)
    tile = render_tile(placed, Tile(10, 598, 345))
    features = mapbox_vector_tile.decode(tile)["sketch"]["features"]
    assert {feature["properties"]["title"] for feature in features} == {"Дуб", "Клен"}
    assert not mapbox_vector_tile.decode(render_tile(placed, Tile(10, 0, 0)))["sketch"]["features"]


def test_the_other_order_of_axes_lies_elsewhere(trees):
    bounds = place_sketch(trees, "EPSG:4326", swapped=True).bounds_4326
    assert bounds[:2] == pytest.approx((50.45, 30.52), abs=0.01)


def test_metres_under_a_wrong_system_are_drawn_where_that_puts_them(tmp_path):
    file = tmp_path / "metres.csv"
    file.write_text("x,y\n" + "".join(f"{324000 + n},{5592000 + n}\n" for n in range(50)))
    path = draw(file, tmp_path / "metres.arrow")
    right = place_sketch(path, "EPSG:32636", swapped=False)
    assert right.bounds_4326[0] == pytest.approx(30.52, abs=0.02)
    wrong = place_sketch(path, "EPSG:32635", swapped=False)
    assert wrong.bounds_4326[0] == pytest.approx(24.52, abs=0.02)
    nowhere = place_sketch(path, "EPSG:4326", swapped=False)
    assert (nowhere.bounds_4326, nowhere.lost) == (None, 50)


def test_a_code_that_is_none_is_refused_in_words(trees):
    with pytest.raises(UnusableOption):
        place_sketch(trees, "EPSG:1", swapped=False)


def test_of_many_rows_some_are_kept_from_the_whole_file(tmp_path):
    file = tmp_path / "many.csv"
    file.write_text("lon,lat\n" + "".join(f"{20 + n / 5000},50\n" for n in range(50_000)))
    sketch = load_sketch(draw(file, tmp_path / "many.arrow"))
    assert SHAPES_MAX / 2 <= len(sketch.rows) <= SHAPES_MAX
    gaps = {int(gap) for gap in sketch.rows[1:] - sketch.rows[:-1]}
    assert len(gaps) == 1
    assert sketch.rows[-1] > 49_900
