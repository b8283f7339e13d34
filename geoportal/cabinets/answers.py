"""Answers to the questions of a category, in words."""

from dataclasses import dataclass

from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.promises import is_answer_public
from geoportal.problems.models import Problem, Question
from layers.models.layers import pick_language


@dataclass(frozen=True)
class Answer:
    """`text` is what the reporter chose or wrote."""

    title: str
    text: str
    is_public: bool


def list_answers(problem: Problem, *, internal: bool) -> list[Answer]:
    """In the order of the questions; those that are not public only where `internal`."""
    return [
        Answer(
            question.title,
            _write(question, problem.answers[question.code]),
            is_answer_public(problem, question),
        )
        for question in list_questions(problem.category)
        if question.code in problem.answers and (internal or is_answer_public(problem, question))
    ]


def _write(question: Question, value: object) -> str:
    titles = {
        str(choice["value"]): pick_language(
            str(choice.get("title_uk", choice["value"])), str(choice.get("title_en", ""))
        )
        for choice in question.choices
    }
    if isinstance(value, list):
        return ", ".join(titles.get(str(each), str(each)) for each in value)
    return titles.get(str(value), str(value))
