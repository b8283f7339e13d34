"""Numbers of attributes arrive in tiles as the numbers they are."""

import json
import math

import pytest
import shapely
from mapbox_vector_tile import decode

from layers.models import Changeset
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.tiles.decoding import find_tile
from tiles.layer_source import LayerSource
from tiles.sources import read_tile

pytestmark = pytest.mark.django_db
PLACE = (30.48, 50.405)
# As they stand in the file, and the value and the type that a reader of the tile has to get.
NUMBERS = {
    "1e-07": 1e-07,
    "-1e-07": -1e-07,
    "0.00000011": 1.1e-07,
    "3.0000001": 3.0000001,
    "-2.00000005": -2.00000005,
    "2.9999999": 2.9999999,
    "123456789.0000001": 123456789.0000001,
    "1.5": 1.5,
    "5.0": 5,
    "-0.0": 0,
    "0": 0,
    "42": 42,
    "9007199254740993": 9007199254740993,
    "-9223372036854775808": -9223372036854775808,
    "9223372036854775807": 9223372036854775807,
    "9223372036854775808": 9223372036854775808.0,
    "1e19": 1e19,
    "1e300": 1e300,
    "-1e300": -1e300,
    "1e-320": 1e-320,
    '"NaN"': "NaN",
    '"Infinity"': "Infinity",
    '"007"': "007",
    "true": True,
    "null": None,
}


# Some are names that the statements of tiles have themselves.
NAMES = ("height", "id", "geom", "shape", "key", "attributes", "exact_0", "Висота, м")
TOO_LONG = "назва, якої жоден стовпець не може мати"


def read_numbers(trees, name, z):
    """What the tile of this zoom says of `name`, by the text of the number."""
    source = LayerSource(trees, ("public",))
    layers = decode(read_tile(find_tile(z, *PLACE), [source]).body)
    features = layers["trees"]["features"]
    assert len(features) == len(NUMBERS), (name, z)
    texts = dict(enumerate(NUMBERS))
    return {
        texts[int(each["properties"]["_key"])]: each["properties"].get(name) for each in features
    }


def plant_numbers(trees, name):
    """The style reads the attribute; as points of the ground all are drawn at each zoom."""
    paint = {"circle-radius": ["get", name]}
    trees.style = {"light": [{"type": "circle", "paint": paint}]}
    trees.is_basemap = True
    trees.min_zoom = 0
    trees.save()
    rows = [
        StagedRow(str(n), shapely.Point(*PLACE).wkb_hex, f"{{{json.dumps(name)}: {text}}}")
        for n, text in enumerate(NUMBERS)
    ]
    apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)


def test_numbers_in_tiles_are_those_of_the_attributes(trees):
    for name in NAMES:
        plant_numbers(trees, name)
        for z in (10, 15):
            found = read_numbers(trees, name, z)
            for text, value in NUMBERS.items():
                said = (name, z, text, found[text])
                assert found[text] == value, said
                assert type(found[text]) is type(value), said


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_what_no_column_can_be_named_is_as_near_as_mvt_has_it(trees):
    plant_numbers(trees, TOO_LONG)
    found = read_numbers(trees, TOO_LONG, 15)
    for text, value in NUMBERS.items():
        near = (
            math.isclose(found[text], value, rel_tol=1e-15, abs_tol=2e-7)
            if is_number(value)
            else found[text] == value
        )
        assert near, (text, found[text])
