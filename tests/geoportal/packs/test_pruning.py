"""Nothing goes without being asked for; then what the pack does not name goes softly."""

import pytest

from geoportal.accounts.models import Membership, Organisation
from geoportal.packs.applying.whole import apply_pack
from geoportal.pages.models import Page
from geoportal.problems.models import (
    Category,
    Oversight,
    Question,
    ResponseTemplate,
    Responsibility,
)
from layers.models import Feature, Layer, LayerField, Theme

pytestmark = pytest.mark.django_db
LESS = {
    "themes.toml": '[[theme]]\nslug = "borders"\ntitle_uk = "Межі"\n',
    "organisations.toml": """
        [[organisation]]
        slug = "council"
        kind = "local_government"
        name_uk = "Міська рада"
        """,
    "categories.toml": '[[category]]\ncode = "street"\ntitle_uk = "Вулиця"\n',
    "templates.toml": None,
    "responsibilities.csv": None,
    "people.csv": None,
    "layers/trees.toml": None,
    "layers/trees.geojson": None,
    "layers/trees.style.json": None,
    "pages/pages.toml": None,
    "pages/contacts.uk.md": None,
}


def count_all() -> list[int]:
    models = (Theme, Organisation, Category, Question, ResponseTemplate, Responsibility, Oversight,
              Layer, Feature)  # fmt: skip
    return [model.objects.count() for model in models]


def test_nothing_is_removed_without_prune(write_pack):
    apply_pack(write_pack())
    before = count_all()

    applied = apply_pack(write_pack(LESS))

    assert applied.difference == ()
    assert count_all() == before


def test_prune_takes_away_what_the_pack_does_not_name(write_pack):
    apply_pack(write_pack())

    applied = apply_pack(write_pack(LESS), prune=True)

    assert list(Theme.objects.values_list("slug", flat=True)) == ["borders"]
    assert not Organisation.objects.filter(slug="roads").exists()
    assert not Category.objects.get(code="pothole").is_active
    assert Category.objects.get(code="street").is_active
    assert not ResponseTemplate.objects.exists()
    assert not Responsibility.objects.exists()
    assert Oversight.objects.count() == 1
    trees = Layer.objects.get(slug="trees")
    assert trees.archived_at is not None
    assert Feature.objects.filter(layer=trees).count() == 2
    contacts = Page.objects.get(slug="contacts")
    assert not contacts.in_menu
    assert not contacts.in_footer
    assert {change.deed for change in applied.difference} == {"removed"}
    assert apply_pack(write_pack(LESS), prune=True).difference == ()


def test_an_organisation_that_others_refer_to_is_switched_off(write_pack, trees):
    keeper = trees.organisation
    apply_pack(write_pack({"organisations.toml": None, "oversight.csv": None,
                           "responsibilities.csv": None, "people.csv": None,
                           "templates.toml": None,
                           "layers/trees.toml": 'title_uk = "Дерева"\n',
                           "layers/trees.geojson": None, "layers/trees.style.json": None,
                           "pages/contacts.uk.md": "# Контакти\n"}), prune=True)  # fmt: skip

    assert not Organisation.objects.get(pk=keeper.pk).is_active


def test_an_organisation_keeps_its_members_and_is_switched_off(write_pack, resident):
    apply_pack(write_pack())
    roads = Organisation.objects.get(slug="roads")
    Membership.objects.create(user=resident, organisation=roads, role=Membership.Role.OFFICER)

    apply_pack(write_pack(LESS), prune=True)

    roads.refresh_from_db()
    assert not roads.is_active
    assert roads.memberships.count() == 1
    assert apply_pack(write_pack(LESS), prune=True).difference == ()


def test_features_that_the_file_does_not_name_go_with_prune_alone(write_pack, plant):
    from layers.services import add_feature

    root = write_pack()
    apply_pack(root)
    trees = Layer.objects.get(slug="trees")
    add_feature(
        layer=trees, geom=Feature.objects.get(layer=trees, key="T-1").geom, values={"uid": "T-9"}
    )

    apply_pack(root)
    assert Feature.objects.filter(layer=trees).count() == 3

    apply_pack(root, prune=True)
    assert set(Feature.objects.filter(layer=trees).values_list("key", flat=True)) == {"T-1", "T-2"}


def test_fields_that_the_pack_does_not_name_stay_until_prune(write_pack):
    apply_pack(write_pack())
    less = {"layers/trees.toml": """
        title_uk = "Дерева"
        key_field = "uid"
        title_field = ""
        [source]
        file = "trees.geojson"
        [[field]]
        name = "uid"
        required = true
        """, "layers/trees.style.json": None}  # fmt: skip

    apply_pack(write_pack(less))
    fields = LayerField.objects.filter(layer__slug="trees")
    assert set(fields.values_list("name", flat=True)) == {"uid", "species", "inspector"}

    apply_pack(write_pack(less), prune=True)
    assert list(fields.values_list("name", flat=True)) == ["uid"]


def test_a_layer_that_was_archived_comes_back_when_it_is_named(write_pack):
    apply_pack(write_pack())
    apply_pack(write_pack(LESS), prune=True)

    apply_pack(write_pack())

    assert Layer.objects.get(slug="trees").archived_at is None


def test_a_layer_that_cannot_leave_refuses_the_whole(write_pack, list_errors):
    from geoportal.packs.findings import PackRefused

    apply_pack(write_pack())
    without = LESS | {"layers/boundary.toml": None, "layers/boundary.geojson": None}
    with pytest.raises(PackRefused) as refused:
        apply_pack(write_pack(without), prune=True)
    assert "boundary" in str(refused.value.findings.errors[0])
    assert Theme.objects.count() == 2
