"""The map's page as the server writes it: useful without scripts, silent about the internal."""

import json
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.gis.geos import GEOSGeometry

from geoportal.accounts.models import User
from layers.services import add_feature

CONFIG = re.compile(r'<script id="map-config" type="application/json">(.*?)</script>', re.DOTALL)


def read_config(reader: Any, path: str = "/") -> dict[str, Any]:
    """What the page brings itself, and the document that it names."""
    found = CONFIG.search(reader.get(path))
    assert found is not None
    brought = dict(json.loads(found[1]))
    return brought | dict(json.loads(reader.get(brought["document"])))


def test_layers_stand_by_theme_with_switch_count_and_page(reader, halls):
    page = reader.get("/")
    assert re.search(r"<legend[^>]*>Дозвілля</legend>", page)
    assert re.search(r'<input[^>]*type="checkbox"[^>]*value="halls"[^>]*checked', page)
    assert 'href="/layers/halls/"' in page
    assert '<span class="layer-count">2</span>' in page


def test_scripts_get_schema_bounds_and_words_with_one_request(reader, halls):
    config = read_config(reader)
    [layer] = config["layers"]
    assert [field["name"] for field in layer["fields"]] == ["name", "seats", "site"]
    assert config["bounds"] == pytest.approx([30.1, 50.4, 30.1, 50.4])
    assert config["words"]["Try again"] == "Спробувати ще раз"


def test_map_opens_on_the_community_s_boundary(reader, halls, make_layer):
    boundary = make_layer(
        "boundary", kind="territory", geometry_type="polygon", fields=(), title_field=""
    )
    area = GEOSGeometry("POLYGON((30 50, 31 50, 31 51, 30 51, 30 50))", srid=4326)
    add_feature(layer=boundary, geom=area, values={}, key="1")
    assert read_config(reader)["bounds"] == [30, 50, 31, 51]


def test_nothing_internal_or_hidden_is_on_the_page(reader, halls, make_layer):
    make_layer("plans", visibility="staff", title_uk="Задуми")
    page = reader.get("/") + reader.get("/?q=клуб") + reader.get("/data/")
    for secret in ("guard", "Охоронець", "Прихований", "secret", "plans", "Задуми"):
        assert secret not in page


def test_ground_is_drawn_but_not_offered(reader, halls, make_layer):
    make_layer("streets", is_basemap=True, title_uk="Вулиці")
    page = reader.get("/")
    assert 'value="streets"' not in page
    assert {"halls", "streets"} == {layer["slug"] for layer in read_config(reader)["layers"]}


def test_page_has_no_script_or_style_of_its_own_inside(reader, halls):
    for path in ("/", "/data/", "/layers/halls/", "/layers/halls/1/", "/accounts/login/"):
        page = reader.get(path)
        assert not re.search(r"\sstyle=|\son\w+=|<style", page), path
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or 'type="application/json"' in tag


def test_policy_lets_nothing_in_from_outside(client, halls):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    assert not re.search(r"https?:", policy)


def test_search_works_without_scripts(reader, halls):
    found = reader.get("/?q=КЛYБ")  # with a Latin Y
    assert 'href="/layers/halls/1/"' in found
    assert "нічого не знайдено" in reader.read("/?q=щщщщ")


def test_empty_community_is_told_what_will_come(reader, db):
    assert "Шарів ще немає" in reader.read("/")
    assert read_config(reader)["bounds"] is None


def test_demo_says_that_the_community_is_invented(reader, halls, settings):
    settings.DEMO = True
    assert "Вигадана громада для показу" in reader.read("/")
    settings.DEMO = False
    assert "Вигадана громада" not in reader.read("/")


def test_page_of_many_layers_costs_as_many_queries_as_of_one(
    reader, halls, make_layer, django_assert_num_queries, django_assert_max_num_queries
):
    reader.get("/")
    with django_assert_max_num_queries(6) as few:
        reader.get("/")
        cost = len(few)
    for number in range(10):
        make_layer(f"layer{number}")
    reader.get("/")
    with django_assert_num_queries(cost):
        reader.get("/")


def test_who_has_not_confirmed_the_e_mail_is_told_above_the_map(client, halls):
    assert 'id="map-notice"' not in client.get("/").content.decode()
    user = User.objects.create_user("new@example.org", "correct horse")
    client.force_login(user)
    assert 'id="map-notice"' in client.get("/").content.decode()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert 'id="map-notice"' not in client.get("/").content.decode()
