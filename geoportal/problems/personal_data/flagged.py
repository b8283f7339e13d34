"""What a moderator lets everyone read is looked at twice where something in it is flagged.

Flagged is what looks like personal data, and obscene words. Whoever publishes it means it so: the
services refuse until they are told so, whichever page, key or program asks.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.core.obscenities import find_obscenities
from geoportal.problems.categories.answer_words import word_answer
from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.promises import is_answer_public
from geoportal.problems.history.timeline import Reader, name_author
from geoportal.problems.models import Problem, Question
from geoportal.problems.personal_data.finding import (
    KIND_TITLES,
    Found,
    find_personal_data,
    shorten,
)

# The field of the second yes.
FLAGS_CONFIRMED = "flags_confirmed"
ANSWER = "answer:"


class FlaggedText(InvalidInput):
    """Everyone would read what is flagged: look once more, and send it with `flags_confirmed`."""

    slug = "flagged-text"


def find_flagged(text: str) -> list[Found]:
    """In the order of the text, none overlapping."""
    found = find_personal_data(text)
    for start, end in find_obscenities(text):
        if all(end <= other.start or other.end <= start for other in found):
            found.append(Found("obscenity", start, end, text[start:end]))
    return sorted(found, key=lambda one: one.start)


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
        listed = "; ".join(f"{titles[field]}: {text}" for field, text in errors.items())
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
    """How people call the fields of `list_published_texts`."""
    named = {
        "title": _("Title"),
        "description": _("Description"),
        "address": _("Address"),
        "author": _("Author"),
    }
    questions = list_questions(problem.category)
    return named | {f"{ANSWER}{each.code}": each.title for each in questions}
