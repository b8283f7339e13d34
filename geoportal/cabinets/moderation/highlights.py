"""Text with what looks like personal data marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoportal.problems.categories.terms import list_line
from geoportal.problems.models import Problem, Question
from geoportal.problems.personal_data.finding import KIND_TITLES, find_personal_data
from geoportal.problems.personal_data.notes import WRITTEN, list_public_texts


@dataclass(frozen=True)
class Segment:
    """A piece of the text; `title` says what it looks like, empty for ordinary words."""

    text: str
    title: str


def highlight(text: str) -> list[Segment]:
    """The whole text in pieces, in order: joined they are the text again."""
    return list(_split(text))


def _split(text: str) -> Iterator[Segment]:
    position = 0
    for found in find_personal_data(text):
        if found.start > position:
            yield Segment(text[position : found.start], "")
        yield Segment(found.text, str(KIND_TITLES[found.kind]))
        position = found.end
    if position < len(text):
        yield Segment(text[position:], "")


def list_written(problem: Problem) -> dict[str, str]:
    """What the author wrote for everyone to read, by field."""
    return list_public_texts(
        problem.category,
        title=problem.title,
        description=problem.description,
        address=problem.address,
        answers=problem.answers,
    )


def count_hints(problems: Sequence[Problem]) -> list[int]:
    """Signs of personal data in what everyone would read of each; one query."""
    asked = Question.objects.filter(is_public=True, datatype__in=WRITTEN)
    written: dict[int, set[str]] = {}
    for category, code in asked.values_list("category", "code"):
        written.setdefault(category, set()).add(code)
    counts = []
    for problem in problems:
        codes = {code for each in list_line(problem.category) for code in written.get(each.pk, ())}
        given = [str(problem.answers.get(code) or "") for code in sorted(codes)]
        counts.append(
            count_personal_data(problem.title, problem.description, problem.address, *given)
        )
    return counts


def count_personal_data(*texts: str) -> int:
    return sum(len(find_personal_data(text)) for text in texts)
