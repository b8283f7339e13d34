"""What is said of a layer changes on the record: who, what, from what to what."""

from dataclasses import replace

import pytest

from geoportal.accounts.models import Organisation
from geoportal.core.errors import Conflict
from layers.models import Layer, Theme
from layers.schema.specs import read_spec
from layers.services import edit_feature, restore_look, rollback_changeset, update_layer

pytestmark = pytest.mark.django_db


def change(layer, **values):
    actor, layer = values.pop("actor", None), Layer.objects.get(pk=layer.pk)
    return update_layer(layer=layer, spec=replace(read_spec(layer), **values), actor=actor)


def list_recorded(layer):
    return list(layer.changesets.order_by("pk").values_list("kind", flat=True))


def test_each_member_that_changes_is_kept_before_and_after(trees, officer):
    change(trees, title_uk="Дерева міста", licence="CC0-1.0", keywords=("зелень",), actor=officer)
    changeset = trees.changesets.get()
    assert (changeset.kind, changeset.author) == ("passport", officer)
    assert changeset.details["passport"] == [
        {"name": "title_uk", "before": "Дерева", "after": "Дерева міста"},
        {"name": "licence", "before": "CC-BY-4.0", "after": "CC0-1.0"},
        {"name": "keywords", "before": [], "after": ["зелень"]},
    ]
    change(trees, title_uk="Дерева міста")
    assert trees.changesets.count() == 1


def test_publisher_and_theme_are_kept_by_their_slugs(trees, council):
    hospital = Organisation.objects.create(slug="hospital", name_uk="Лікарня")
    theme = Theme.objects.create(slug="green", title_uk="Зелень")
    change(trees, organisation=hospital, theme=theme)
    told = {one["name"]: one for one in trees.changesets.get().details["passport"]}
    assert (told["organisation"]["before"], told["organisation"]["after"]) == (
        council.slug,
        "hospital",
    )
    assert (told["theme"]["before"], told["theme"]["after"]) == (None, "green")


def test_who_lets_everyone_see_a_layer_is_on_record(trees, officer):
    change(trees, visibility="staff")
    change(trees, visibility="public", actor=officer)
    last = trees.changesets.first()
    assert last.details["passport"] == [
        {"name": "visibility", "before": "staff", "after": "public"}
    ]
    assert last.author == officer


def test_a_look_that_changes_with_the_passport_is_a_change_of_style_that_can_be_undone(trees):
    change(trees, title_uk="Дерева міста", color="#112233")
    assert list_recorded(trees) == ["passport", "style"]
    restore_look(changeset=trees.changesets.first())
    trees.refresh_from_db()
    assert (trees.title_uk, trees.color) == ("Дерева міста", "#2f6f8f")


def test_it_is_not_rolled_back_but_made_anew(trees):
    change(trees, title_uk="Дерева міста")
    with pytest.raises(Conflict):
        rollback_changeset(changeset=trees.changesets.get())


def test_other_changes_can_be_rolled_back_past_it(trees, plant, officer):
    plant(trees, "1", values={"species": "Дуб"})
    edited = edit_feature(layer=trees, key="1", values={"species": "Клен"}, actor=officer)
    change(trees, title_uk="Дерева міста")
    rollback_changeset(changeset=edited.changeset)
    assert trees.features.get().properties["species"] == "Дуб"


def test_the_administration_records_it_too(client, administrator, trees):
    client.force_login(administrator)
    page = f"/admin/layers/layer/{trees.pk}/change/"
    shown = client.get(page).context["adminform"].form
    values = {name: value for name, value in shown.initial.items() if value is not None}
    form = values | {"keywords": "", "style": "{}", "title_uk": "Дерева міста"}
    inline = {"fields-TOTAL_FORMS": 0, "fields-INITIAL_FORMS": 0}
    assert client.post(page, form | inline).status_code == 302
    changeset = trees.changesets.get()
    assert (changeset.kind, changeset.author) == ("passport", administrator)


def test_the_history_shows_it_to_those_who_work_there(client, trees, officer):
    change(trees, licence="CC0-1.0", accepts_proposals=True, visibility="staff", actor=officer)
    number = trees.changesets.get().pk
    client.force_login(officer)
    listed = client.get("/staff/layers/trees/history/").content.decode()
    assert "Зміна паспорта" in listed
    assert f"/history/{number}/rollback/" not in listed
    page = client.get(f"/staff/layers/trees/history/{number}/").content.decode()
    for words in ("CC-BY-4.0", "CC0-1.0", "Ліцензія", "officer@example.org", "ні", "так"):
        assert words in page, words


def test_rest_tells_what_changed_to_those_who_see_internals(client, trees, officer):
    change(trees, licence="CC0-1.0", contact="zelen@example.org", actor=officer)
    path = f"/api/v1/layers/trees/changesets/{trees.changesets.get().pk}/"
    for_all = client.get(path).json()
    assert for_all["kind"] == "passport"
    assert "passport" not in for_all
    client.force_login(officer)
    told = client.get(path).json()
    assert told["author"] == "officer@example.org"
    assert {one["name"] for one in told["passport"]} == {"licence", "contact"}
