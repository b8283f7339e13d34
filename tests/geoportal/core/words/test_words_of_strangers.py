"""Obscene words are found and their innocent neighbours are not; letters make no links."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.core.words.obscenities import find_obscenities
from geoportal.core.words.unlinked import ADDRESS, DOT, drop_links, drop_links_in_line


def find(text: str) -> list[str]:
    return [text[start:end] for start, end in find_obscenities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Хуйня якась, а не дорога", ["Хуйня"]),
        ("ідіть нахуй звідси", ["нахуй"]),
        ("Хyй на паркані", ["Хyй"]),  # a Latin y
        ("х*й знає", ["х*й"]),
        ("повний пиздець і п***ц", ["пиздець", "п***ц"]),
        ("Заїбали! виїбуються, об'єбали", ["Заїбали", "виїбуються", "об'єбали"]),
        ("ебаный двор", ["ебаный"]),
        ("йобана яма, довбойоб", ["йобана", "довбойоб"]),
        ("бля, блядь, бл*дь", ["бля", "блядь", "бл*дь"]),
        ("курва, шлюха, сука", ["курва", "шлюха", "сука"]),
        ("гівно тече", ["гівно"]),
        ("підари", []),
        ("підораси, пидарас", ["пидарас"]),
        ("fuck this shit", ["fuck", "shit"]),
        ("blyat pizdets", ["blyat", "pizdets"]),
    ],
)
def test_obscene_words_are_found(text, found):
    assert find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Хліб, себе, тебе, небо, требa, зебра, вебсайт, потребує, небезпечно",
        "Запізнився, пізно, поїзд, під'їзд, виїзд, наїзд",
        "Підорвали, підривники, підошва, підора здачу",
        "Страхування, худий, хутір, хуліган, поховали, ухил, хурма, хуртовина",
        "Сукупність, суки дерев, гілки й сучки, сусідка, сукня",
        "Мандат, мандарини, командир, Мандрівна вулиця",
        "Бляха на даху, бляклий, блискуча, благоустрій, обладнання",
        "Педоричі, головна, рівний, мудрий, Мудра, лайно собаки, жовтень",
        "Scunthorpe, classic, shiitake, hub, Huyuk",
        "Ребро, хлебтати, Хуст, Хуан, вул. Хуторна",
        "Страх убивства, по хутору, це дощ, поле б а",
        "п/п №3, 3*4, * * *, C#, 50%",
    ],
)
def test_innocent_words_are_left_alone(text):
    assert find(text) == []


@given(st.text(alphabet="хуйпздбляєеї*# aо’", max_size=60))
def test_places_are_inside_the_text_and_in_order(text):
    ends = [place for span in find_obscenities(text) for place in span]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(text) for place in ends)


def test_a_long_text_is_looked_through_at_once():
    started = time.monotonic()
    list(find_obscenities("пере" * 5000 + "х*" * 5000))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("http://evil.example Натисніть", "[link] Натисніть"),
        ("див. HTTPS://evil.example/a?b=1, швидко", "див. [link] швидко"),
        ("www.evil.example", "[link]"),
        ("evil.example/pay", "evil. example/pay"),
        ("пишіть на a@evil.example", "пишіть на a@evil. example"),
        ("ев\u200bіл.укр", "евіл. укр"),
        ("evil。example", "evil。 example"),
        ("evil_.example", "evil_. example"),
        ("евии\u0306.укр", "евии\u0306. укр"),  # a letter of two signs before the dot
        ("evil.и\u0306кр", "evil. и\u0306кр"),
        ("ev\u034fil.example, http\u180e://evil.example", "evil. example, [link]"),
        ("вул. Садова, 12.05.2026, т. 3, буд. 5", "вул. Садова, 12.05.2026, т. 3, буд. 5"),
        ("Прийшов.Побачив", "Прийшов. Побачив"),
    ],
)
def test_nothing_is_left_that_a_mail_program_follows(text, left, settings):
    from django.utils import translation

    with translation.override("en"):
        assert drop_links(text) == left


@given(st.text(max_size=80))
def test_a_line_has_no_address_and_no_break(text):
    line = drop_links_in_line(text)
    assert not ADDRESS.search(line)
    assert not DOT.search(line)
    assert not re.search(r"[\r\n]", line)
