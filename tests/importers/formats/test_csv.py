"""Tables: delimiters, encodings, decimal commas, coordinates, types of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.errors import UnusableFile, UnusableOption
from importers.formats.tables.coordinates import parse_coordinate
from importers.formats.tables.headings import name_columns
from layers.models import Layer
from tests.importers.conftest import codes, places, stored


def types(slug="things"):
    return {field.name: field.type for field in Layer.objects.get(slug=slug).fields.all()}


def test_a_table_from_ukrainian_excel(run_import, write_text):
    path = write_text(
        "id;Назва;Довгота;Широта;Висота, м;Дата;ЄДРПОУ;Діє;Кількість\r\n"
        "1;Дуб «Богатир»;26,98;49,42;12,5;20.11.2026;01234567;так;3\r\n"
        '2;"Липа; стара";26,99;49,43;;01.02.2025;22218998;ні;4\r\n',
        encoding="cp1251",
    )
    result = run_import(path)
    assert result.encoding.name == "cp1251"
    assert types() == {
        "id": "integer",
        "Назва": "text",
        "Висота, м": "number",
        "Дата": "date",
        "ЄДРПОУ": "text",
        "Діє": "boolean",
        "Кількість": "integer",
    }
    assert stored()["1"] == {
        "id": 1,
        "Назва": "Дуб «Богатир»",
        "Висота, м": 12.5,
        "Дата": "2026-11-20",
        "ЄДРПОУ": "01234567",
        "Діє": True,
        "Кількість": 3,
    }
    assert stored()["2"]["Висота, м"] is None
    assert places()["1"].coords == (26.98, 49.42)
    assert Layer.objects.get(slug="things").title_field == "Назва"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8_u", "cp1125"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter(run_import, write_text, encoding, delimiter):
    head = delimiter.join(["id", "lon", "lat", "вулиця"])
    row = delimiter.join(["7", "30.5", "50.4", "вулиця Соборна міста Шепетівка"])
    result = run_import(write_text(f"{head}\n{row}\n", encoding=encoding))
    assert stored() == {"7": {"id": 7, "вулиця": "вулиця Соборна міста Шепетівка"}}
    assert result.rejected == 0


def test_a_stated_encoding_is_believed_or_refused(run_import, write_text):
    path = write_text("id,lon,lat,n\n1,30,50,вулиця\n", encoding="cp1251")
    with pytest.raises(UnusableFile):
        run_import(path, encoding="utf-8")
    with pytest.raises(UnusableOption):
        run_import(path, encoding="klingon")
    assert run_import(path, encoding="windows-1251").encoding.name == "cp1251"


def test_rows_are_numbered_as_in_the_file(run_import, write_text):
    path = write_text(
        'id,lon,lat,n\n1,30,50,"two\nlines"\n2,30\n3,30,50,x,y\n\n4,abc,50,x\n5,,,x\n6,30,50,z\n'
    )
    result = run_import(path)
    assert set(stored()) == {"1", "5", "6"}
    assert codes(result) == [
        (2, "wrong-cells"),
        (3, "wrong-cells"),
        (4, "unreadable-coordinates"),
        (5, "no-geometry"),
    ]
    assert (result.rows, result.added, result.rejected) == (6, 3, 3)
    assert stored()["1"]["n"] == "two\nlines"


def test_coordinates_outside_the_world_and_halves_are_refused(run_import, write_text):
    good = "".join(f"g{i},30.{i},50.1\n" for i in range(60))
    path = write_text(f"id,lon,lat\n{good}a,30,\nb,300,50\nc,30,86\nd,1e999,50\n")
    result = run_import(path)
    assert codes(result) == [
        (61, "unreadable-coordinates"),
        (62, "outside-world"),
        (63, "outside-world"),
        (64, "unreadable-coordinates"),
    ]
    assert [issue.key for issue in result.issues[-4:]] == ["a", "b", "c", "d"]


def test_a_digit_in_the_wrong_place_is_noticed(run_import, write_text):
    rows = "".join(f"{i},32.30{i:02d},48.5\n" for i in range(40))
    result = run_import(write_text(f"id,lon,lat\n{rows}40,23.302637,48.5\n"))
    assert codes(result) == [(41, "far-away")]
    assert "40" in stored()


def test_wkt_goes_before_coordinates(run_import, write_text):
    path = write_text(
        "id,lon,lat,wkt\n"
        "1,30,50,\n"
        '2,,,"LINESTRING (30 50, 31 51)"\n'
        '3,,,"POLYGON ((30 50, 31 50, 31 51))"\n'
        '4,,,"SRID=4326;POINT Z (30 50 7)"\n'
        "5,,,nonsense\n"
        '6,,,"{""type"": ""Point"", ""coordinates"": [30.5, 50.5]}"\n'
    )
    result = run_import(path)
    assert [geom.geom_type for geom in places().values()] == [
        "Point",
        "LineString",
        "Polygon",
        "Point",
        "Point",
    ]
    assert codes(result) == [
        (3, "ring-closed"),
        (5, "unreadable-geometry"),
        (None, "heights-dropped"),
    ]
    assert Layer.objects.get(slug="things").geometry_type == "mixed"


def test_degrees_minutes_seconds(run_import, write_text):
    path = write_text(
        "Реєстраційний номер;Назва;Широта;Довгота\n"
        'Ф-1;Смородина;"N 50° 23’ 39""";"E 27° 2’ 9"""\n'
        "Ф-2;Устимівське;50°22'10\"N;27°15'29\"E\n"
    )
    run_import(path)
    assert places()["Ф-1"].coords == pytest.approx((27 + 2 / 60 + 9 / 3600, 50.394166667))
    assert places()["Ф-2"].coords == pytest.approx((27 + 15 / 60 + 29 / 3600, 50.369444444))


def test_named_columns_of_coordinates(run_import, write_text):
    path = write_text("id,east,height_above,north,wgs_l,wgs_b\n1,0,5,0,30.5,50.4\n")
    run_import(path, lon="WGS_L", lat="wgs_b")
    assert places()["1"].coords == (30.5, 50.4)
    assert stored()["1"] == {"id": 1, "east": 0, "height_above": 5, "north": 0}
    with pytest.raises(UnusableOption):
        run_import(path, lon="wgs_l", lat="nothing")
    with pytest.raises(UnusableOption):
        run_import(path, lon="wgs_l")


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "1,2,3\n4,5,6\n", "id,name\n1,Дуб\n", 'id,lon,lat\n1,30,"50\n2,30,50\n'],
)
def test_what_is_no_table_of_places_is_refused(run_import, write_text, text):
    with pytest.raises(UnusableFile):
        run_import(write_text(text))
    assert not Layer.objects.filter(slug="things").exists()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2", ""], "integer"),
        (["1", "2.5", "-3"], "number"),
        (["1,5", "2"], "number"),
        (["007", "12"], "text"),
        (["1", "12345678901234567890"], "text"),
        (["true", "FALSE"], "boolean"),
        (["0", "1"], "integer"),
        (["2026-11-20", "2025-01-01"], "date"),
        (["31.12.2026", "1.2.2025"], "date"),
        (["31.02.2026", "01.02.2025"], "text"),
        (["2020-03-13 00:00:00", "2020-03-14 10:30:00"], "datetime"),
        (["5.3.2", "1.1.1"], "text"),
        (["", ""], "text"),
        (["null", "5"], "integer"),
        ([">80", "30-40"], "text"),
    ],
)
def test_types_of_cells_are_found_over_the_whole_file(run_import, write_text, cells, expected):
    rows = "".join(f'{i},30,50,"{cell}"\n' for i, cell in enumerate(cells))
    run_import(write_text(f"id,lon,lat,value\n{rows}"))
    assert types()["value"] == expected


def test_headings_become_unique_names():
    assert name_columns(["", " a ", "a", "два\nслова", ""]) == [
        "column_1",
        "a",
        "a_2",
        "два слова",
        "column_5",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("48. 49938", 48.49938), ("48,5", 48.5), ("\u22120.5", -0.5), (" 7 ", 7), ("48 5", None),
     ("1.2.3", None), ("1,234.5", None), ("nan", None), ("--1", None), ("٣", None)],
)  # fmt: skip
def test_coordinates_as_people_write_them(text, expected):
    assert parse_coordinate(text) == expected


@given(st.floats(-180, 180, allow_nan=False), st.booleans())
def test_decimal_points_and_commas_mean_the_same(number, comma):
    text = repr(number).replace(".", ",") if comma else repr(number)
    assert parse_coordinate(f" {text} ") == number


@given(
    st.integers(0, 179),
    st.integers(0, 59),
    st.floats(0, 59.9),
    st.sampled_from("'’′ʼ"),
    st.sampled_from(['"', "”", "″", "''", "’’"]),
    st.sampled_from(["N", "S", "E", "W"]),
    st.booleans(),
)
def test_degrees_are_read_however_they_are_marked(
    degrees, minutes, seconds, minute_mark, second_mark, side, before
):
    body = f"{degrees}° {minutes}{minute_mark} {seconds:.3f}{second_mark}"
    text = f"{side} {body}" if before else f"{body} {side}"
    expected = degrees + minutes / 60 + round(seconds, 3) / 3600
    found = parse_coordinate(text)
    assert found is not None
    assert abs(found - (-expected if side in "SW" else expected)) < 1e-9


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_nothing(text):
    found = parse_coordinate(text)
    assert found is None or abs(found) < float("inf")


CURVES = {
    "1": "CIRCULARSTRING(27 50, 27.1 50.1, 27.2 50)",
    "2": "COMPOUNDCURVE((27 50, 27.1 50.1), CIRCULARSTRING(27.1 50.1, 27.2 50.2, 27.3 50.1))",
    "3": "CURVEPOLYGON(CIRCULARSTRING(27 50, 27.1 50.1, 27.2 50, 27.1 49.9, 27 50))",
    "4": "LINESTRING(27 50, 27.1 50.1)",
    "5": "CIRCULARSTRING(27 50, 27.1",
    "6": "CIRCULARSTRING Z (27 50 1, 27.1 50.1 1, 27.2 50 1)",
}


def test_arcs_in_a_cell_become_segments_and_only_bad_ones_are_left_out(run_import, write_text):
    rows = "".join(f'{key};"{wkt}"\n' for key, wkt in CURVES.items())
    result = run_import(write_text(f"id;wkt\n{rows}"))
    linearised = [(row, "curve-linearised") for row in (1, 2, 3, 6)]
    told = [one for one in codes(result) if one[1] != "heights-dropped"]
    assert sorted(told) == sorted([*linearised, (5, "unreadable-geometry")])
    kinds = {key: geom.geom_type for key, geom in places().items()}
    assert kinds == {
        "1": "LineString", "2": "LineString", "3": "Polygon", "4": "LineString", "6": "LineString",
    }  # fmt: skip
    assert len(places()["1"].coords) > 20
