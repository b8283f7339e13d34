"""Answers to the extra questions of a category, as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format

from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.promises import is_answer_public
from geoportal.problems.models import Problem, Question
from layers.models.layers import pick_language


@dataclass(frozen=True)
class ShownAnswer:
    title: str
    text: str
    is_public: bool


def list_answers(
    problem: Problem, *, with_private: bool, questions: Sequence[Question] | None = None
) -> list[ShownAnswer]:
    """In the order of the questions; answers that are not public only `with_private`.

    `questions`: of the category, where they were read before.
    """
    if not problem.answers:
        return []
    return [
        ShownAnswer(question.title, text, is_answer_public(problem, question))
        for question in (list_questions(problem.category) if questions is None else questions)
        if (with_private or is_answer_public(problem, question))
        and (text := word_answer(question, problem.answers.get(question.code)))
    ]


def word_answer(question: Question, answer: object) -> str:
    """'' where nothing was answered."""
    if answer in (None, "", []):
        return ""
    if question.datatype == Question.Datatype.DATETIME:
        return _word_moment(str(answer))
    titles = {str(choice["value"]): _title(choice) for choice in question.choices}
    given = answer if isinstance(answer, list) else [answer]
    return ", ".join(titles.get(str(each), str(each)) for each in given)


def _word_moment(answer: str) -> str:
    """As it was written where the question was of another kind when it was answered."""
    try:
        return date_format(datetime.fromisoformat(answer), "j E Y, H:i")
    except ValueError:
        return answer


def _title(choice: Mapping[str, str]) -> str:
    title = pick_language(choice.get("title_uk", ""), choice.get("title_en", ""))
    return title or str(choice["value"])
