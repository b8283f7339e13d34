"""The list of layers, making one, its passport and its end."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from geoportal.accounts.models import User
from layers.models import Changeset, Layer
from layers.schema.specs import read_spec
from layers.services import archive_layer, update_layer
from tests.conftest import plant_tree, write_layer
from tests.geoportal.staff.conftest import Desk, Grove

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(grove) -> Desk:
    return Desk(User.objects.create_superuser("admin@example.org", "correct horse"))


def make(desk: Desk, status: int = 302, query: str = "", **given: object) -> str:
    fields = {
        "title_uk": "Лавки громади",
        "kind": "register",
        "geometry_type": "point",
        "organisation": Layer.objects.get(slug="trees").organisation_id,
        "fields-TOTAL_FORMS": "2",
        "fields-INITIAL_FORMS": "0",
        "fields-0-title": "Назва лавки",
        "fields-0-type": "text",
        "fields-1-title": "Рік",
        "fields-1-type": "integer",
        "fields-1-required": "on",
    }
    return desk.post(f"/staff/new-layer/{query}", status, **fields | given)


def test_everyone_of_the_workplace_finds_it_in_the_header(desk, resident, client):
    page = desk.client.get("/data/").content.decode()
    assert 'href="/staff/layers/"' in page
    client.force_login(resident)
    assert 'href="/staff/layers/"' not in client.get("/data/").content.decode()


def test_the_list_tells_state_rows_quality_and_the_last_change(desk, grove):
    grove.trees.fields.filter(name="height").update(required=True)
    Changeset.objects.filter(pk=grove.first.pk).update(kind="import", details={"issues_total": 4})
    shown = desk.get("")
    assert "бачать усі" in shown
    assert ">3</a>" in shown
    assert "66 % обов’язкових значень" in shown
    assert "4 зауваження останнього імпорту" in shown
    assert "Міська рада" in shown


def test_the_quality_is_counted_anew_after_a_change(desk, grove, control):
    grove.trees.fields.filter(name="height").update(required=True)
    assert "66 %" in desk.get("")
    given = {"keys": ["3"], "field": control("height")[1:], "do": "set", "sure": "yes"}
    latest = Changeset.objects.latest("id").pk
    desk.post("trees/bulk/", 303, **given, based_on=latest, **{control("height"): "3"})
    assert "100 % обов’язкових значень" in desk.get("")


def test_layers_are_found_by_state_kind_words_and_owner(desk, grove):
    write_layer(grove.trees.organisation, "closed", visibility="staff", title_uk="Сховища")
    write_layer(grove.trees.organisation, "nobody", organisation=None, title_uk="Нічиї")
    for query, found in (
        ({"whose": "mine"}, "Дерева Сховища"),
        ({"q": "схов"}, "Сховища"),
        ({"state": "staff"}, "Сховища"),
        ({"kind": "territory"}, ""),
        ({"whose": "all", "sort": "title"}, "Дерева Нічиї Сховища"),
        ({"state": "absent"}, "Дерева Сховища Нічиї"),
    ):
        shown = desk.get("", **query)
        titles = {title for title in ("Дерева", "Сховища", "Нічиї") if f">{title}</a>" in shown}
        assert titles == set(found.split()), query
    assert "За цим фільтром нічого немає" in desk.get("", kind="territory")


def test_a_longer_list_asks_no_more(desk, grove):
    def count() -> int:
        caches["process"].clear()
        with CaptureQueriesContext(connection) as queries:
            desk.get("")
        return len(queries)

    few = count()
    for number in range(4):
        layer = write_layer(grove.trees.organisation, f"more-{number}")
        plant_tree(layer, "1")
    assert count() == few


def test_who_has_no_layers_is_told_how_to_begin(grove):
    shown = Desk(grove.neighbour).get("", whose="mine")
    assert "ще немає шарів" in shown
    assert 'href="/staff/new-layer/"' in shown


def test_archived_layers_are_listed_for_administrators(desk, chief, grove):
    archive_layer(layer=grove.trees)
    assert "Дерева" in chief.get("", state="archived")
    assert ">Дерева</a>" not in desk.get("", state="archived")
    assert "До архіву перенесено" in chief.get("trees/")
    desk.get("trees/", 410)
    chief.get("trees/add/", 410)


def test_an_empty_layer_is_made_with_its_first_fields_for_staff(desk):
    shown = make(desk)
    layer = Layer.objects.get(slug="lavky-hromady")
    assert "Лавки громади" in shown
    assert (layer.visibility, layer.title_field) == ("staff", "nazva_lavky")
    made = [(each.name, each.title_uk, each.type, each.required) for each in layer.fields.all()]
    assert made == [
        ("nazva_lavky", "Назва лавки", "text", False),
        ("rik", "Рік", "integer", True),
    ]


def test_a_layer_from_a_template_has_its_schema_and_style(desk):
    assert "Якісний стан" in desk.get("/staff/new-layer/", template="trees")
    make(desk, query="?template=trees", slug="new-trees", title_uk="Нові дерева")
    layer = Layer.objects.get(slug="new-trees")
    begun = layer.changesets.get()
    assert (begun.author, begun.comment) == (desk.user, "Шар створено.")
    assert "Шар створено." in desk.get("new-trees/history/")
    assert layer.key_field == "uid"
    assert layer.fields.filter(name="condition").exists()
    assert layer.visibility == "staff"
    assert layer.style


def test_a_template_proposes_a_slug_that_is_free(desk):
    assert 'value="trees-2"' in desk.get("/staff/new-layer/", template="trees")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slug": "trees"}, "Шар «trees» вже є"),
        ({"slug": "Ні"}, "slug"),
        ({"title_uk": "…"}, "латинкою"),
        ({"fields-1-title": "Назва лавки"}, "однаков"),
        ({"organisation": ""}, "field-error"),
        ({"kind": "problems"}, "problems"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_lost(desk, given, said):
    before = Layer.objects.count()
    shown = make(desk, 400, **given)
    assert said in shown
    assert 'value="Назва лавки"' in shown
    assert Layer.objects.count() == before


def test_nobody_makes_a_layer_for_an_organisation_of_others(grove):
    make(Desk(grove.neighbour), 400)


def passport_of(grove: Grove, **given: object) -> dict[str, object]:
    """What the browser sends of the form as it was opened."""
    layer = Layer.objects.get(pk=grove.trees.pk)
    names = ("title_uk", "title_en", "licence", "visibility", "title_field", "min_zoom", "max_zoom")
    kept = {name: getattr(layer, name) for name in (*names, "position", "legal_basis")}
    based_on = layer.updated_at.isoformat()
    return kept | {"organisation": layer.organisation_id, "based_on": based_on} | given


def test_the_passport_is_changed(desk, grove):
    given = passport_of(grove, title_uk="Дерева міста", keywords="дерева, сквери", min_zoom=12)
    assert "Паспорт збережено." in desk.post("trees/passport/", **given)
    layer = Layer.objects.get(slug="trees")
    assert (layer.title_uk, layer.keywords, layer.min_zoom) == (
        "Дерева міста",
        ["дерева", "сквери"],
        12,
    )
    assert "Нічого не змінено" in desk.post(
        "trees/passport/", **passport_of(grove, keywords="дерева, сквери")
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"min_zoom": 20, "max_zoom": 10}, "layers_layer_zooms_in_order"),
        ({"contact": "не пошта"}, "контакт"),
        ({"title_uk": ""}, "обов’язкове"),
        ({"title_field": "absent"}, "absent"),
    ],
)
def test_a_passport_that_cannot_be_is_refused_with_words(desk, grove, given, said):
    shown = desk.post("trees/passport/", 400, **passport_of(grove, **given))
    assert 'class="field-error"' in shown or 'class="form-error"' in shown
    assert Layer.objects.get(slug="trees").title_uk == "Дерева"


def test_two_who_change_one_passport_do_not_overwrite_each_other(desk, grove):
    mine = passport_of(grove, title_uk="Моя назва")
    update_layer(layer=grove.trees, spec=read_spec(grove.trees))
    Layer.objects.get(slug="trees").save()
    shown = desk.post("trees/passport/", 409, **mine)
    assert 'value="Моя назва"' in shown
    assert Layer.objects.get(slug="trees").title_uk == "Дерева"


def test_publishing_is_asked_about_with_the_public_fields_by_name(desk, grove):
    Layer.objects.filter(pk=grove.trees.pk).update(visibility="staff")
    given = passport_of(grove, visibility="public")
    asked = desk.post("trees/passport/", 200, **given)
    assert "Опублікувати «Дерева»?" in asked
    assert asked.index("Порода") < asked.index("Ці лишаються для працівників")
    assert Layer.objects.get(slug="trees").visibility == "staff"
    desk.post("trees/passport/", **given, sure="yes")
    assert Layer.objects.get(slug="trees").visibility == "public"


def test_a_layer_is_archived_restored_and_deleted_with_what_is_lost_by_name(chief):
    assert "Повернути" not in chief.get("trees/life/archive/")
    chief.post("trees/life/archive/", comment="дубль")
    assert Changeset.objects.latest("id").comment == "дубль"
    asked = chief.get("trees/life/delete/")
    assert "3 об’єкти з атрибутами" in asked
    assert "схема: 3 поля" in asked
    assert "історія: 4 зміни" in asked
    chief.post("trees/life/restore/")
    assert "Спершу перенесіть шар до архіву" in chief.post("trees/life/delete/", 409, slug="trees")
    chief.post("trees/life/archive/")
    assert "Напишіть код шару" in chief.post("trees/life/delete/", 400, slug="tree")
    assert "Видалено назавжди: Дерева." in chief.post("trees/life/delete/", slug="trees")
    assert not Layer.objects.filter(slug="trees").exists()


def test_officers_neither_archive_nor_delete(desk):
    desk.get("trees/life/archive/", 403)
    desk.post("trees/life/delete/", 403, slug="trees")
    assert "life/archive" not in desk.get("trees/")
