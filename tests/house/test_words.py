"""What people read names a thing by one word, in one form of address, in the signs of Ukrainian.

Read are the catalogues and the packs; stories of residents are theirs.
"""

import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.house.project import ROOT, name_of
from tests.house.test_translations import CATALOGUES, list_texts, read_catalogue

LETTER = "а-яіїєґА-ЯІЇЄҐ"
ADDRESS = re.compile(rf"(?<![{LETTER}’])(?:Ви|Вас|Вам|Вами|Ваш[{LETTER}]{{0,3}})(?![{LETTER}’])")
BEGINNING = re.compile(r"(?:^|[.!?…]\s|\n|[|*#>•(«“]|^\s*(?:[-–]|\d+\.))[\s«“(*]*$")
# Each with the word that stands for it everywhere.
BANNED = {
    r"мап(?:а|и|і|у|ою)": "карта",
    r"зйомк\w+": "знімання",
    r"[Кк]лацн\w+": "натисніть",
    r"перевідкри\w+": "відкрити знову",
    r"е-?мейл\w*|імейл\w*": "пошта",
    r"слідуюч\w+": "наступний",
    r"[Ее]лектронк\w+": "пошта",
    r"прийняла %": "прийнято: про підприємство, відділ і раду однаково",
}
WRITING = {
    "an apostrophe is ’": re.compile(rf"[{LETTER}]['ʼ`][{LETTER}]"),
    "quotation marks are «»": re.compile(rf'"[^"<>=]*[{LETTER}][^"<>=]*"|„'),
    "a dash is –": re.compile(r"—|(?<=\w) - (?=\w)"),
}
# A count that may be any number takes plural forms; limits and ordinals are known when written.
COUNT = re.compile(rf"%\((?:count|found|rows|total|added|changed|removed)\)s [{LETTER}’]{{3,}}")


def read_texts() -> Iterator[tuple[str, str]]:
    """Where it stands and the Ukrainian text."""
    for domain in CATALOGUES:
        for entry in read_catalogue(domain):
            yield from ((f"{domain}.po:{entry.linenum}", text) for text in list_texts(entry))
    packs = ROOT / "geoportal/packs"
    for path in sorted(packs.rglob("*.toml")):
        if "stories" not in path.parts:
            texts = find_texts(tomllib.loads(path.read_text(encoding="utf-8")))
            yield from ((name_of(path), text) for text in texts)
    for path in sorted(packs.rglob("*.uk.md")):
        yield from ((name_of(path), text) for text in path.read_text(encoding="utf-8").split("\n"))


def find_texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            # What people search by may be any word of theirs.
            if name not in {"keywords", "words"}:
                yield from find_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from find_texts(inner)
    elif isinstance(value, str) and re.search(rf"[{LETTER}]", value):
        yield value


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    return list(read_texts())


def find_capitals(text: str) -> list[str]:
    """Forms of address that are capital inside of a sentence."""
    return [
        match[0] for match in ADDRESS.finditer(text) if not BEGINNING.search(text[: match.start()])
    ]


def test_people_are_addressed_by_a_small_letter(texts):
    wrong = [(place, text) for place, text in texts if find_capitals(text)]
    assert not wrong


@pytest.mark.parametrize("banned", BANNED)
def test_one_thing_has_one_word(texts, banned):
    pattern = re.compile(rf"(?<![{LETTER}’])(?:{banned})")
    wrong = [(place, text) for place, text in texts if pattern.search(text)]
    assert not wrong, f"instead: {BANNED[banned]}"


@pytest.mark.parametrize("rule", WRITING)
def test_signs_are_those_of_ukrainian(texts, rule):
    wrong = [(place, text) for place, text in texts if WRITING[rule].search(text)]
    assert not wrong


@pytest.mark.parametrize("domain", CATALOGUES)
def test_words_follow_the_count_before_them(domain):
    single = [entry for entry in read_catalogue(domain) if not entry.msgid_plural]
    wrong = [entry.msgstr for entry in single if COUNT.search(entry.msgstr)]
    assert not wrong


def test_capitals_are_found_where_they_are_wrong():
    assert find_capitals("Поки Ви писали, Вашу адресу змінено. Ваш текст тут.") == ["Ви", "Вашу"]
    assert find_capitals("Ви приєдналися: ваш голос ураховано.\nВам напишуть.") == []
