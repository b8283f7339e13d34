"""Encodings are guessed by the letters of Ukrainian, also of one short word."""

import json

import pytest

from importers.formats.encoding import choose_for_pieces, guess_page

WORDS = [
    "назва",
    "Шепетівка",
    "вулиця Січових Стрільців",
    "Їжакевича, 5",
    "кам'яниця",
    "ХМЕЛЬНИЦЬКИЙ РАЙОН",
    "провулок Козацький",
    "Об’єкт культурної спадщини",
    "Значимость этих проблем",
]


@pytest.mark.parametrize("page", ["cp1251", "koi8_u", "cp1125"])
@pytest.mark.parametrize("word", WORDS)
def test_short_words(page, word):
    raw = word.replace("’", "'").encode(page)
    assert raw.decode(guess_page(raw)) == word.replace("’", "'")


@pytest.mark.parametrize("page", ["cp1251", "koi8_u", "cp1125"])
def test_addresses_of_a_town(shared_data, page):
    path = shared_data / "ua-ladyzhyn-geoportal" / "organizations.geojson"
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    for one in found[:100]:
        raw = one["properties"]["organization_address"].encode(page, "ignore")
        assert raw.decode(guess_page(raw)) == raw.decode(page)


def test_utf_8_cut_inside_a_letter_is_utf_8():
    pieces = ["Шепетівка".encode()[:-1], "вулиця".encode()[:5], b"plain"]
    assert choose_for_pieces(pieces).name == "utf-8"
    assert choose_for_pieces([*pieces, "назва".encode("cp1251")]).name != "utf-8"


def test_accents_among_latin_letters_are_not_cyrillic():
    assert guess_page("Ñandú café".encode("cp1252")) == "cp1252"
