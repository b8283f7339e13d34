"""Nothing in the project names a place that only one machine has."""

import re

from tests.house.project import ROOT, is_text, list_files, name_of

HOMES = re.compile(r"(?<![\w.])/(?:home|Users)/[A-Za-z]|(?<![\w.])/root/(?!\*)")
LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|XXX)\b")


def read_texts() -> list[tuple[str, str]]:
    return [
        (name_of(path), path.read_text(encoding="utf-8")) for path in list_files() if is_text(path)
    ]


def test_no_file_names_a_path_of_a_machine():
    found = [
        name
        for name, text in read_texts()
        if str(ROOT) in text or (HOMES.search(text) and not name.startswith("tests/house/"))
    ]
    assert not found


def test_nothing_is_left_for_later():
    found = [
        name
        for name, text in read_texts()
        if LEFT_OVER.search(text) and not name.startswith("tests/house/")
    ]
    assert not found


def test_texts_are_utf_8_with_plain_line_ends():
    found = [name for name, text in read_texts() if "\r" in text or text.startswith("\ufeff")]
    assert not found
