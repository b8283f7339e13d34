"""Administrators set categories, responsibilities and the calendar; problems follow at once."""

import pytest

from geoportal.problems.models import CalendarException, Category, Responsibility
from layers.models import Feature

CATEGORY_FORM = {
    "questions-TOTAL_FORMS": 0,
    "questions-INITIAL_FORMS": 0,
    "position": 0,
    "keywords": "",
}


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def change_category(client, category: Category, **given):
    values = {"code": category.code, "title_uk": category.title_uk, "is_active": "on"}
    values |= {"parent": category.parent_id or ""} | CATEGORY_FORM | given
    url = f"/admin/problems/category/{category.pk}/change/"
    return client.post(url, values)


@pytest.mark.parametrize("state", ["open", "archived"])
def test_a_group_that_becomes_private_takes_its_problems_from_the_map(
    admin_client, make_problem, town, state
):
    problem = make_problem(state)
    answer = change_category(admin_client, town.categories["waste"])  # is_public is off
    assert answer.status_code == 302
    assert not Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).exists()
    change_category(admin_client, town.categories["waste"], is_public="on")
    assert Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).exists()


def test_a_category_does_not_stand_under_itself(admin_client, town):
    waste, rubbish = town.categories["waste"], town.categories["rubbish"]
    answer = change_category(admin_client, waste, parent=rubbish.pk, is_public="on")
    assert answer.status_code == 200
    waste.refresh_from_db()
    assert waste.parent is None


def test_a_responsibility_names_a_territory_that_stands(admin_client, town):
    values = {
        "organisation": town.organisations["roads"].pk,
        "category": town.categories["waste"].pk,
        "territory_layer": town.districts.pk,
        "role": "executor",
        "priority": 0,
        "is_active": "on",
    }
    url = "/admin/problems/responsibility/add/"
    refused = admin_client.post(url, values | {"territory_key": "nowhere"})
    assert refused.status_code == 200
    assert "west" in refused.content.decode()
    assert admin_client.post(url, values | {"territory_key": "west"}).status_code == 302
    assert Responsibility.objects.filter(territory_key="west").count() == 1


def test_the_calendar_is_edited(admin_client):
    url = "/admin/problems/calendarexception/add/"
    assert (
        admin_client.post(url, {"date": "24.12.2026", "reason": "Міський день"}).status_code == 302
    )
    assert CalendarException.objects.get().is_working is False


@pytest.mark.parametrize(
    "page",
    ["category", "responsibility", "oversight", "calendarexception", "martiallawperiod",
     "responsetemplate", "apikey"],
)  # fmt: skip
def test_every_list_opens_for_administrators_only(client, administrator, moderator, town, page):
    url = f"/admin/problems/{page}/"
    client.force_login(moderator)
    assert client.get(url).status_code == 302
    client.force_login(administrator)
    assert client.get(url).status_code == 200
