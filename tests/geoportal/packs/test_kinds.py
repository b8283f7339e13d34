"""Kinds of objects in people's words come from `kinds.toml`."""

import pytest

from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.checking.everything import check_pack
from geoportal.packs.exporting.whole import export_pack
from geoportal.packs.extending import SHIPPED
from layers.models import Kind, Layer
from layers.services import archive_layer

pytestmark = pytest.mark.django_db
KINDS = {
    "kinds.toml": """
        [[kind]]
        slug = "tree"
        title_uk = "Дерево"
        title_en = "Tree"
        words = ["дерева", "саджанець"]
        icon = "tree-deciduous"
        layer = "trees"

        [[kind]]
        slug = "oak"
        title_uk = "Дуб"
        layer = "trees"
        only = { species = ["дуб"] }
        """
}


Row = tuple[str, str, str, list[str], dict[str, list[str]]]


def list_kinds() -> list[Row]:
    return [
        (kind.slug, kind.title, kind.layer.slug, kind.words, kind.only)
        for kind in Kind.objects.select_related("layer")
    ]


TREE: Row = ("tree", "Дерево", "trees", ["дерева", "саджанець"], {})
OAK: Row = ("oak", "Дуб", "trees", [], {"species": ["дуб"]})


def test_kinds_stand_in_the_order_of_the_file(write_pack):
    apply_pack(write_pack(KINDS))
    assert list_kinds() == [TREE, OAK]
    assert apply_pack(write_pack(KINDS)).difference == ()


def test_a_pack_goes_there_and_back_with_its_kinds(write_pack, tmp_path):
    apply_pack(write_pack(KINDS))
    export_pack(tmp_path / "out")
    Kind.objects.all().delete()

    apply_pack(tmp_path / "out")

    assert list_kinds() == [TREE, OAK]
    archive_layer(layer=Layer.objects.get(slug="trees"))
    export_pack(tmp_path / "without")
    assert not (tmp_path / "without/kinds.toml").exists()


def test_prune_takes_kinds_that_the_pack_does_not_name(write_pack):
    apply_pack(write_pack(KINDS))
    less = write_pack({"kinds.toml": '[[kind]]\nslug = "oak"\ntitle_uk = "Дуб"\nlayer = "trees"\n'})

    apply_pack(less)
    assert Kind.objects.count() == 2
    apply_pack(less, prune=True)
    assert list(Kind.objects.values_list("slug", flat=True)) == ["oak"]


def test_mistakes_are_told_with_their_line(write_pack):
    words = """\
        [[kind]]
        slug = "a"
        title_uk = "А"
        layer = "treees"

        [[kind]]
        slug = "b"
        title_uk = "Б"
        layer = "trees"
        only = { speces = ["дуб"] }

        [[kind]]
        slug = "c"
        layer = "trees"
        """
    _pack, findings = check_pack(write_pack({"kinds.toml": words}))
    assert [(each.place.line, each.message) for each in findings.errors] == [
        (4, "Немає шару «treees». Можливо, «trees»?"),
        (10, "Немає поля «speces». Можливо, «species»?"),
        (12, "Бракує «title_uk»."),
    ]


def test_a_layer_that_is_left_out_takes_its_kinds_with_it(write_folder):
    own = """
        format = 1
        extends = "ukraine"
        name_uk = "Своя громада"
        short_name_uk = "Своє"
        [without]
        layers = ["amenities"]
        kinds = ["wifi"]
        """
    pack, findings = check_pack(write_folder({"community.toml": own}))
    assert findings.errors == []
    left = set(pack.by_code("kinds"))
    assert "pharmacy" in left
    assert not left & {"toilet", "service-centre", "cash-machine", "wifi"}


def test_the_starter_names_its_kinds_in_both_languages_once():
    pack, _findings = check_pack(SHIPPED / "ukraine")
    kinds = {kind.text("slug"): kind for kind in pack.list("kinds")}
    assert {"pharmacy", "hospital", "shelter", "toilet", "wifi", "batteries"} <= kinds.keys()
    assert {"service-centre", "school", "kindergarten", "cash-machine"} <= kinds.keys()
    for slug, kind in kinds.items():
        words = kind.values["words"]
        assert all(kind.text(key) for key in ("title_en", "icon")), slug
        assert len(set(words)) == len(words), slug
