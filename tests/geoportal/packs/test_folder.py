"""Nothing in a pack leads out of it, and nothing in it is overlooked."""

import gzip
import json
from io import BytesIO

import pytest
from PIL import Image

from geoportal.interface.community import get_community
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.toml_places import InvalidToml, read_toml
from layers.models import Feature
from tests.geoportal.packs.conftest import TOWN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["../outside.geojson", "/etc/passwd", "a/../../x.geojson", "..\\x.geojson"]
)
def test_a_path_that_leads_out_is_refused(write_pack, list_errors, path):
    trees = TOWN["layers/trees.toml"].replace('"trees.geojson"', json.dumps(path))
    root = write_pack({"layers/trees.toml": trees, "layers/trees.geojson": None})
    (root.parent / "outside.geojson").write_text("{}")
    (error,) = list_errors(root)
    assert error.startswith("testove/layers/trees.toml:14:")
    assert "веде за межі теки" in error


def test_a_symbolic_link_is_refused_wherever_it_leads(write_pack, list_errors):
    root = write_pack()
    (root / "layers" / "trees.geojson").unlink()
    (root / "layers" / "trees.geojson").symlink_to(root / "layers" / "halves.geojson")
    assert any("Символічне посилання" in error for error in list_errors(root))


def test_a_linked_folder_is_refused(write_pack, list_errors, tmp_path):
    root = write_pack()
    (root / "pages").rename(tmp_path / "elsewhere")
    (root / "pages").symlink_to(tmp_path / "elsewhere")
    assert any("Символічне посилання" in error for error in list_errors(root))


def test_a_file_that_nothing_names_is_told_with_what_was_meant(write_pack, list_errors):
    root = write_pack({"organizations.toml": "", "layers/old.geojson": "{}", "pages/x.md": "# Х"})
    assert list_errors(root) == [
        "testove/layers/old.geojson: Цього файлу ніщо не називає.",
        "testove/organizations.toml: Цього файлу ніщо не називає. Можливо, «organisations.toml»?",
        "testove/pages/x.md: Цього файлу ніщо не називає.",
    ]


def test_notes_and_hidden_files_are_passed_over(write_pack):
    root = write_pack({"README.md": "x", ".git/config": "x", "layers/SOURCE.md": "x",
                       "raw/streets.xlsx": "x"})  # fmt: skip
    apply_pack(root, dry_run=True)


def test_a_file_in_another_encoding_is_told_with_its_line(write_pack, list_errors):
    root = write_pack()
    (root / "themes.toml").write_bytes('# 1\n[[theme]]\ntitle_uk = "Межі"\n'.encode("cp1251"))
    assert "testove/themes.toml:3: Цей файл не в UTF-8." in list_errors(root)


def test_broken_toml_is_told_with_its_line(write_pack, list_errors):
    errors = list_errors(write_pack({"themes.toml": '[[theme]]\nslug = "a"\ntitle_uk = А\n'}))
    assert any(error.startswith("testove/themes.toml:3: Це не TOML") for error in errors)


def test_the_line_of_unfinished_toml_is_the_last():
    with pytest.raises(InvalidToml) as broken:
        read_toml('a = 1\nb = """\nx\n')
    assert broken.value.line == 4


@pytest.mark.parametrize(
    "value",
    ["[" * 5000 + "]" * 5000, "9" * 5000, "0x" + "f" * 20_000, "[" * 300 + "]" * 300],
    ids=["deep", "long", "hexadecimal", "walked"],
)
def test_what_no_program_can_hold_is_a_finding(write_pack, list_errors, value):
    """Not an error of Python's own."""
    errors = list_errors(write_pack({"themes.toml": f"position = {value}\n"}))
    assert any(error.startswith("testove/themes.toml") for error in errors)


@pytest.mark.parametrize("words", ['{"light": %s}' % ("9" * 5000), "[" * 100_000])
def test_a_style_that_no_program_can_hold_is_a_finding(write_pack, list_errors, words):
    root = write_pack({"layers/trees.style.json": None})
    (root / "layers" / "trees.style.json").write_text(words)
    (error,) = list_errors(root)
    assert error.startswith("testove/layers/trees.style.json: ")


def test_a_name_that_no_file_can_have_is_a_finding(write_pack, list_errors):
    trees = TOWN["layers/trees.toml"].replace('"trees.geojson"', f'"{"ж" * 200}.geojson"')
    root = write_pack({"layers/trees.toml": trees, "layers/trees.geojson": None})
    (error,) = list_errors(root)
    assert error.startswith("testove/layers/trees.toml:14: ")
    assert "ж.geojson" in error


def draw(size: tuple[int, int], form: str = "PNG") -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "#1f6f5c").save(target, form)
    return target.getvalue()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_a_logo_is_kept_as_it_is(write_pack, form):
    root = write_pack({"community.toml": 'logo = "logo.img"\n' + TOWN["community.toml"]})
    (root / "logo.img").write_bytes(draw((200, 100), form))
    apply_pack(root)
    community = get_community()
    assert bytes(community.logo) == draw((200, 100), form)
    assert len(community.logo_digest) == 16


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "PNG, WebP або JPEG"),
        (draw((200, 200), "GIF"), "PNG, WebP або JPEG"),
        (draw((200, 200))[:200], "PNG, WebP або JPEG"),
        (draw((20, 20)), "20×20"),
        (draw((4000, 100)), "4000×100"),
        (b"\x89PNG" + b"0" * 1024**2, "більший за 1 МБ"),
    ],
)
def test_what_is_no_logo_is_refused(write_pack, list_errors, content, words):
    root = write_pack({"community.toml": 'logo = "logo.png"\n' + TOWN["community.toml"]})
    (root / "logo.png").write_bytes(content)
    (error,) = list_errors(root)
    assert error.startswith("testove/logo.png: ")
    assert words in error


def test_data_may_be_packed(write_pack):
    trees = TOWN["layers/trees.toml"].replace("trees.geojson", "trees.geojson.gz")
    root = write_pack({"layers/trees.toml": trees, "layers/trees.geojson": None})
    packed = gzip.compress(TOWN["layers/trees.geojson"].encode())
    (root / "layers" / "trees.geojson.gz").write_bytes(packed)
    apply_pack(root)
    assert Feature.objects.filter(layer__slug="trees").count() == 2


def test_a_broken_packed_file_is_refused(write_pack, list_errors):
    trees = TOWN["layers/trees.toml"].replace("trees.geojson", "trees.geojson.gz")
    root = write_pack({"layers/trees.toml": trees, "layers/trees.geojson": None})
    (root / "layers" / "trees.geojson.gz").write_bytes(b"no gzip")
    (error,) = list_errors(root)
    assert error == "testove/layers/trees.toml:14: Стиснений файл не читається."


def test_only_the_wanted_rows_of_a_file_are_taken(write_pack):
    trees = TOWN["layers/trees.toml"].replace(
        'name = "Інвентаризація"', 'filter = { species = ["дуб", "клен"] }\nonly = "point"'
    )
    apply_pack(write_pack({"layers/trees.toml": trees}))
    assert Feature.objects.get(layer__slug="trees").key == "T-1"


def test_rows_that_cannot_be_loaded_are_remarks(write_pack):
    data = TOWN["layers/trees.geojson"].replace('"липа"', '"баобаб"')
    applied = apply_pack(write_pack({"layers/trees.geojson": data}))
    assert Feature.objects.filter(layer__slug="trees").count() == 1
    (remark, *_others) = [each for each in applied.remarks if "trees" in each.place.name]
    assert remark.place.line == 14
    assert "баобаб" in remark.message


def test_a_pack_says_nothing_of_secrets(write_pack, list_errors):
    community = TOWN["community.toml"] + '\n[[emergency_number]]\nnumber = "112"\ntitle_uk = "д"\n'
    errors = list_errors(write_pack({"community.toml": 'secret_key = "x"\n' + community}))
    assert errors == ["testove/community.toml:1: «secret_key» тут невідомо."]
