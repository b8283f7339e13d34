"""Pages of a layer and of its features."""

import re
from itertools import chain

import pytest
from django.contrib.gis.geos import GEOSGeometry

from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.services import add_feature, edit_feature


def test_layer_page_has_passport_schema_downloads_and_services(reader, halls):
    text = reader.read("/layers/halls/")
    for part in ("Де збираються мешканці.", "Міська рада", "Щомісяця", "CC-BY-4.0", "seats"):
        assert part in text
    page = reader.get("/layers/halls/")
    for known in DOWNLOAD_FORMATS:
        assert f'href="/data/halls.{known.extension}"' in page
    assert "http://testserver/tiles/halls.json" in page
    assert "2 об’єкти" in text


@pytest.mark.parametrize("path", ["/layers/halls/", "/data/"])
def test_every_address_for_programs_answers(client, reader, halls, path):
    addresses = re.findall(r'readonly value="http://testserver([^"]+)"', reader.get(path))
    assert [url for url in addresses if url.endswith("style.json")]
    assert [url for url in addresses if client.get(url).status_code != 200] == []


def test_table_leads_to_features_and_shows_numbers_as_people_write_them(reader, halls):
    page = reader.get("/layers/halls/")
    assert '<a href="/layers/halls/1/">Клуб 1</a>' in page
    assert "12\u202f345" in page


def test_hidden_features_and_internal_attributes_are_on_no_page(reader, halls):
    for path in ("/layers/halls/", "/layers/halls/1/"):
        page = reader.get(path)
        for secret in ("Прихований", "Охоронець", "guard", "Клуб secret"):
            assert secret not in page
    assert "Тут нічого немає" in reader.read("/layers/halls/secret/", 404)


def test_staff_see_hidden_features_of_their_layers(client, reader, halls, officer):
    client.force_login(officer)
    assert "Клуб secret" in reader.read("/layers/halls/")
    assert "Клуб secret" in reader.read("/layers/halls/secret/")


def test_layer_that_is_not_public_is_not_found(reader, make_layer):
    make_layer("plans", visibility="staff")
    for path in ("/layers/plans/", "/layers/plans/1/", "/layers/none/", "/data/plans/"):
        reader.get(path, 404)


def test_pages_of_the_table_follow_one_another_both_ways(reader, make_layer):
    layer = make_layer("trees")
    for number in range(45):
        place = GEOSGeometry("POINT(30 50)", srid=4326)
        add_feature(
            layer=layer, key=f"k{number:02}", geom=place, values={"species": f"Дуб {number:02}"}
        )
    seen, path = [], "/layers/trees/"
    while path:
        page = reader.get(path)
        seen.append(re.findall(r">Дуб (\d\d)</a>", page))
        following = re.search(r'href="(\?after=\d+)#', page)
        path = f"/layers/trees/{following[1]}" if following else ""
    assert [len(rows) for rows in seen] == [20, 20, 5]
    assert list(chain.from_iterable(seen)) == [f"{number:02}" for number in range(45)]
    back = re.search(r'href="(\?before=\d+)#', page)
    middle = reader.get(f"/layers/trees/{back[1]}")
    assert re.findall(r">Дуб (\d\d)</a>", middle) == seen[1]
    assert 'href="?after=' in middle
    assert 'href="?before=' in middle


def test_page_number_that_is_no_number_is_refused_kindly(reader, halls):
    assert "Цього не вдалося зробити" in reader.read("/layers/halls/?after=x", 400)


def test_feature_page_tells_values_place_and_territories(reader, halls, make_layer):
    districts = make_layer(
        "districts", kind="territory", geometry_type="polygon", title_uk="Райони"
    )
    area = GEOSGeometry("POLYGON((30 50, 31 50, 31 51, 30 51, 30 50))", srid=4326)
    add_feature(layer=districts, key="d", geom=area, values={"species": "Північний"})
    text = reader.read("/layers/halls/1/")
    for part in ("Клуб 1", "Місць", "50.40000, 30.10000", "Райони", "Північний"):
        assert part in text
    page = reader.get("/layers/halls/1/")
    assert 'href="/layers/districts/d/"' in page
    assert 'href="/#feature=halls%2F1"' in page


def test_history_tells_what_changed_and_not_what_is_internal(reader, halls):
    edit_feature(layer=halls, key="1", values={"name": "Палац", "guard": "Петро Прихований"})
    edit_feature(layer=halls, key="1", values={"guard": "Ще хтось"})
    edit_feature(
        layer=halls, key="1", geom=GEOSGeometry("POINT(30.2 50.4)", srid=4326), keep_geom=False
    )
    text = reader.read("/layers/halls/1/")
    assert text.count("Змінено") == 2
    assert "Назва: Клуб 1 → Палац" in text
    assert "Місце уточнено." in text
    assert "Додано" in text
    assert "Прихований" not in text
    assert "Охоронець" not in text


def test_feature_without_a_place_says_so(reader, halls):
    add_feature(layer=halls, key="nowhere", geom=None, values={"name": "Мандрівний"})
    assert "не має місця на карті" in reader.read("/layers/halls/nowhere/")


@pytest.mark.parametrize("key", ["a/b", "15-А", "с п", "q?x=1", "100%"])
def test_any_key_has_a_page_and_a_link_to_it(reader, halls, key):
    add_feature(
        layer=halls, key=key, geom=GEOSGeometry("POINT(30 50)", srid=4326), values={"name": "Дім"}
    )
    links = re.findall(r'<a href="(/layers/halls/[^"]+)">Дім</a>', reader.get("/layers/halls/"))
    assert len(links) == 1
    assert "Дім" in reader.read(links[0])


def test_values_are_text_never_markup(reader, halls):
    edit_feature(layer=halls, key="1", values={"name": "<img src=x onerror=alert(1)>Клуб"})
    for path in ("/layers/halls/", "/layers/halls/1/", "/?q=клуб"):
        assert "<img" not in reader.get(path)


def test_table_of_many_rows_costs_as_many_queries_as_of_one(
    reader, halls, django_assert_num_queries, django_assert_max_num_queries
):
    reader.get("/layers/halls/")
    with django_assert_max_num_queries(9) as few:
        reader.get("/layers/halls/")
        cost = len(few)
    for number in range(15):
        place = GEOSGeometry("POINT(30 50)", srid=4326)
        add_feature(layer=halls, key=f"k{number}", geom=place, values={"name": "Дім"})
    reader.get("/layers/halls/")
    with django_assert_num_queries(cost):
        reader.get("/layers/halls/")
