"""A pack from the portal is the inverse of a portal from a pack."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geoportal.accounts.models import Invitation, Organisation
from geoportal.interface.models import Community
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.exporting.toml_text import write_document
from geoportal.packs.exporting.whole import export_pack
from geoportal.packs.toml_places import read_toml
from geoportal.problems.models import (
    Category,
    Oversight,
    Question,
    ResponseTemplate,
    Responsibility,
)
from layers.models import Feature, Layer, Theme
from layers.services import archive_layer, delete_layer, edit_feature
from tests.geoportal.packs.conftest import TOWN
from tests.geoportal.packs.test_folder import draw

pytestmark = pytest.mark.django_db


def read_files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def empty_portal(settings) -> Callable[[], None]:
    """Nothing stands but pages, whose versions nobody can delete."""

    def empty() -> None:
        settings.BOUNDARY_LAYER = "none"
        for model in (Responsibility, Oversight, ResponseTemplate, Question, Invitation):
            model.objects.all().delete()
        Category.objects.exclude(parent=None).delete()
        Category.objects.all().delete()
        for layer in Layer.objects.exclude(kind=Layer.Kind.PROBLEMS):
            archive_layer(layer=layer)
            delete_layer(layer=layer)
        for model in (Theme, Organisation, Community):
            model.objects.all().delete()
        settings.BOUNDARY_LAYER = "boundary"

    return empty


@pytest.fixture
def portal(write_pack) -> None:
    """A town with a logo, an own base map and a hidden tree."""
    community = TOWN["community.toml"] + (
        '\n[base_map]\nraster_url = "https://tiles.example/{z}/{x}/{y}.png"\n'
        'pmtiles = "town.pmtiles"\n'
        "\n[map]\ncenter = [27.05, 50.15]\nzoom = 13\n"
        '\n[[emergency_number]]\nnumber = "112"\ntitle_uk = "допомога"\n'
    )
    root = write_pack({"community.toml": 'logo = "logo.png"\n' + community})
    (root / "logo.png").write_bytes(draw((200, 100)))
    apply_pack(root)
    trees = Layer.objects.get(slug="trees")
    edit_feature(layer=trees, key="T-2", visibility="staff")


def test_an_exported_pack_changes_nothing_where_it_comes_from(portal, tmp_path):
    export_pack(tmp_path / "out")
    applied = apply_pack(tmp_path / "out")
    assert applied.difference == ()


def test_applied_elsewhere_and_exported_again_it_has_the_same_bytes(portal, tmp_path, empty_portal):
    export_pack(tmp_path / "first")
    rules = Responsibility.objects.count()
    empty_portal()
    assert not Layer.objects.exclude(kind="problems").exists()

    apply_pack(tmp_path / "first")
    export_pack(tmp_path / "second")

    first, second = read_files(tmp_path / "first"), read_files(tmp_path / "second")
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()
    assert Responsibility.objects.count() == rules
    tree = Feature.objects.get(layer__slug="trees", key="T-2")
    assert (tree.visibility, tree.geom.coords) == ("staff", (27.03, 50.15))
    assert Feature.objects.get(key="T-1").internal == {"inspector": "І. К."}
    assert bytes(Community.objects.get().logo) == draw((200, 100))


def test_the_starter_goes_there_and_back(write_folder, tmp_path, empty_portal):
    apply_pack(write_folder({"community.toml": """
        format = 1
        extends = "ukraine"
        name_uk = "Своя громада"
        short_name_uk = "Своє"
        """}))  # fmt: skip
    export_pack(tmp_path / "first")
    assert apply_pack(tmp_path / "first").difference == ()
    empty_portal()
    apply_pack(tmp_path / "first")
    export_pack(tmp_path / "second")
    assert read_files(tmp_path / "first") == read_files(tmp_path / "second")


def test_people_are_not_in_an_exported_pack(portal, tmp_path):
    export_pack(tmp_path / "out")
    files = read_files(tmp_path / "out")
    assert "people.csv" not in files
    assert not any(b"head@example.org" in content for content in files.values())


def test_a_large_layer_is_packed_to_the_same_bytes(portal, tmp_path, monkeypatch):
    monkeypatch.setattr("geoportal.packs.exporting.layers.PACKED_FROM_BYTES", 10)
    for name in ("first", "second"):
        export_pack(tmp_path / name)
    first = read_files(tmp_path / "first")
    assert "layers/trees.geojson.gz" in first
    assert first == read_files(tmp_path / "second")
    assert apply_pack(tmp_path / "first").difference == ()


def test_coordinates_keep_every_bit(portal, tmp_path):
    point = "POINT (27.123456789012345 50.10000000000001)"
    trees = Layer.objects.get(slug="trees")
    from django.contrib.gis.geos import GEOSGeometry

    edit_feature(layer=trees, key="T-1", geom=GEOSGeometry(point, srid=4326), keep_geom=False)
    export_pack(tmp_path / "out")
    assert apply_pack(tmp_path / "out").difference == ()
    text = (tmp_path / "out/layers/trees.geojson").read_text()
    assert "27.123456789012344" in text or "27.123456789012345" in text


def test_a_folder_that_holds_something_is_left_alone(portal, tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(CommandError, match="не порожня"):
        call_command("export_pack", str(tmp_path))
    assert [path.name for path in tmp_path.glob("*.toml")] == []


@pytest.mark.parametrize(
    "words", ['"лапки" і \\ риска', "рядок\nрядок\ttab", "\x7f\x01", "кінець '''", "", "𝒳"]
)
def test_any_text_comes_back_from_toml(words):
    values = {"a": words, "b": [words, words], "c": [{"x y": words}], "d": True, "e": 1.5}
    assert read_toml(write_document(values)).values == values
