"""A pack becomes a town, once; what it does not say stays as it is."""

from typing import Any

import pytest
from django.apps import apps

from geoportal.accounts.models import Invitation, Organisation
from geoportal.interface.community import get_community
from geoportal.packs.applying.whole import apply_pack
from geoportal.pages.models import Page
from geoportal.problems.models import (
    Category,
    Oversight,
    Question,
    ResponseTemplate,
    Responsibility,
)
from layers.models import Changeset, Feature, Layer, LayerField, Theme

pytestmark = pytest.mark.django_db


def list_rows() -> dict[str, list[Any]]:
    """Every row of every table of ours."""
    labels = ("accounts", "interface", "layers", "pages", "problems")
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


def test_a_town_stands_after_its_pack_is_applied(write_pack):
    apply_pack(write_pack())

    community = get_community()
    assert (community.short_name, community.katottg) == ("Тестове", "UA68060330000029010")
    assert list(Theme.objects.values_list("slug", flat=True)) == ["borders", "nature"]
    trees = Layer.objects.get(slug="trees")
    assert (trees.visibility, trees.spatial_coverage) == ("public", community.katottg)
    assert trees.style["legend"][0]["title_uk"] == "Дерево"
    tree = Feature.objects.get(layer=trees, key="T-1")
    assert tree.properties == {"uid": "T-1", "species": "дуб"}
    assert tree.internal == {"inspector": "І. К."}
    assert Feature.objects.filter(layer__slug="halves").count() == 2
    pothole = Category.objects.get(code="pothole")
    assert (pothole.parent.code, pothole.keywords) == ("street", ["яма", "вибоїна"])
    assert [choice["value"] for choice in Question.objects.get().choices] == ["small", "large"]
    assert ResponseTemplate.objects.get().organisation.slug == "roads"
    assert set(
        Responsibility.objects.values_list("organisation__slug", "territory_key", "role")
    ) == {
        ("roads", "west", "executor"),
        ("council", "", "controller"),
    }
    assert Oversight.objects.get().territory_key == "east"


def test_pages_are_filled_with_what_is_known(write_pack):
    applied = apply_pack(write_pack())

    page = Page.objects.get(slug="contacts")
    assert page.in_menu
    assert "веде Тестова громада, телефон +380000000001. Дороги: +380000000002." in page.body_uk
    assert "[правила](/pages/rules/)" in page.body_uk
    assert "[дані](/data/)" in page.body_uk
    assert "Пишіть: [електронна пошта]" in page.body_uk
    assert [str(remark) for remark in applied.remarks] == [
        "testove/pages/contacts.uk.md:1: Ще невідомо, лишено пропуск: email."
    ]


def test_a_second_run_writes_nothing(write_pack):
    root = write_pack()
    apply_pack(root)
    before = list_rows()

    applied = apply_pack(root)

    assert applied.difference == ()
    assert list_rows() == before


def test_a_dry_run_tells_the_difference_and_writes_nothing(write_pack):
    before = list_rows()

    applied = apply_pack(write_pack(), dry_run=True)

    assert {"community", "themes", "layers", "features", "categories", "people"} <= {
        change.section for change in applied.difference
    }
    assert list_rows() == before


def test_people_are_invited_once(write_pack):
    root = write_pack()
    apply_pack(root)
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")

    apply_pack(root)

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "head@example.org", "head", None,
    )  # fmt: skip


def test_what_the_pack_does_not_say_stays(write_pack):
    root = write_pack()
    apply_pack(root)
    Organisation.objects.filter(slug="roads").update(website="https://roads.example/")
    Organisation.objects.create(slug="other", kind="media", name_uk="Газета")
    tree = Feature.objects.get(layer__slug="trees", key="T-1")

    applied = apply_pack(
        write_pack(
            {
                "organisations.toml": """
            [[organisation]]
            slug = "roads"
            kind = "municipal_enterprise"
            name_uk = "КП «Шляхи»"
            """
            }
        )
    )

    assert [(each.section, each.code, each.what) for each in applied.difference] == [
        ("organisations", "roads", ("name_uk",))
    ]
    roads = Organisation.objects.get(slug="roads")
    assert (roads.name_uk, roads.website) == ("КП «Шляхи»", "https://roads.example/")
    assert Organisation.objects.filter(slug__in=("other", "council")).count() == 2
    assert Feature.objects.get(pk=tree.pk).changeset_id == tree.changeset_id


def test_a_changed_file_becomes_one_changeset_with_the_difference(write_pack):
    root = write_pack()
    apply_pack(root)
    file = root / "layers" / "trees.geojson"
    file.write_text(file.read_text(encoding="utf-8").replace('"липа"', '"дуб"'), encoding="utf-8")

    apply_pack(root)

    latest = Changeset.objects.filter(layer__slug="trees").latest("pk")
    assert (latest.added, latest.changed, latest.removed) == (0, 1, 0)
    assert latest.source == "Інвентаризація"


def test_corrections_on_the_map_outlive_another_run(write_pack):
    from layers.services import edit_feature

    root = write_pack()
    apply_pack(root)
    trees = Layer.objects.get(slug="trees")
    edit_feature(layer=trees, key="T-1", values={"species": "липа"})

    apply_pack(root)

    assert Feature.objects.get(layer=trees, key="T-1").properties["species"] == "липа"


def test_a_field_of_the_portals_own_leaves_corrections_alone(write_pack):
    from layers.schema.specs import FieldSpec, read_fields
    from layers.services import change_schema, edit_feature

    root = write_pack()
    apply_pack(root)
    trees = Layer.objects.get(slug="trees")
    edit_feature(layer=trees, key="T-1", values={"species": "липа"})
    change_schema(layer=trees, fields=(*read_fields(trees), FieldSpec(name="note")))

    assert apply_pack(root).difference == ()

    assert Feature.objects.get(layer=trees, key="T-1").properties["species"] == "липа"


def test_a_field_is_added_and_filled_from_the_same_file(write_pack):
    root = write_pack({"layers/trees.toml": """
        title_uk = "Дерева"
        geometry_type = "point"
        key_field = "uid"
        [source]
        file = "trees.geojson"
        [[field]]
        name = "uid"
        """, "layers/trees.style.json": None})  # fmt: skip
    apply_pack(root)

    apply_pack(write_pack())

    names = LayerField.objects.filter(layer__slug="trees").order_by("position")
    assert list(names.values_list("name", flat=True)) == ["uid", "species", "inspector"]
    tree = Feature.objects.get(layer__slug="trees", key="T-1")
    assert tree.properties["species"] == "дуб"
