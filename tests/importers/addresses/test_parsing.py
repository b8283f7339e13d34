"""Addresses as people write them, taken apart."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.addresses.houses import House, read_house
from importers.addresses.parsing import parse_address
from importers.addresses.streets import build_key, is_short_for
from layers.words.folding import fold
from layers.words.streets import STREET_TYPES

NAMES = ("Шевченка", "Лесі Українки", "40 років Перемоги", "8 Березня", "1-ша Лісова", "М'ясна")


def take_apart(text):
    address = parse_address(text)
    house = address.house
    return address.settlement, address.street.type, address.street.name, house and house.key


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("вул.Базарна", ("", "вулиця", "Базарна", None)),
        ("вул. В.Великого. 68", ("", "вулиця", "В.Великого", "68")),
        ("вулицяКиївська 1", ("", "вулиця", "Київська", "1")),
        ("вул.Наконечного, буд. 32б", ("", "вулиця", "Наконечного", "32Б")),
        ("Межигірська вулиця, 12-А", ("", "вулиця", "Межигірська", "12А")),
        ("Межигірська вул. 12", ("", "вулиця", "Межигірська", "12")),
        ("Брюховичi, вулиця Iвасюка, 1Б, магазин", ("Брюховичі", "вулиця", "Івасюка", "1Б")),
        ("вулиця Пiд дубом, 6А/5\xa0 магазин", ("", "вулиця", "Під дубом", "6А/5")),
        ("вулиця Гетьмана Мазепи, 6-8, павільйон", ("", "вулиця", "Гетьмана Мазепи", "6-8")),
        ("вулиця Кульпаркiвська, 222/2 магазин на АЗС №11",
         ("", "вулиця", "Кульпарківська", "222/2")),
        ("вулиця Князя Романа 12/14 кафе", ("", "вулиця", "Князя Романа", "12/14")),
        ("пл. 40 років Перемоги", ("", "площа", "40 років Перемоги", None)),
        ("вулиця 8 Березня 5", ("", "вулиця", "8 Березня", "5")),
        ("8 Березня, 12", ("", "", "8 Березня", "12")),
        ("Шевченка 5", ("", "", "Шевченка", "5")),
        ("30400, Хмельницька обл., Шепетівський р-н, м. Шепетівка, вул. Шевченка, буд. 12, кв. 15",
         ("Шепетівка", "вулиця", "Шевченка", "12")),
        ("вул. Шевченка 12к3", ("", "вулиця", "Шевченка", "12к3")),
        ("вул. Шевченка, 12, корп. 3", ("", "вулиця", "Шевченка", "12к3")),
        ("вул. Шевченка 12 корпус 3 під'їзд 2", ("", "вулиця", "Шевченка", "12к3")),
        ("просп. Миру, 15 «А»", ("", "проспект", "Миру", "15А")),
        ("пр-т Миру 15", ("", "проспект", "Миру", "15")),
        ("б-р Шевченка 3", ("", "бульвар", "Шевченка", "3")),
        ("пров. 2-й Садовий 4", ("", "провулок", "2-й Садовий", "4")),
        ("1-й провулок Садовий, 4", ("", "провулок", "1-й Садовий", "4")),
        ("вул. 1-ша Лісова, 1-а", ("", "вулиця", "1-ша Лісова", "1А")),
        ("вул. Героїв 51-ї бригади", ("", "вулиця", "Героїв 51-ї бригади", None)),
        ("вулиця Героїв 93 бригади 5", ("", "вулиця", "Героїв 93 бригади", "5")),
        ("в’їзд Тихий, 3", ("", "в'їзд", "Тихий", "3")),
        ("мкр. Автозаводський 12", ("", "мікрорайон", "Автозаводський", "12")),
        ("с. Городище, Шевченка 7", ("Городище", "", "Шевченка", "7")),
        ("вул. Шевченка, 5, м. Шепетівка", ("Шепетівка", "вулиця", "Шевченка", "5")),
        ("вулиця Зелена 149/А", ("", "вулиця", "Зелена", "149А")),
        ("вул. Набережна, 5", ("", "вулиця", "Набережна", "5")),
        ("Набережна 5", ("", "", "Набережна", "5")),
        ("", ("", "", "", None)),
        ("???", ("", "", "", None)),
    ],
)  # fmt: skip
def test_real_spellings(text, parts):
    assert take_apart(text) == parts


def test_what_is_no_part_of_an_address_is_kept():
    assert parse_address("вул. Шевченка, 5, магазин «Колос»").rest == "магазин «Колос"
    flat = parse_address("вул. Шевченка 5, кв. 15").house
    assert flat is not None
    assert (flat.key, flat.flat) == ("5", "15")


@pytest.mark.parametrize(
    ("text", "official"),
    [("12а", "12-А"), ("12-А", "12-А"), ("12 «а»", "12-А"), ("12а/3", "12-А/3"), ("5-7", "5-7"),
     ("№ 12", "12"), ("12/3б", "12/3Б"), ("12 к. 3", "12, корпус 3")],
)  # fmt: skip
def test_a_number_of_a_house_is_written_one_way(text, official):
    found = read_house(text)
    assert found is not None
    assert str(found[0]) == official


def test_ordinals_and_the_order_of_words_make_no_other_street():
    assert build_key("1-ша Лісова") == build_key("Лісова 1")
    assert build_key("Юрія Гагаріна") == build_key("Гагаріна Юрія")
    assert build_key("Iвана Франка") == build_key("Івана Франка")
    assert build_key("Лісова 1") != build_key("Лісова 2")


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Б. Хмельницького", "Богдана Хмельницького", True),
        ("Мазепи", "гетьмана Івана Мазепи", True),
        ("Лісова", "2-га Лісова", False),
        ("Л. Хмельницького", "Богдана Хмельницького", False),
        ("Богдана", "Івана", False),
        ("Б", "Богдана", False),
    ],
)
def test_short_names(short, full, same):
    assert is_short_for(build_key(short), build_key(full)) is same


@given(
    st.sampled_from([(kind, form) for kind, forms in STREET_TYPES.items() for form in forms[:2]]),
    st.sampled_from(NAMES),
    st.integers(1, 999),
    st.sampled_from(["", "А", "Б", "В"]),
    st.sampled_from(["", "1", "15"]),
    st.sampled_from([", ", " "]),
)
def test_every_way_to_write_an_address_says_the_same(kind, name, number, letter, second, gap):
    canonical, form = kind
    expected = House(number, letter, second)
    for house in (str(expected), expected.key.lower(), expected.key):
        written = form.replace("вїзд", "в'їзд")
        address = parse_address(f"{written}. {name}{gap}{house}")
        assert (address.street.type, address.street.key) == (canonical, build_key(name))
        assert address.house is not None
        assert address.house.key == expected.key


LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГІЇЄabcioxI0123456789 .,-/'’№«»"


@given(st.text(max_size=80) | st.text(LETTERS, max_size=60))
def test_any_text_is_taken_apart_and_its_words_stay(text):
    address = parse_address(text)
    assert set(fold(str(address.street.name)).split()) <= set(fold(text).split())
    assert address.house is None or str(address.house.number) in re.sub(r"(?<![0-9])0+", "", text)


@given(st.integers(1, 999), st.sampled_from(["", "А", "Я"]), st.sampled_from(["", "7", "7Б"]))
def test_the_official_way_to_write_a_house_is_read_as_the_same_house(number, letter, second):
    house = House(number, letter, second)
    assert read_house(str(house)) == (house, "")


def test_nearly_all_real_addresses_of_lviv_have_street_and_house(shared_data):
    path = shared_data / "ua-lviv-addresses-lookalikes" / "lviv_addresses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        addresses = [parse_address(row["address"]) for row in csv.DictReader(file)]
    whole = [one for one in addresses if one.street.type and one.house]
    assert len(addresses) == 2474
    assert len(whole) >= 2410  # the others name crossings and markets
    assert not [one for one in addresses if re.search("[a-z]", "".join(one.street.key))]
