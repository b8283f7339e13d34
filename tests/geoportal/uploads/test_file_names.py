"""Names that strangers give to files, as they stand in our folders."""

import pytest

from geoportal.uploads.file_names import clean_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\дані\\Дерева.csv", "Дерева.csv"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        (".sketch", "sketch"),
        ("a\nb\x01\0.csv", "ab.csv"),
        ("звіт\u202evsc.exe", "звітvsc.exe"),
        ("\ud800.csv", "csv"),
        ("<img src=x>.csv", "<img src=x>.csv"),
    ],
)
def test_a_name_is_only_a_name(sent, kept):
    assert clean_name(sent) == kept


def test_a_long_ukrainian_name_fits_a_folder_and_keeps_its_extension(tmp_path):
    names = {clean_name("Реєстр об’єктів " * 15 + extension) for extension in (".shp", ".dbf")}
    for name in names:
        (tmp_path / name).touch()
    assert {name[-4:] for name in names} == {".shp", ".dbf"}
    assert len({name[:-4] for name in names}) == 1


def test_a_name_that_is_all_extension_fits_too(tmp_path):
    (tmp_path / clean_name("а." + "я" * 300)).touch()
