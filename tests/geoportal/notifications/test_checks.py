"""The start warns of an address that nobody else can open."""

import pytest

from geoportal.notifications.checks import check_site_url


@pytest.mark.parametrize(
    ("url", "demo", "warned"),
    [
        ("http://localhost:8000", False, ["geoportal.W011"]),
        ("http://localhost:8000", True, []),
        ("https://geoportal.example.ua", False, []),
    ],
)
def test_address_of_letters_is_checked_on_a_real_portal(settings, url, demo, warned):
    settings.SITE_URL, settings.DEMO, settings.DEBUG = url, demo, False
    assert [found.id for found in check_site_url(None)] == warned
