"""Whom to call instead of writing: the community's numbers, everywhere the same."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from geoportal.interface.models import Community
from geoportal.pages.emergency import insert_emergency_numbers, list_emergency_numbers

pytestmark = pytest.mark.django_db
CITY = {"number": "+38 (000) 555-01-00", "title_uk": "черговий міста", "title_en": "city on duty"}


def test_common_numbers_are_there_before_any_pack_is_applied():
    assert [each.number for each in list_emergency_numbers()] == ["112", "101", "102", "103", "104"]


def test_numbers_of_the_city_are_dialled_without_blanks():
    Community.objects.create(emergency_numbers=[{"number": "112", "title_uk": "допомога"}, CITY])
    first, last = list_emergency_numbers()
    assert (first.number, last.title, last.href) == ("112", "черговий міста", "tel:+380005550100")
    with override("en"):
        assert list_emergency_numbers()[-1].title == "city on duty"


def test_ukrainian_title_stands_in_for_a_missing_english_one():
    Community.objects.create(emergency_numbers=[{"number": "1580", "title_uk": "диспетчер"}])
    with override("en"):
        assert list_emergency_numbers()[0].title == "диспетчер"


def test_a_page_shows_the_numbers_where_its_author_put_the_mark():
    shown = insert_emergency_numbers("До\n\n{{ emergency_numbers }}\n\nПісля")
    assert "- [**112**](tel:112) – єдиний номер допомоги\n- [**101**](tel:101)" in shown
    assert insert_emergency_numbers("{{ other }}") == "{{ other }}"


def test_warning_above_a_form_names_the_first_number_and_lists_all():
    shown = render_to_string("pages/emergency.html")
    assert shown.count('href="tel:112"') == 2
    assert all(f'href="tel:{number}"' in shown for number in (101, 102, 103, 104))


def test_legal_notice_leads_to_where_an_appeal_is_submitted():
    assert 'href="/pages/contacts/"' in render_to_string("pages/not_an_appeal.html")
