"""Problems by words: in titles, addresses and the words of categories, in any form and alphabet."""

import re
from collections.abc import Iterable

from django.db.models import Q

from geoportal.problems.models import Category
from layers.reading.finding import hear
from layers.reading.kind_words import BEGINS, measure_word
from layers.reading.questions import (
    fold_phrase,
    is_number,
    read_problem_number,
    read_question,
)

HOUSE = re.compile(r"(?P<number>\d+)(?P<second>/\d+)?(?P<letter>[^\W\d_]?)")
# Where an apostrophe stands in Ukrainian, and which of them texts have.
APART = re.compile(r"(?<=[бпвмфркн])(?=[яюєї])")
APOSTROPHES = "’ʼ'"
LATIN = re.compile(r"[a-z]")
# Two letters stand inside too many words.
SHORTEST_STEM = 3


def match_text(text: str) -> Q:
    """Every word stands in the title, the address or the words of the category; a number alone is
    also the problem's own. Nothing but signs is looked for as it stands.

    Costs a query for categories, and one more for words in Latin letters.
    """
    if not text:
        return Q()
    question = read_question(text)
    if not question.words:
        return Q(title__icontains=text) | Q(address__icontains=text)
    if any(LATIN.search(word) for word in question.words):
        question = hear(question)
    raw = dict(zip(question.words, text.split(), strict=False)) if len(question.words) == 1 else {}
    categories = list(list_category_words())
    condition = Q()
    for word, spelt in zip(question.words, question.spellings, strict=True):
        if is_number(word):
            condition &= match_house(word)
        else:
            ways = [one for one in spelt if one == word or len(one) >= SHORTEST_STEM]
            ways += [raw[word]] if word in raw else []
            condition &= match_word(word, ways, categories)
    if number := read_problem_number(text):
        condition |= Q(pk=number[0])
    return condition


def match_word(
    word: str, spelt: Iterable[str], categories: Iterable[tuple[int, tuple[str, ...]]]
) -> Q:
    condition = Q()
    for way in dict.fromkeys(other for one in spelt for other in list_apostrophes(one)):
        condition |= Q(title__icontains=way) | Q(address__icontains=way)
    named = [
        pk
        for pk, known in categories
        if any(measure_word(word, other) <= BEGINS for other in known)
    ]
    return condition | Q(category__in=named) if named else condition


def match_house(word: str) -> Q:
    """«12» is not 112 and not 12/2; «59а» is also 59-А."""
    found = HOUSE.match(word)
    if found is None:
        return Q(title__icontains=word) | Q(address__icontains=word)
    letter = f"[ -]?{found['letter']}" if found["letter"] else ""
    whole = rf"(^|[^0-9/]){found['number']}{found['second'] or ''}{letter}($|[^0-9/])"
    narrowed = Q(address__icontains=found["number"]) & Q(address__iregex=whole)
    return narrowed | (Q(title__icontains=found["number"]) & Q(title__iregex=whole))


def list_apostrophes(word: str) -> list[str]:
    return [word, *(APART.sub(sign, word) for sign in APOSTROPHES if APART.search(word))]


def list_category_words() -> Iterable[tuple[int, tuple[str, ...]]]:
    """Folded words of each category: of its titles, its keywords and the titles above it."""
    rows = Category.objects.order_by().values_list(
        "pk", "title_uk", "title_en", "keywords", "parent__title_uk", "parent__title_en"
    )
    for pk, title_uk, title_en, keywords, above_uk, above_en in rows:
        texts = [title_uk, title_en, *keywords, above_uk or "", above_en or ""]
        yield pk, tuple(word for text in texts for word in fold_phrase(text) if len(word) > 2)
