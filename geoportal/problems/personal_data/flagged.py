"""What a moderator lets everyone read is looked at twice where something in it is flagged.

Flagged is what looks like personal data, and obscene words. Whoever publishes it means it so: the
services refuse until they are told so, whichever page, key or program asks.
"""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.core.words.obscenities import find_obscenities
from geoportal.core.words.personal_data import (
    KIND_TITLES,
    Found,
    find_personal_data,
    shorten,
)
from geoportal.core.words.unlinked import INVISIBLE
from geoportal.problems.categories.answer_words import word_answer
from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.promises import is_answer_public
from geoportal.problems.history.redaction import list_hidden
from geoportal.problems.history.timeline import Reader, name_author
from geoportal.problems.models import Problem, Question

# The field of the second yes.
FLAGS_CONFIRMED = "flags_confirmed"
ANSWER = "answer:"
WORDS = "words:"
# What hides inside words, accents, and strokes through letters.
HIDDEN = re.compile(f"{INVISIBLE.pattern}|[\u0300\u0301\u0335-\u0338]")


class FlaggedText(InvalidInput):
    """Everyone would read what is flagged: look once more, and send it with `flags_confirmed`."""

    slug = "flagged-text"


def find_flagged(text: str) -> list[Found]:
    """In the order of the text, none overlapping; signs that nobody sees divide nothing."""
    found = _find(text)
    if HIDDEN.search(text):
        places = [place for place, letter in enumerate(text) if not HIDDEN.match(letter)]
        for one in _find("".join(text[place] for place in places)):
            start, end = places[one.start], places[one.end - 1] + 1
            _add(found, Found(one.kind, start, end, text[start:end]))
    return sorted(found, key=lambda one: one.start)


def _find(text: str) -> list[Found]:
    found = find_personal_data(text)
    for start, end in find_obscenities(text):
        _add(found, Found("obscenity", start, end, text[start:end]))
    return found


def _add(found: list[Found], one: Found) -> None:
    if all(one.end <= other.start or other.end <= one.start for other in found):
        found.append(one)


def list_published_texts(
    problem: Problem, questions: Sequence[Question] | None = None
) -> dict[str, str]:
    """By field, everything that people wrote and everyone reads once the problem is published.

    `questions`: of the category, where they were read before.
    """
    texts = {
        "title": problem.title,
        "description": problem.description,
        "address": problem.address,
        "author": name_author(problem, Reader()),
    }
    for question in list_questions(problem.category) if questions is None else questions:
        if is_answer_public(problem, question):
            answer = word_answer(question, problem.answers.get(question.code))
            texts[f"{ANSWER}{question.code}"] = answer
    return texts


def list_shown_texts(problem: Problem) -> dict[str, str]:
    """The same as it stands: nothing where not everyone may see the problem."""
    return list_published_texts(problem) if problem.is_shown else {}


def _list_told_words(problem: Problem) -> dict[str, str]:
    """By row of the history, words that everyone reads once the problem is public (again).

    While it was not, nobody looked through them.
    """
    history = list(problem.history.order_by("pk"))
    hidden = list_hidden(history)
    return {
        f"{WORDS}{change.pk}": change.words
        for change in history
        if change.words and change.pk not in hidden and Reader().may_see(change)
    }


def list_all_texts(problem: Problem) -> dict[str, str]:
    """What becomes public when the problem does."""
    return list_published_texts(problem) | _list_told_words(problem)


def require_looked_at(
    problem: Problem, after: Mapping[str, str], before: Mapping[str, str], *, confirmed: bool
) -> None:
    """Raises `FlaggedText` with `errors` by field for flagged texts that were not public `before`.

    Nothing is asked of a problem that does not become public.
    """
    if confirmed or not problem.is_public:
        return
    found = {
        field: find_flagged(text) for field, text in after.items() if text != before.get(field)
    }
    errors = {field: _list_found(each) for field, each in found.items() if each}
    if errors:
        titles = name_fields(problem)
        listed = "; ".join(
            f"{titles.get(field, _('History'))}: {text}" for field, text in errors.items()
        )
        raise FlaggedText(
            _("Everyone would read: %(found)s. Correct it, or say once more that it is so meant.")
            % {"found": listed},
            errors=errors,
        )


def _list_found(found: list[Found]) -> str:
    return ", ".join(
        _("%(kind)s “%(text)s”") % {"kind": KIND_TITLES[one.kind], "text": shorten(one.text)}
        for one in found
    )


def name_fields(problem: Problem) -> dict[str, str]:
    """How people call the fields of `list_published_texts`; the others are the history's."""
    named = {
        "title": _("Title"),
        "description": _("Description"),
        "address": _("Address"),
        "author": _("Author"),
    }
    questions = list_questions(problem.category)
    return named | {f"{ANSWER}{each.code}": each.title for each in questions}
