"""Extra questions of a category and what may be answered to them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from geoportal.problems.categories.terms import list_line
from geoportal.problems.models import Category, Question

LONGEST_ANSWER = {Question.Datatype.STRING: 254, Question.Datatype.TEXT: 2000}


def list_questions(category: Category) -> list[Question]:
    """Questions of the category's group first, then its own."""
    return map_questions([category])[category.pk]


def map_questions(categories: Iterable[Category]) -> dict[int, list[Question]]:
    """Of each category by its id, as `list_questions` gives them; one query for all."""
    lines = {each.pk: [above.pk for above in reversed(list_line(each))] for each in set(categories)}
    wanted = {pk for line in lines.values() for pk in line}
    asked = list(Question.objects.filter(category__in=wanted).order_by("position", "pk"))
    return {
        category: sorted(
            (each for each in asked if each.category_id in line),
            key=lambda each: line.index(each.category_id),
        )
        for category, line in lines.items()
    }


def check_answers(
    category: Category, answers: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    """(answers as they are kept, what is wrong by code); what was not asked is left out."""
    kept: dict[str, object] = {}
    refused: dict[str, str] = {}
    for question in list_questions(category):
        given = answers.get(question.code)
        if given in (None, "", []):
            if question.required:
                refused[question.code] = _("Answer this question.")
            continue
        try:
            kept[question.code] = _read_answer(question, given)
        except ValueError as error:
            refused[question.code] = str(error)
    return kept, refused


def _read_answer(question: Question, given: object) -> object:
    """Raises `ValueError` with a sentence for people."""
    match question.datatype:
        case Question.Datatype.NUMBER:
            return _read_number(given)
        case Question.Datatype.DATETIME:
            return _read_moment(given)
        case Question.Datatype.ONE:
            return _read_choice(question, given)
        case Question.Datatype.MANY:
            values = given if isinstance(given, list | tuple) else [given]
            return [_read_choice(question, value) for value in values]
    words = str(given).strip()
    longest = LONGEST_ANSWER[Question.Datatype(question.datatype)]
    if len(words) > longest:
        raise ValueError(_("At most %(max)s letters.") % {"max": longest})
    return words


def _read_number(given: object) -> int | float:
    try:
        number = float(str(given).strip().replace(",", ".").replace(" ", ""))
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e12:  # NaN and infinity as well
        raise ValueError(_("Write a number."))
    return int(number) if number.is_integer() else number


def _read_moment(given: object) -> str:
    try:
        return datetime.fromisoformat(str(given).strip()).isoformat()
    except ValueError:
        raise ValueError(_("Write a date and time.")) from None


def _read_choice(question: Question, given: object) -> str:
    if str(given) not in {str(choice["value"]) for choice in question.choices}:
        raise ValueError(_("Choose from the list."))
    return str(given)
