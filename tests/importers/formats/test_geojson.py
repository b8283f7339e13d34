"""GeoJSON as it is written, not only as it should be."""

import json

import pytest

from importers.errors import UnusableFile
from layers.models import Layer
from tests.importers.conftest import codes, counts, feature, places, stored

PLACE = (29.24, 48.68)


def test_a_collection_becomes_a_layer_with_the_schema_of_its_values(run_import, write_geojson):
    path = write_geojson(
        feature(PLACE, {"id": 1, "name": "Дуб", "height": 12.5, "old": True, "tags": {"a": [1]}}),
        feature(PLACE, {"id": 2, "name": "Клен", "height": 7, "old": None, "tags": ["x"]}),
    )
    result = run_import(path)
    layer = Layer.objects.get(slug="things")
    assert counts(result) == (2, 0, 0, 0)
    assert {field.name: field.type for field in layer.fields.all()} == {
        "id": "integer",
        "name": "text",
        "height": "number",
        "old": "boolean",
        "tags": "json",
    }
    assert (layer.key_field, layer.title_field, layer.geometry_type) == ("id", "name", "point")
    assert stored()["2"] == {"id": 2, "name": "Клен", "height": 7, "old": None, "tags": ["x"]}


def test_mixed_numbers_and_text_become_text_without_quotes(run_import, write_geojson):
    houses = [2, "11а", "9/9", 1.5, None, True]
    run_import(
        write_geojson(*(feature(PLACE, {"id": i, "house": h}) for i, h in enumerate(houses)))
    )
    found = [stored()[str(i)]["house"] for i in range(len(houses))]
    assert found == ["2", "11а", "9/9", "1.5", None, "true"]


def test_letters_that_need_escaping_arrive_as_they_are(run_import, write_geojson):
    texts = ['«"лапки"»', "a\\b", "tab\there", "line\nbreak\r", "\u0001\u001f", "\\.", "\\N", "💡"]
    run_import(
        write_geojson(*(feature(PLACE, {"id": i, "t": text}) for i, text in enumerate(texts)))
    )
    assert [stored()[str(i)]["t"] for i in range(len(texts))] == texts


def test_what_postgresql_cannot_hold_is_left_out_of_text(run_import, tmp_path):
    path = tmp_path / "things.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
        '"properties":{"id":1,"t":"a\\u0000b\\ud800"}}]}'
    )
    run_import(path)
    assert stored()["1"]["t"] == "ab?"


def test_a_key_beside_an_attribute_called_id_is_not_lost(run_import, write_geojson):
    first = write_geojson(
        feature(PLACE, {"id": 7}, id="north"),
        feature(PLACE, {"id": 7}, id="south"),
    )
    result = run_import(first)
    assert result.key_origin == "beside"
    assert set(stored()) == {"north", "south"}
    second = write_geojson(feature(PLACE, {"id": 8}, id="south"))
    assert counts(run_import(second)) == (0, 1, 0, 0)


def test_numbers_that_a_program_put_beside_features_are_no_keys(run_import, write_geojson):
    plain = [feature((29.2 + i / 100, 48.6), {"name": f"№{i}"}) for i in range(3)]
    assert run_import(write_geojson(*plain)).key_origin == "content"
    numbered = [one | {"id": number} for number, one in enumerate(plain)]
    assert counts(run_import(write_geojson(*numbered))) == (0, 0, 0, 3)


def test_unreadable_geometry_is_reported_and_the_rest_is_loaded(run_import, write_geojson):
    result = run_import(
        write_geojson(
            feature(PLACE, {"id": 1}),
            feature({"type": "Pint", "coordinates": [1, 2]}, {"id": 2}),
            feature({"type": "Point", "coordinates": ["29", "48"]}, {"id": 3}),
            feature({"type": "LineString", "coordinates": [[29, 48], [29, None]]}, {"id": 4}),
            feature({"type": "Point", "coordinates": [29]}, {"id": 5}),
            "no feature",
            feature(PLACE, {"id": 7}),
        )
    )
    assert set(stored()) == {"1", "7"}
    assert (result.rows, result.rejected) == (7, 5)
    assert codes(result) == [
        (2, "unreadable-geometry"),
        (3, "unreadable-geometry"),
        (4, "unreadable-geometry"),
        (5, "unreadable-geometry"),
        (6, "unreadable-feature"),
    ]
    assert result.issues[-2].key == "5"


def test_empty_and_missing_geometry_is_kept_without_a_place(run_import, write_geojson):
    result = run_import(
        write_geojson(
            feature(None, {"id": 1}),
            feature({"type": "Point", "coordinates": []}, {"id": 2}),
            feature({"type": "GeometryCollection", "geometries": []}, {"id": 3}),
            feature(PLACE, {"id": 4}),
        )
    )
    assert codes(result) == [(1, "no-geometry"), (2, "no-geometry"), (3, "no-geometry")]
    assert [geom is None for geom in places().values()] == [True, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"Feature","properties":{"id":5},"geometry":{"type":"Point","coordinates":[29,48]}}',
        '{"type":"Point","coordinates":[29,48]}',
        '\x1e{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[29,48]}}\n'
        '\x1e{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[29,49]}}\n',
        '{"features":[{"type":"Feature","properties":null,"geometry":null}],"type":"FeatureCollection"}',
        '\ufeff{"type":"FeatureCollection","features":[{"geometry":null}]}',
    ],
)
def test_every_shape_of_text_that_holds_features_is_read(run_import, write_text, text):
    assert run_import(write_text(text, "things.json")).rejected == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"prop',
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]',
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null},]}',
        '{"type":"FeatureCollection","features":[{"geometry":null}]} and more',
        '{"a": 1}',
        '{"type": "Topology", "objects": {}}',
        "{",
    ],
)
def test_half_a_file_and_other_json_are_refused_whole(run_import, write_text, text):
    with pytest.raises(UnusableFile):
        run_import(write_text(text, "things.json"))
    assert not Layer.objects.filter(slug="things").exists()


def test_a_text_longer_than_the_piece_that_is_read_at_once(run_import, tmp_path):
    long = "Ж" * 3_000_000
    path = tmp_path / "things.geojson"
    features = [feature(PLACE, {"id": i, "t": long if i == 1 else "x"}) for i in range(3)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    run_import(path)
    assert stored()["1"]["t"] == long


def test_columns_that_appear_late_are_null_before(run_import, write_geojson):
    many = [feature(PLACE, {"id": i}) for i in range(17_000)]
    run_import(write_geojson(*many, feature(PLACE, {"id": 17_000, "late": "так"})))
    found = stored()
    assert found["0"] == {"id": 0, "late": None}
    assert found["17000"] == {"id": 17000, "late": "так"}


def test_geojson_in_cp1251_is_recognised(run_import, write_text):
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [feature(PLACE, {"id": 1, "назва": "вулиця Шепетівська, ґанок"})],
        },
        ensure_ascii=False,
    )
    result = run_import(write_text(text, "things.geojson", "cp1251"))
    assert result.encoding.name == "cp1251"
    assert stored()["1"]["назва"] == "вулиця Шепетівська, ґанок"


def test_large_and_strange_numbers_keep_their_value(run_import, tmp_path):
    path = tmp_path / "things.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":['
        '{"type":"Feature","geometry":null,"properties":{"id":1,"big":12345678901234567890,'
        '"whole":9223372036854775807,"tiny":1e-7,"nan":NaN}},'
        '{"type":"Feature","geometry":null,"properties":{"id":2,"big":1,"whole":-1,"tiny":2.5}}]}'
    )
    run_import(path)
    assert stored()["1"] == {
        "id": 1,
        "big": "12345678901234567890",
        "whole": 9223372036854775807,
        "tiny": 1e-7,
        "nan": None,
    }


def test_strange_names_and_structures_are_kept_as_far_as_the_database_can(run_import, tmp_path):
    path = tmp_path / "things.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":'
        '{"id":1,"":2,"@id":"way/1","name:uk":"Дуб","\\ud800":3,"a\\u0000b":4,'
        '"tags":{"y":["\\\\"]}}},{"type":"Feature","geometry":null,"properties":'
        '{"id":2,"tags":{"x":"\\u0000"}}}]}',
        encoding="utf-8",
    )
    result = run_import(path)
    assert [code for code in codes(result) if code[1] != "no-geometry"] == [(2, "invalid-value")]
    assert stored()["1"] == {
        "id": 1,
        "column_2": 2,
        "@id": "way/1",
        "name:uk": "Дуб",
        "?": 3,
        "ab": 4,
        "tags": {"y": ["\\"]},
    }


def test_a_long_name_is_cut_and_still_filled(run_import, write_geojson):
    run_import(write_geojson(feature(PLACE, {"id": 1, "ж" * 200: "так"})))
    assert stored()["1"]["ж" * 120] == "так"
