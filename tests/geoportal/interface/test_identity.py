"""The portal bears the town's name, logo and colour wherever it says whose it is."""

import json
import re
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from PIL import Image

from geoportal.accounts.services import send_invitation
from geoportal.interface.accents import build_accents, check_accent, find_contrast
from geoportal.interface.community import compute_logo_digest
from geoportal.interface.identity import draw_icon
from geoportal.interface.models import Community
from tests.house.project import PACKAGES, list_files, name_of

PRODUCT = re.compile(r"Відкрите місто|Open City")
# The foot of every page; what stands in for a name before a pack has given one; the starter's
# page that tells what the product is.
MAY_SAY_PRODUCT = {"geoportal/interface/templates/base.html", "geoportal/interface/community.py"}


def draw_logo(width: int = 300, height: int = 200, color: str = "#1f6f5c") -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height), color).save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def town(db) -> Community:
    logo = draw_logo()
    return Community.objects.create(
        name_uk="Тестова громада",
        name_en="Test community",
        short_name_uk="Тестове",
        short_name_en="Testove",
        accent="#1f6f5c",
        logo=logo,
        logo_digest=compute_logo_digest(logo),
    )


def test_no_file_but_the_foot_of_pages_names_the_product():
    found = {
        name_of(path)
        for path in list_files(".py", ".html", ".txt", ".mjs", ".sql", folders=PACKAGES)
        if PRODUCT.search(path.read_text(encoding="utf-8"))
    }
    assert found == MAY_SAY_PRODUCT


@pytest.mark.parametrize("address", ["/data/", "/problems/", "/accounts/login/", "/pages/rules/"])
def test_pages_bear_the_name_in_title_and_header_and_the_product_at_the_foot(town, client, address):
    page = client.get(address).content.decode()
    assert re.search(r"<title>[^<]*Тестове</title>", page)
    assert '<span class="brand-name">Тестове</span>' in page
    header, _, footer = page.partition('<footer class="site-footer">')
    assert "Відкрите місто" not in header
    assert "Відкрите місто" in footer
    assert f"/community/{town.logo_digest}/96.png" in page
    assert "/community/accent-1f6f5c.css" in page


def test_english_pages_bear_the_english_name(town, client):
    page = client.get("/data/?lang=en").content.decode()
    assert re.search(r"<title>[^<]*Testove</title>", page)


def test_a_portal_without_a_pack_is_called_as_the_product(db, client):
    page = client.get("/data/").content.decode()
    assert re.search(r"<title>[^<]*Відкрите місто</title>", page)
    assert "interface/icons/mark" in page
    assert "/community/" not in page


def test_the_logo_comes_in_squares_that_caches_keep(town, client):
    for side in (96, 192, 512):
        answer = client.get(reverse("community-icon", args=[town.logo_digest, side]))
        assert "immutable" in answer.headers["Cache-Control"]
        picture = Image.open(BytesIO(answer.content))
        assert picture.size == (side, side)
        assert picture.getpixel((side // 2, 0))[3] == 0
        assert picture.getpixel((side // 2, side // 2))[:3] == (0x1F, 0x6F, 0x5C)


@pytest.mark.parametrize("address", ["/community/0123456789abcdef/96.png", "/community/-/96.png"])
def test_there_is_no_other_logo(town, client, address):
    assert client.get(address).status_code == 404


def test_no_other_size_is_drawn(town, client):
    assert client.get(f"/community/{town.logo_digest}/97.png").status_code == 404


def test_the_manifest_tells_a_telephone_whose_portal_it_is(town, client):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    document = answer.json()
    assert (document["name"], document["short_name"]) == ("Тестова громада", "Тестове")
    assert document["theme_color"] == "#1f6f5c"
    for icon in document["icons"]:
        assert client.get(icon["src"]).headers["Content-Type"] == "image/png"


def test_machines_read_the_name_too(town, client):
    assert client.get("/ogc/").json()["title"] == "Тестове"
    assert client.get("/ogc/api").json()["info"]["title"].startswith("Тестове")
    schema = client.get("/api/v1/schema/?format=json")
    assert schema.json()["info"]["title"].startswith("Тестове")
    discovery = client.get("/open311/discovery.json").json()
    assert "Тестове" in json.dumps(discovery, ensure_ascii=False)
    assert "<title>Тестове: " in client.get("/problems/feed.atom").content.decode()


def test_the_second_factor_is_kept_under_the_name(town):
    from allauth.mfa.adapter import get_adapter

    assert get_adapter().get_totp_issuer() == "Тестове"


def test_letters_bear_the_name(town, council):
    send_invitation(
        organisation=council, email="new@example.org", role="officer", build_link=lambda token: "x"
    )
    (letter,) = mail.outbox
    html = str(letter.alternatives[0][0])
    for words in (str(letter.body), html):
        assert "на порталі «Тестове»" in words
        assert "Відкрите місто" not in words
    assert "color: #1f6f5c" in html
    assert build_accents("#1f6f5c").dark.accent in html


def test_one_language_needs_no_switch(town, client):
    assert 'name="language"' in client.get("/data/").content.decode()
    Community.objects.update(languages=["uk"])
    assert 'name="language"' not in client.get("/data/").content.decode()


def test_the_base_map_of_the_town_is_allowed_and_the_operators_goes_before_it(
    town, client, settings
):
    Community.objects.update(
        base_map_raster_url="https://tiles.example/{z}/{x}/{y}.png", base_map_attribution="© Хтось"
    )
    assert "https://tiles.example" in client.get("/").headers["Content-Security-Policy"]
    style = client.get("/tiles/style.json").json()
    assert "https://tiles.example/{z}/{x}/{y}.png" in json.dumps(style)
    settings.BASEMAP_RASTER_URL = "https://other.example/{z}/{x}/{y}.png"
    style = json.dumps(client.get("/tiles/style.json").json())
    assert "other.example" in style
    assert "tiles.example" not in style


def test_the_map_opens_where_the_town_wants(town, client):
    Community.objects.update(map_longitude=27.06, map_latitude=50.18, map_zoom=13)
    document = client.get("/").context["config"]["document"]
    west, south, east, north = client.get(document).json()["bounds"]
    assert (west + east) / 2 == pytest.approx(27.06)
    assert (south + north) / 2 == pytest.approx(50.18)
    assert east - west < 0.1


@pytest.mark.parametrize("color", ["#1d5bd6", "#1f6f5c", "#8a1f1f", "#000000", "#5d4037"])
def test_shades_of_an_accent_can_be_read_in_both_themes(color):
    check_accent(color)
    accents = build_accents(color)
    assert accents.light.accent == color
    for shades, ground in ((accents.light, "#ffffff"), (accents.dark, "#343b44")):
        assert find_contrast(shades.accent, ground) >= 4.5
        assert find_contrast(shades.accent, shades.soft) >= 4.5
        assert find_contrast(shades.on, shades.accent) >= 4.5
        assert find_contrast(shades.on, shades.hover) >= 4.5


def test_a_pale_accent_is_refused_with_one_that_can_be_read():
    with pytest.raises(ValidationError) as refused:
        check_accent("#ffe066")
    nearest = re.findall(r"#[0-9a-f]{6}", refused.value.messages[0])[1]
    check_accent(nearest)


def test_contrast_is_that_of_wcag():
    assert find_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert find_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_accent_is_a_sheet_for_both_themes(client):
    answer = client.get("/community/accent-1f6f5c.css")
    assert answer.content.decode().startswith(":root{--accent:#1f6f5c;")
    assert "prefers-color-scheme:dark" in answer.content.decode()
    assert client.get("/community/accent-zzz.css").status_code == 404


def test_a_tall_logo_is_put_in_the_middle():
    picture = Image.open(BytesIO(draw_icon(draw_logo(100, 400), 96)))
    assert picture.getpixel((0, 48))[3] == 0
    assert picture.getpixel((48, 1))[3] > 200


def test_the_database_keeps_one_community(town):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.create(id=2)
