"""What an author was told of who will see the report; it stays so, whatever is switched later."""

from collections.abc import Mapping

from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.terms import is_public
from geoportal.problems.models import Category, Problem, Question


def list_private(category: Category, answers: Mapping[str, object]) -> list[str]:
    """Codes of the answers that the form calls not public."""
    return [
        question.code
        for question in list_questions(category)
        if not question.is_public and question.code in answers
    ]


def renew_promise(problem: Problem, category: Category, answers: dict[str, object]) -> None:
    """The author sends other answers, perhaps of another category; the caller saves.

    What was promised for the same category stands beside what the form says now.
    """
    is_same = problem.category_id == category.pk
    private = set(list_private(category, answers))
    if is_same:
        private |= set(problem.private_answers) & set(answers)
    problem.private_answers = sorted(private)
    problem.private_promised = not is_public(category) or (is_same and problem.private_promised)
    problem.category, problem.answers = category, answers
    problem.is_public = may_be_public(problem)


def may_be_public(problem: Problem) -> bool:
    """The category is public now, the author was not told otherwise, no moderator removed it."""
    kept_back = problem.private_promised or problem.is_withdrawn
    return not kept_back and is_public(problem.category)


def is_answer_public(problem: Problem, question: Question) -> bool:
    """The question is public now, and was when it was answered."""
    return question.is_public and question.code not in problem.private_answers
