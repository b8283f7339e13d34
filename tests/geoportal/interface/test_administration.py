"""The row of the community in the administration, and what it refuses."""

import json

import pytest
from django.core.exceptions import ValidationError

from geoportal.interface.models import Community

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/interface/community/"


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_an_administrator_mends_the_contacts(signed_in):
    Community.objects.create(short_name_uk="Тестове", logo=b"x", logo_digest="0" * 16)
    page = f"{ADDRESS}1/change/"
    form = signed_in.get(page).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values |= {"phone": "+380000000009", "languages": ["uk", "en"], "emergency_numbers": "[]"}
    sent = {name: "" if value is None else value for name, value in values.items()}
    sent["languages"] = "uk,en"
    answer = signed_in.post(page, sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    community = Community.objects.get()
    assert (community.phone, bytes(community.logo)) == ("+380000000009", b"x")


def test_there_is_one_row_and_it_stays(signed_in):
    assert signed_in.get(f"{ADDRESS}add/").status_code == 200
    Community.objects.create()
    assert signed_in.get(f"{ADDRESS}add/").status_code == 403
    assert signed_in.get(f"{ADDRESS}1/delete/").status_code == 403


@pytest.mark.parametrize(
    "values",
    [
        {"emergency_numbers": ["112"]},
        {"emergency_numbers": [{"number": "112"}]},
        {"emergency_numbers": [{"number": "--", "title_uk": "х"}]},
        {"emergency_numbers": [{"number": "<b>", "title_uk": "х"}]},
        {"emergency_numbers": [{"number": "112", "title_uk": " "}]},
        {"emergency_numbers": [{"number": "112", "title_uk": "х", "title_en": 5}]},
        {"emergency_numbers": [{"number": "112", "title_uk": "х", "more": "y"}]},
        {"languages": ["en"]},
        {"languages": ["uk", "uk"]},
        {"accent": "#ffe066"},
        {"accent": "red"},
        {"katottg": "UA1"},
        {"base_map_raster_url": "javascript:alert(1)"},
        {"map_longitude": 200.0, "map_latitude": 50.0},
        {"map_longitude": 27.0},
    ],
    ids=json.dumps,
)
def test_what_would_break_pages_is_refused(values):
    with pytest.raises(ValidationError):
        Community(**values).full_clean()


def test_the_administration_is_called_what_it_is(client, administrator):
    client.force_login(administrator)
    page = client.get("/admin/").content.decode()
    assert "<title>Адміністрування сайта | Адміністрування</title>" in page
    assert "Django" not in page
