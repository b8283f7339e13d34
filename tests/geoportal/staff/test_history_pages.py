"""The journal of a layer, differences, rollbacks told before they happen, lives of objects."""

import pytest
from django.utils import timezone

from layers.models import Changeset, Feature
from layers.services import add_feature, delete_feature, edit_feature
from tests.geoportal.staff.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(grove) -> Changeset:
    """One changeset that retitled the tree 1; the tree 2 went and a tree 4 came afterwards."""
    edit_feature(
        layer=grove.trees,
        key="1",
        values={"species": "Бук", "inspector_remark": None},
        actor=grove.officer,
        comment="обстежено",
    )
    made = Changeset.objects.latest("id")
    delete_feature(layer=grove.trees, key="2")
    add_feature(layer=grove.trees, key="4", geom=None, values={"species": "Верба"})
    return made


def test_the_journal_names_author_words_and_counts(desk, changed):
    shown = desk.get("trees/history/")
    assert "officer@example.org" in shown
    assert "обстежено" in shown
    assert f'href="/staff/layers/trees/history/{changed.pk}/"' in shown
    assert f'href="/staff/layers/trees/history/{changed.pk}/rollback/"' in shown


def test_the_journal_goes_on_from_its_last_row(desk, changed, monkeypatch):
    monkeypatch.setattr("geoportal.staff.history.changeset_views.CHANGESETS_A_PAGE", 2)
    shown = desk.get("trees/history/")
    assert f"?before={changed.pk + 1}" in shown
    assert "обстежено" in desk.get("trees/history/", before=changed.pk + 1)


def test_a_changeset_tells_each_object_with_old_and_new(desk, changed):
    shown = desk.get(f"trees/history/{changed.pk}/")
    assert "<del>Дуб</del> → <ins>Бук</ins>" in shown
    assert "<del>таємне</del>" in shown
    assert f"diff/?from={changed.pk - 1}&to={changed.pk}&limit=1000" in shown


def test_a_neighbour_reads_the_history_without_what_is_internal(grove, changed):
    shown = Desk(grove.neighbour).get(f"trees/history/{changed.pk}/")
    assert "<del>Дуб</del>" in shown
    assert "таємне" not in shown


def test_two_moments_are_compared_in_either_order_and_by_days(desk, changed):
    latest = Changeset.objects.latest("id").pk
    for query in ({"from": latest, "to": changed.pk}, {"from": changed.pk, "to": latest}):
        shown = desk.get("trees/history/compare/", **query)
        assert "Верба" in shown
        assert "Липа" in shown
        assert "Бук" not in shown
    today = timezone.localdate(changed.created_at).isoformat()
    assert "Верба" in desk.get("trees/history/compare/", since=today, until=today)
    assert "не є днем" in desk.get("trees/history/compare/", 400, since="2026-99-99")


def test_differences_go_page_by_page(desk, changed, monkeypatch):
    monkeypatch.setattr("geoportal.staff.history.changeset_views.FEATURES_A_PAGE", 1)
    shown = desk.get("trees/history/compare/")
    ahead = shown.split('rel="next" href="')[1].split('"')[0]
    assert "after=1" in ahead


def test_a_rollback_tells_its_conflicts_before_it_happens(desk, grove, changed):
    edit_feature(layer=grove.trees, key="1", values={"height": 20})
    rows = Changeset.objects.count()
    shown = desk.get(f"trees/history/{changed.pk}/rollback/")
    assert "1 об’єкт змінено ще раз" in shown
    assert "Нема чого скасовувати" in shown
    assert Changeset.objects.count() == rows


def test_a_rollback_bears_its_reason_and_can_be_undone(desk, changed):
    asked = desk.get(f"trees/history/{changed.pk}/rollback/")
    assert "те, що вона змінила, стане як було" in asked
    shown = desk.post(f"trees/history/{changed.pk}/rollback/", 303, sure="yes", comment="помилка")
    assert f"Зміну {changed.pk} скасовано." in shown
    inverse = Changeset.objects.latest("id")
    assert (inverse.rolls_back, inverse.comment) == (changed, "помилка")
    assert Feature.objects.get(layer__slug="trees", key="1").properties["species"] == "Дуб"
    again = desk.post(f"trees/history/{changed.pk}/rollback/", 303, sure="yes")
    assert "Нема чого скасовувати" in again


def test_what_came_and_what_went_is_named_before_a_rollback(desk, changed):
    added = desk.get(f"trees/history/{changed.pk + 2}/rollback/")
    assert "те, що вона додала, зникне" in added
    removed = desk.get(f"trees/history/{changed.pk + 1}/rollback/")
    assert "те, що вона прибрала, повернеться" in removed


def test_a_way_back_never_leads_to_another_site(desk, changed):
    given = {"sure": "yes", "back": "https://elsewhere.example/"}
    answer = desk.client.post(f"/staff/layers/trees/history/{changed.pk}/rollback/", given)
    assert answer["Location"] == "/staff/layers/trees/history/"


def test_those_who_look_take_nothing_back(grove, changed):
    other = Desk(grove.neighbour)
    assert "rollback" not in other.get("trees/history/")
    other.post(f"trees/history/{changed.pk}/rollback/", 403, sure="yes")


def test_the_life_of_an_object_names_every_state_with_who_made_it(desk, changed):
    life = desk.get("trees/objects/1/").split('id="life"')[1]
    assert life.index("<ins>Бук</ins>") < life.index("Усі значення")
    assert "officer@example.org" in life
    assert "a command" not in life
    desk.get("trees/objects/absent/", 404)
