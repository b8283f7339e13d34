"""What everyone will read of a report, as a moderator reads it first; the doubtful is marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geoportal.core.words.personal_data import KIND_TITLES
from geoportal.problems.categories.answer_words import ShownAnswer, list_answers
from geoportal.problems.categories.answers import map_questions
from geoportal.problems.models import Problem, Question
from geoportal.problems.personal_data.flagged import find_flagged, list_published_texts


@dataclass(frozen=True)
class Segment:
    """A piece of the text; `title` says what it looks like, empty for ordinary words."""

    text: str
    title: str


@dataclass(frozen=True)
class MarkedReport:
    """Texts in pieces: joined they are the texts again. `author`: as everyone is told it.

    `personal_data`, `obscenities`: how many are flagged in what becomes public; none are where
    nothing does.
    """

    title: list[Segment]
    description: list[Segment]
    address: list[Segment]
    author: list[Segment]
    answers: list[tuple[ShownAnswer, list[Segment]]] = field(default_factory=list)
    personal_data: int = 0
    obscenities: int = 0

    @property
    def flags(self) -> int:
        return self.personal_data + self.obscenities


def highlight(text: str) -> list[Segment]:
    """The whole text in pieces, in order: joined they are the text again."""
    return list(_split(text))


def _split(text: str) -> Iterator[Segment]:
    position = 0
    for found in find_flagged(text):
        if found.start > position:
            yield Segment(text[position : found.start], "")
        yield Segment(found.text, str(KIND_TITLES[found.kind]))
        position = found.end
    if position < len(text):
        yield Segment(text[position:], "")


def mark_reports(problems: Sequence[Problem]) -> list[MarkedReport]:
    """Of problems with category and reporter; one query."""
    questions = map_questions([problem.category for problem in problems])
    return [mark_report(problem, questions[problem.category_id]) for problem in problems]


def mark_report(problem: Problem, questions: Sequence[Question]) -> MarkedReport:
    """`questions`: of its category, in order. Answers that are not public are there, unmarked."""
    texts = list_published_texts(problem, questions)
    kinds = [
        found.kind
        for text in (texts.values() if problem.is_public else ())
        for found in find_flagged(text)
    ]
    obscenities = kinds.count("obscenity")
    return MarkedReport(
        title=highlight(problem.title),
        description=highlight(problem.description),
        address=highlight(problem.address),
        author=highlight(texts["author"]),
        answers=[
            (each, highlight(each.text) if each.is_public else [Segment(each.text, "")])
            for each in list_answers(problem, with_private=True, questions=questions)
        ],
        personal_data=len(kinds) - obscenities,
        obscenities=obscenities,
    )
