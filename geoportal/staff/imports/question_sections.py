"""Questions of an import in sections: how the file is read, what rows become, what the layer is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geoportal.staff.imports.question_forms import QuestionShown

READING = frozenset(
    {"dataset", "header_row", "lon", "lat", "place", "place_order", "encoding", "crs", "axes"}
)
OF_THE_LAYER = frozenset({"title", "kind", "title_field", "public_fields", "licence", "visibility"})
# What was guessed and is wrong now and then: its section stands open.
GUESSED = frozenset({"dataset", "place_order", "encoding", "axes"})
SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("reading", _("How the file is read")),
    ("rows", _("What its rows become")),
    ("layer", _("What the new layer is")),
)


@dataclass(frozen=True)
class Section:
    """`is_folded`: the file has answered everything itself, and surely."""

    name: str
    title: str | Promise
    questions: Sequence[QuestionShown]

    @property
    def is_folded(self) -> bool:
        return self.name == "reading" and not any(map(is_worth_a_look, self.questions))


def is_worth_a_look(shown: QuestionShown) -> bool:
    question = shown.question
    several = question["code"] == "crs" and len(question["choices"]) > 1
    if question["code"] in GUESSED or several:
        return True
    return bool(shown.is_open or shown.is_answered or shown.error)


def list_sections(questions: Sequence[QuestionShown]) -> list[Section]:
    """In the order in which they matter; an empty one is left out."""
    found = {
        name: [each for each in questions if find_section(each) == name]
        for name, _title in SECTIONS
    }
    return [Section(name, title, found[name]) for name, title in SECTIONS if found[name]]


def find_section(shown: QuestionShown) -> str:
    code = shown.question["code"]
    return "reading" if code in READING else "layer" if code in OF_THE_LAYER else "rows"
