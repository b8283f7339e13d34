"""What a category of problems is before it is in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

STRING, TEXT, NUMBER, DATETIME = "string", "text", "number", "datetime"
ONE_OF, SOME_OF = "singlevaluelist", "multivaluelist"


@dataclass(frozen=True)
class Answer:
    """One answer to choose: `key` is what is stored."""

    key: str
    title_uk: str
    title_en: str


@dataclass(frozen=True)
class Question:
    """An extra question of a category; `datatype` in the words of Open311 GeoReport v2.

    Answers to a question that is not public are for the organisations alone.
    """

    code: str
    title_uk: str
    title_en: str
    datatype: str
    required: bool = False
    choices: tuple[Answer, ...] = ()
    is_public: bool = True


@dataclass(frozen=True, kw_only=True)
class InventedCategory:
    """A leaf of the tree, or a group when `parent` is empty.

    `acceptance_working_days` and `solution_days` are `None` where the community's terms hold.
    Reports of a category that is not public reach the organisation but are shown to nobody else.
    """

    code: str
    title_uk: str
    title_en: str
    icon: str
    parent: str = ""
    keywords: tuple[str, ...] = ()
    hint_uk: str = ""
    hint_en: str = ""
    hint_is_emergency: bool = False
    is_public: bool = True
    acceptance_working_days: int | None = None
    solution_days: int | None = None
    questions: tuple[Question, ...] = ()


def choose_one(
    code: str, title_uk: str, title_en: str, *answers: tuple[str, str, str], required: bool = False
) -> Question:
    """A question with one answer of several."""
    choices = tuple(Answer(*answer) for answer in answers)
    return Question(code, title_uk, title_en, ONE_OF, required, choices)


def choose_some(
    code: str, title_uk: str, title_en: str, *answers: tuple[str, str, str]
) -> Question:
    """A question with any number of answers."""
    choices = tuple(Answer(*answer) for answer in answers)
    return Question(code, title_uk, title_en, SOME_OF, False, choices)


def yes_or_no(code: str, title_uk: str, title_en: str, *, required: bool = False) -> Question:
    return choose_one(
        code, title_uk, title_en, ("yes", "Так", "Yes"), ("no", "Ні", "No"), required=required
    )


def group(
    code: str, title_uk: str, title_en: str, icon: str, leaves: Sequence[InventedCategory]
) -> tuple[InventedCategory, ...]:
    """A group and its leaves, the group first."""
    top = InventedCategory(code=code, title_uk=title_uk, title_en=title_en, icon=icon)
    return (top, *leaves)
