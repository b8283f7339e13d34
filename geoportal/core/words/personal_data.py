"""Telephone numbers, addresses of e-mail, bank accounts and the like in what a person writes.

The person is shown them before anything becomes public; nothing is refused or changed. Better one
number too few than a warning at every price: what has a check digit is checked, and what looks
like a date, a register number or an emergency number is left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import phonenumbers
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import PhoneNumberType
from stdnum import iban, luhn
from stdnum.ua import rntrc

# The last three are told not by their form: obscene words (`flagged`), and what a problem keeps
# from the public (`withheld`).
Kind = Literal[
    "iban",
    "card",
    "document",
    "phone",
    "tax_number",
    "email",
    "obscenity",
    "hidden_name",
    "contact",
]

KIND_TITLES: dict[Kind, Promise] = {
    "iban": gettext_lazy("bank account"),
    "card": gettext_lazy("bank card number"),
    "document": gettext_lazy("passport or ID card"),
    "phone": gettext_lazy("telephone number"),
    "tax_number": gettext_lazy("tax number"),
    "email": gettext_lazy("e-mail address"),
    "obscenity": gettext_lazy("obscene word"),
    "hidden_name": gettext_lazy("name that the author hid"),
    "contact": gettext_lazy("contact that is not public"),
}
SHOWN_LETTERS_MAX = 40

SPACE = r"[ \u00a0\u202f]"
# Between the parts of a number: at most three of spaces, hyphens, dots and brackets.
GAP = r"[ \u00a0\u202f.()\-\u2010-\u2015]{0,3}"
# Not a part of a longer number, a date, a sum or an address of the web.
ALONE_BEFORE = r"(?<![\w+])(?<!\d[.,:\\-])(?<![A-Za-z]/)"
ALONE_AFTER = r"(?!\w)(?![.,:\\-]\d)"

IBAN = re.compile(rf"(?<!\w)[UuУу][AaАа]{SPACE}?\d\d(?:{SPACE}?\d){{25}}(?!\w)")
CARD = re.compile(
    rf"{ALONE_BEFORE}(?:\d{{16}}|\d{{4}}(?:{SPACE}\d{{4}}){{3}}|\d{{4}}(?:-\d{{4}}){{3}}){ALONE_AFTER}"
)
# The digits after the first word, which alone says what they are.
DOCUMENT = re.compile(
    r"(?:паспорт\w{0,3}|passport|(?:id|ід|ай-?ді)[ -]?карт\w{1,3})[^\d\n]{0,30}?"
    r"((?<!\w)[А-ЯҐЄІЇA-Z]{2}[ №]{0,3}\d{6}|(?<!\d)\d{9})(?!\w)",
    re.IGNORECASE,
)
# How the ten digits are grouped: codes of three digits with the 0, of towns up to five.
PHONE_GROUPS = (
    *("3 7", "3 3 2 2", "3 3 4", "3 2 2 3", "3 2 3 2"),
    *("1 2 7", "1 2 3 2 2", "1 2 3 4", "1 2 2 2 3", "1 2 2 3 2"),
    *("4 6", "4 2 2 2", "4 3 3", "5 5", "5 1 2 2"),
)
PHONE_SHAPES = "|".join(
    GAP.join(rf"\d{{{size}}}" for size in groups.split()) for groups in PHONE_GROUPS
)
PHONE = re.compile(
    rf"{ALONE_BEFORE}(?:(?:\+?{SPACE}?3{SPACE}?8|8){GAP})?\(?(?=0(?!\.))(?:{PHONE_SHAPES}){ALONE_AFTER}"
)
FOREIGN_PHONE = re.compile(rf"(?<![\w+])\+[1-9](?:[ \u00a0()-]{{0,2}}\d){{8,14}}{ALONE_AFTER}")
# Local numbers are too short to be told from house numbers without the word before them.
LOCAL_PHONE = re.compile(
    r"(?<!\w)(?:тел|телефон\w{0,3}|моб|факс)\.?[ :№]{0,3}(\d{1,3}-\d\d-\d\d)(?![\d-])",
    re.IGNORECASE,
)
TAX_NUMBER = re.compile(rf"{ALONE_BEFORE}[1-9]\d{{9}}{ALONE_AFTER}")
EMAIL = re.compile(
    r"(?<![\w.+-])[\w][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[^\W\d_]{2,24}(?![\w@])"
)

# Lines of services, as 0 800 and 0 900, are nobody's own.
PERSONAL_LINES = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.VOIP,
    }
)
NUMBER_SIGN = re.compile(rf"№{SPACE}?$")
CARD_PREFIX = re.compile(r"4|5[0-9]|6[0-9]|2[2-7]|9804")
TAX_EPOCH = date(1899, 12, 31)
EARLIEST_BIRTH = date(1915, 1, 1)


@dataclass(frozen=True)
class Found:
    """`text` is what stands between `start` and `end`, counted in characters."""

    kind: Kind
    start: int
    end: int
    text: str


def find_personal_data(text: str) -> list[Found]:
    """In the order of the text, none overlapping."""
    found: list[Found] = []
    for kind, finder in FINDERS:
        for start, end in finder(text):
            if all(end <= other.start or other.end <= start for other in found):
                found.append(Found(kind, start, end, text[start:end]))
    return sorted(found, key=lambda one: one.start)


def describe_found(found: Sequence[Found]) -> str:
    """One sentence for the person who wrote it; empty when there is nothing to say."""
    if not found:
        return ""
    listed = "; ".join(
        _("%(kind)s “%(text)s”") % {"kind": KIND_TITLES[one.kind], "text": shorten(one.text)}
        for one in found
    )
    words = _(
        "Everyone will be able to read in your text: %(found)s. Leave out what is not needed."
    )
    return words % {"found": listed}


def shorten(text: str) -> str:
    return text if len(text) <= SHOWN_LETTERS_MAX else text[: SHOWN_LETTERS_MAX - 1] + "…"


def read_digits(text: str) -> str:
    """ASCII digits of all digits in it: `\\d` means those of every script."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def find_ibans(text: str) -> Iterator[tuple[int, int]]:
    return (
        match.span() for match in IBAN.finditer(text) if iban.is_valid(f"UA{read_digits(match[0])}")
    )


def find_cards(text: str) -> Iterator[tuple[int, int]]:
    for match in CARD.finditer(text):
        digits = read_digits(match[0])
        if CARD_PREFIX.match(digits) and luhn.is_valid(digits):
            yield match.span()


def find_documents(text: str) -> Iterator[tuple[int, int]]:
    return (match.span(1) for match in DOCUMENT.finditer(text))


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    for match in PHONE.finditer(text):
        number = read_digits(match[0])[-10:]
        plain = match[0].isdecimal() and not match[0].startswith("380")
        if is_phone(number) and not (plain and is_counted(match)):
            yield match.span()
    for match in FOREIGN_PHONE.finditer(text):
        digits = read_digits(match[0])
        if not digits.startswith("380") and is_phone(f"+{digits}"):
            yield match.span()
    yield from (match.span(1) for match in LOCAL_PHONE.finditer(text))


def is_phone(number: str) -> bool:
    """A number that some network of the country gives to a person, by the plan of its digits."""
    try:
        parsed = phonenumbers.parse(number, "UA")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) in PERSONAL_LINES


def is_counted(match: re.Match[str]) -> bool:
    """After «№» stands the number of a document, not of a telephone or a person."""
    return NUMBER_SIGN.search(match.string, 0, match.start()) is not None


def find_tax_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in TAX_NUMBER.finditer(text):
        if is_tax_number(read_digits(match[0])) and not is_counted(match):
            yield match.span()


def is_tax_number(digits: str) -> bool:
    """РНОКПП: days from the end of 1899 to birth, four digits more, one to check them."""
    born = TAX_EPOCH + timedelta(days=int(digits[:5]))
    return bool(rntrc.is_valid(digits)) and EARLIEST_BIRTH <= born <= timezone.localdate()


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in EMAIL.finditer(text))


# What comes first keeps its place: the digits of an account may look like a card or a telephone.
FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("iban", find_ibans),
    ("card", find_cards),
    ("document", find_documents),
    ("phone", find_phones),
    ("tax_number", find_tax_numbers),
    ("email", find_emails),
)
