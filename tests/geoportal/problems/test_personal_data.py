"""Numbers that lead to a person are pointed out; numbers of the town's life are not."""

from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from geoportal.core.words.personal_data import describe_found, find_personal_data

IBAN = "UA213223130000026007233566001"


def list_kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in find_personal_data(text)]


@pytest.mark.parametrize(
    "number",
    [
        "0671234567",
        "067 123 45 67",
        "067-123-45-67",
        "067.123.45.67",
        "067 123 4567",
        "067 12 34 567",
        "067 12 345 67",
        "0 67 123 45 67",
        "(067) 123-45-67",
        "(067)1234567",
        "+380671234567",
        "+38 067 123 45 67",
        "+38(067)123-45-67",
        "+38 (067) 123–45–67",
        "+38-067-123-45-67",
        "+380 67 123 45 67",
        "+380 (67) 123-45-67",
        "+3 8067 123 45 67",
        "380671234567",
        "38 067 1234567",
        "8 067 123 45 67",
        "8(067)1234567",
        "8-067-123-45-67",
        "067\u00a0123\u00a045\u00a067",
        "0501234567",
        "(0382) 65-43-21",
        "0382 654321",
        "03842 4-12-34",
        "(044) 278-12-34",
        "+48 512 345 678",
        "+49 (151) 12345678",
    ],
)
def test_a_telephone_number_is_found_as_people_write_it(number):
    for text in (number, f"Дзвоніть {number}, Олена", f"тел.:{number}.", f"({number})"):
        ((kind, found),) = list_kinds(text)
        assert kind == "phone"
        assert found.strip("()") == number.strip("()")


@pytest.mark.parametrize("text", ["тел. 5-12-34", "Телефон: 65-43-21", "моб.123-45-67"])
def test_a_local_number_is_found_after_its_word(text):
    ((kind, found),) = list_kinds(text)
    assert kind == "phone"
    assert text.endswith(found)


@pytest.mark.parametrize(
    "number",
    [
        IBAN,
        "UA21 3223 1300 0002 6007 2335 6600 1",
        "UA 21 322313 0000026007233566001",
        "ua213223130000026007233566001",
        "UА213223130000026007233566001",  # the second letter is Cyrillic
        "UA21\u00a03223\u00a01300\u00a00002\u00a06007\u00a02335\u00a06600\u00a01",
    ],
)
def test_a_bank_account_is_found_by_its_check_digits(number):
    assert list_kinds(f"Рахунок {number}.") == [("iban", number)]


def test_a_bank_account_with_a_wrong_digit_is_none():
    assert "iban" not in {kind for kind, _ in list_kinds("UA213223130000026007233566002")}


def build_tax_number(birth_days: int, serial: int) -> str:
    """By the published rule, written apart from the code under test."""
    digits = [int(digit) for digit in f"{birth_days:05d}{serial:04d}"]
    weights = [-1, 5, 7, 9, 4, 6, 10, 5, 7]
    check = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 % 10
    return f"{birth_days:05d}{serial:04d}{check}"


@given(st.integers(10_000, 40_000), st.integers(0, 9999))
def test_a_tax_number_is_found_by_its_check_digit(birth_days, serial):
    number = build_tax_number(birth_days, serial)
    assert list_kinds(f"мій ІПН {number}, прошу") == [("tax_number", number)]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert list_kinds(f"мій ІПН {wrong}, прошу") == []


def test_a_tax_number_of_someone_not_yet_born_is_none():
    assert list_kinds(build_tax_number(60_000, 1234)) == []


@pytest.mark.parametrize(
    "number", ["4242424242424242", "4242 4242 4242 4242", "5105-1051-0510-5100"]
)
def test_a_bank_card_is_found_by_its_check_digit(number):
    assert list_kinds(f"Картка {number} моя") == [("card", number)]
    assert list_kinds(f"Картка {number[:-1]}9 моя") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("паспорт МВ 123456 виданий", "МВ 123456"),
        ("Паспорт серії КМ №654321", "КМ №654321"),
        ("за паспортом НЮ123456", "НЮ123456"),
        ("ID-картка 001234567", "001234567"),
        ("паспорт громадянина № 001234567", "001234567"),
    ],
)
def test_a_document_is_found_after_its_word(text, number):
    assert list_kinds(text) == [("document", number)]


@pytest.mark.parametrize(
    "address",
    ["olena@example.com", "o.petrenko+city@mail.example.ua", "олена@пошта.укр", "a_b-c@x-y.org"],
)
def test_an_e_mail_address_is_found(address):
    assert list_kinds(f"Пишіть на {address}.") == [("email", address)]


INNOCENT = (
    "У дворі будинку 67 по вулиці Соборній, 123, корпус 4, під'їзд 5 не горить світло.",
    "Викликали 101, 102, 103, 104 і 112, приїхали о 12:30.",
    "Гаряча лінія міста 15-80, номер 1580, довідка 109.",
    "Безкоштовна лінія 0 800 50 15 68 або 0800501568 не відповідає.",
    "Яма з 05.04.2026 12 метрів від зупинки, розмір 0,50 на 1,20 м.",
    "З 01.09.2025 до 31.12.2026 обіцяли, пройшло 365 днів, 8 годин 45 хвилин.",
    "Ремонт коштував 1 234 567 890 грн, ще 12 500 000,50 грн не витрачено.",
    "Кошторис 0.671234567 млн не відповідає 0,95 тис.",
    "Кадастровий номер 6825010100:01:002:0034, площа 0,0645 га.",
    "Кадастровий номер 0510136600:02:004:0671 поруч.",
    "Код ЄДРПОУ 04060772, ТОВ «Ромашка», код 12345678.",
    "Рішення № 1234567899 від 12.03.2026, інвентарний номер 101310001.",
    "Договір №0671234567 про вивіз сміття.",
    "Звернення № ЗВ-2026-0000123 зареєстровано, попереднє №202600012345.",
    "Код КАТОТТГ UA68040470010075201, вулиця 067.",
    "Координати 49.4229, 26.9871 або 50.450100, 030.523400.",
    "Автобус АА 1234 ВВ, маршрут 38, зупинка 067.",
    "Дерево № 12345 висотою 12-14 м, діаметр 067 см, посаджене 1986 року.",
    "Тариф 0671 2345, показник лічильника 00012345.",
    "Паспорт об'єкта 2024 року, роботи з 2026-04-05 по 2026-05-06.",
    "Відключення 08:00-12:00 та 16.00-20.00, черги 1.1, 2.2, 3.1.",
    "Поштовий індекс 29000, кв. 45, буд. 12/34, діл. 3-45-67.",
    "Номер ліфта 2012345678901, пломба 98765432101234.",
    "Написав у @misto_bot, ціна 5@10 грн.",
    "Телефонна будка №5 розбита, телефон 112 працює.",
    "https://example.org/problems/0671234567-12/ і /id/4242424242424242/",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_numbers_of_the_towns_life_are_left_alone(text):
    assert list_kinds(text) == []


def test_two_numbers_with_a_stroke_between_are_both_found():
    assert len(list_kinds("тел. 0671234567/050 123 45 67")) == 2


def test_several_are_found_in_the_order_of_the_text():
    text = f"Пишіть a@b.ua, дзвоніть 067 123 45 67, переказ на {IBAN}"
    assert [kind for kind, _ in list_kinds(text)] == ["email", "phone", "iban"]


def test_the_person_is_told_in_words_what_was_found():
    found = find_personal_data("Дзвоніть 067 123 45 67 або пишіть olena@example.com")
    with override("en"):
        words = describe_found(found)
    assert "telephone number “067 123 45 67”; e-mail address “olena@example.com”" in words
    assert describe_found([]) == ""


PIECES = st.sampled_from(
    ["0", "67", "123", "+38", "(", ")", "-", " ", ".", "№", "@", "UA", IBAN, "паспорт ", "тел. "]
)


@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
@example("٠٦٧١٢٣٤٥٦٧")
@example("²³" * 20)
@example("+" * 5000)
@example("0" * 5000)
@example("a" * 5000 + "@")
@example("(0 " * 2000)
def test_any_text_is_read_and_every_find_stands_where_it_says(text):
    found = find_personal_data(text)
    for one in found:
        assert text[one.start : one.end] == one.text
    for first, second in pairwise(found):
        assert first.end <= second.start
    describe_found(found)
