"""Whom to call instead of writing: from one setting, everywhere the same."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.utils.translation import override

from geoportal.pages.checks import check_emergency_numbers
from geoportal.pages.emergency import insert_emergency_numbers, list_emergency_numbers

CITY = {"number": "+38 (000) 555-01-00", "title_uk": "черговий міста", "title_en": "city on duty"}


def test_common_numbers_are_there_without_any_setting():
    assert [each.number for each in list_emergency_numbers()] == ["112", "101", "102", "103", "104"]


def test_numbers_of_the_city_are_dialled_without_blanks(settings):
    settings.EMERGENCY_NUMBERS = [*settings.EMERGENCY_NUMBERS, CITY]
    last = list_emergency_numbers()[-1]
    assert (last.title, last.href) == ("черговий міста", "tel:+380005550100")
    with override("en"):
        assert list_emergency_numbers()[-1].title == "city on duty"


def test_ukrainian_title_stands_in_for_a_missing_english_one(settings):
    settings.EMERGENCY_NUMBERS = [{"number": "1580", "title_uk": "диспетчер"}]
    with override("en"):
        assert list_emergency_numbers()[0].title == "диспетчер"


def test_a_page_shows_the_numbers_where_its_author_put_the_mark():
    shown = insert_emergency_numbers("До\n\n{{ emergency_numbers }}\n\nПісля")
    assert "- [**112**](tel:112) – єдиний номер допомоги\n- [**101**](tel:101)" in shown
    assert insert_emergency_numbers("{{ other }}") == "{{ other }}"


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        {},
        "112",
        ["112"],
        [{"number": "112"}],
        [{"number": "", "title_uk": "x"}],
        [{"number": "--", "title_uk": "x"}],
        [{"number": "<b>", "title_uk": "x"}],
        [{"number": "112", "title_uk": " "}],
        [{"number": "112", "title_uk": "x", "title_en": 5}],
        [{"number": 112, "title_uk": "x"}],
    ],
)
def test_a_list_that_cannot_be_shown_stops_the_start(settings, numbers):
    settings.EMERGENCY_NUMBERS = numbers
    assert [error.id for error in check_emergency_numbers(None)] == ["geoportal.E003"]


def test_the_default_and_a_longer_list_are_fine(settings):
    assert check_emergency_numbers(None) == []
    settings.EMERGENCY_NUMBERS = [CITY]
    assert check_emergency_numbers(None) == []


def test_the_setting_is_a_json_list():
    code = "from geoportal.settings import EMERGENCY_NUMBERS as n; print(n[0]['title_en'])"
    given = {"GEOPORTAL_EMERGENCY_NUMBERS": json.dumps([CITY])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "city on duty"


def test_warning_above_a_form_names_the_first_number_and_lists_all(db):
    shown = render_to_string("pages/emergency.html")
    assert shown.count('href="tel:112"') == 2
    assert all(f'href="tel:{number}"' in shown for number in (101, 102, 103, 104))


def test_legal_notice_leads_to_where_an_appeal_is_submitted(db):
    assert 'href="/pages/contacts/"' in render_to_string("pages/not_an_appeal.html")
