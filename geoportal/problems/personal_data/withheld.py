"""What a problem keeps from the public, found in words that everyone will read: the name of an
author who hid it, the contacts of a caller.
"""

import re
from collections.abc import Iterator

from geoportal.core.words.personal_data import GAP, Found, Kind, read_digits
from geoportal.problems.models import Problem

SHORTEST_NAME = 3
SHORTEST_PHONE = 5
# Codes of the country and of the network are written or left out.
LOCAL_DIGITS = 9


def find_withheld(text: str, problem: Problem) -> list[Found]:
    """In the order of the text. Only for who may know it: a guess would be answered."""
    found = [
        Found(kind, *match.span(), match[0])
        for kind, pattern in _list_patterns(problem)
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return sorted(found, key=lambda one: one.start)


def _list_patterns(problem: Problem) -> Iterator[tuple[Kind, str]]:
    author = problem.reporter
    if author is not None and problem.is_anonymous and not author.deleted_at:
        for name in (author.first_name, author.last_name):
            yield from (("hidden_name", pattern) for pattern in _list_name_patterns(name))
    yield from (("contact", each) for each in _list_name_patterns(problem.contact_name))
    for phone in (problem.contact_phone, author.phone if author is not None else ""):
        digits = read_digits(phone)[-LOCAL_DIGITS:]
        if len(digits) >= SHORTEST_PHONE:
            yield "contact", rf"\d{{0,3}}{GAP.join(digits)}(?!\d)"
    for email in (problem.contact_email, author.email if author is not None else ""):
        if email:
            yield "contact", re.escape(email)


def _list_name_patterns(name: str) -> Iterator[str]:
    """Each part in whatever case of the noun: its last letter or two change."""
    for part in re.findall(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*", name):
        if len(part) >= SHORTEST_NAME:
            stem = re.sub(r"(?:ий|[аеєиіїоуюяйь])$", "", part.lower())
            stem = stem if len(stem) >= SHORTEST_NAME else part
            yield rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)"
