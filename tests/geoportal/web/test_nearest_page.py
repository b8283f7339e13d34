"""«Nearest» without a map and without scripts: kinds, a place, what is found, what to do else."""

import pytest
from django.contrib.gis.geos import GEOSGeometry

from layers.models import Kind, Layer
from layers.reading.search import rebuild_search
from layers.services import add_feature
from tests.geoportal.web.conftest import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds(halls: Layer, make_layer) -> Layer:
    """Halls at 30.1 and at 30.6 (for staff), a street with a name, an empty kind."""
    empty = make_layer("empty", title_uk="Порожньо")
    Kind.objects.create(slug="hall", title_uk="Клуб", title_en="Hall", layer=halls)
    Kind.objects.create(slug="none", title_uk="Нічого", layer=empty)
    add_feature(layer=halls, key="далі/1", values={"name": "Клуб «Далі»"},
                geom=GEOSGeometry("POINT(30.12 50.4)", srid=4326))  # fmt: skip
    rebuild_search(halls)
    return halls


def test_before_a_place_is_known_it_says_what_to_do(kinds, reader: Reader):
    text = reader.read("/nearest/")
    assert "Оберіть, що шукаєте, і скажіть, де ви" in text
    assert "Клуб" in text
    # A kind of which nothing is there is not offered.
    assert "Нічого" not in text
    assert "Скажіть, де ви: напишіть адресу" in reader.read("/nearest/?kinds=hall")


def test_the_list_has_distance_direction_and_leads_to_the_objects(kinds, reader: Reader):
    page = reader.get("/nearest/?kinds=hall&lon=30.11&lat=50.4&from=me")
    text = reader.read("/nearest/?kinds=hall&lon=30.11&lat=50.4&from=me")
    assert "Клуб поруч" in text
    assert "від: ваше місце" in text
    assert text.index("Клуб 1") < text.index("Клуб «Далі»")
    assert "на захід · Клуби" in text
    assert "на схід · Клуби" in text
    assert "710\u00a0м" in page
    assert 'href="/layers/halls/1/"' in page
    assert "secret" not in page
    assert "Прихований" not in page
    for name, value in (("kinds", "hall"), ("lon", "30.110000"), ("lat", "50.400000")):
        assert f"{name}={value}" in page
    assert "open=now" in page


def test_a_place_is_an_address_or_coordinates_in_either_order(kinds, reader: Reader):
    assert "від: Клуб «Далі»" in reader.read("/nearest/?q=далі")
    assert "Малося на увазі інше місце?" in reader.read("/nearest/?q=клуб")
    for text in ("50.4, 30.11", "30.11 50.4", "50.4;30.11"):
        assert "від: 50.40000, 30.11000" in reader.read(f"/nearest/?q={text}")


def test_what_leads_nowhere_is_told_with_what_to_try(kinds, reader: Reader):
    for query in ("q=ЩОСЬТАКЕ", "lon=far&lat=50", "lon=30", "q=99, 300"):
        assert "тут не знайдено" in reader.read(f"/nearest/?{query}"), query
    told = reader.read("/nearest/?kinds=hall&lon=30.11&lat=50.4&open=now")
    assert "Зараз нічого напевно не відкрито" in told
    assert "Показати й зачинене" in told
    assert "далеко від громади" in reader.read("/nearest/?kinds=hall&lon=24&lat=49.8")
    # What cannot be chosen chooses nothing.
    assert "Клуб 1" in reader.read("/nearest/?kinds=absent&lon=30.11&lat=50.4&limit=x")


def test_the_limit_grows_by_one_press(kinds, reader: Reader):
    for number in range(25):
        add_feature(layer=kinds, key=f"n{number}", values={"name": "Зал"},
                    geom=GEOSGeometry("POINT(30.2 50.4)", srid=4326))  # fmt: skip
    page = reader.get("/nearest/?kinds=hall&lon=30.11&lat=50.4")
    assert page.count('class="near"') == 20
    assert "limit=100" in page
    more = reader.get("/nearest/?kinds=hall&lon=30.11&lat=50.4&limit=100")
    assert more.count('class="near"') == 28
    assert "Показати більше" not in more


def test_it_speaks_english(kinds, reader: Reader):
    text = reader.read("/nearest/?kinds=hall&lon=30.11&lat=50.4&lang=en")
    assert "Hall nearby" in text
    assert "to the west" in text
