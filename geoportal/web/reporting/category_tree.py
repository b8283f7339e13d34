"""Categories as people choose them: groups, leaves with hints, and what each asks besides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geoportal.pages.emergency import (
    EmergencyNumber,
    list_emergency_numbers,
    list_numbers_in,
)
from geoportal.problems.categories.terms import is_emergency, is_public, list_line
from geoportal.problems.forms.filled_forms import FilledForm
from geoportal.problems.models import Category, Question
from layers.models.layers import pick_language


@dataclass(frozen=True)
class Option:
    """One answer of a list."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question with what was answered; `name` is its field of the form."""

    question: Question
    name: str
    value: str
    options: tuple[Option, ...]
    error: str


@dataclass(frozen=True)
class Danger:
    """What an emergency asks before anything else; `name` is its field of the form, `said` what was
    answered: that somebody has called, or that there is no danger now.
    """

    name: str
    calls: tuple[EmergencyNumber, ...]
    said: str
    error: str


@dataclass(frozen=True)
class Leaf:
    """A category that can be chosen; `words` are what search looks in."""

    category: Category
    icon: str
    hint: str
    danger: Danger | None
    is_public: bool
    words: str
    asked: tuple[Asked, ...]
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    title: str
    icon: str
    leaves: tuple[Leaf, ...]

    @property
    def is_open(self) -> bool:
        return any(leaf.is_chosen for leaf in self.leaves)

    @property
    def examples(self) -> str:
        titles = [leaf.category.title for leaf in self.leaves]
        return ", ".join(each.lower() for each in titles[:3] if each != self.title)


def name_answer(category: str, question: str) -> str:
    """The field of the form for a question of a category."""
    return f"answer-{category}-{question}"


def name_danger(category: str) -> str:
    """The field of the form for what an emergency asks."""
    return f"danger-{category}"


def list_groups(
    form: FilledForm, answer_errors: Mapping[str, str], errors: Mapping[str, object]
) -> list[Group]:
    """The tree in a few queries, with what was answered for the category that is chosen."""
    categories = _read_tree()
    questions = _read_questions()
    numbers = list_emergency_numbers()
    parents = {each.parent_id for each in categories}
    grouped: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for category in categories:
        line = list_line(category)
        if category.pk in parents or not all(each.is_active for each in line):
            continue
        is_chosen = category.code == form.category
        asked = _list_asked(
            category,
            [question for each in reversed(line) for question in questions[each.pk]],
            form.answers if is_chosen else {},
            answer_errors if is_chosen else {},
        )
        leaf = _build_leaf(category, line, asked, is_chosen)
        if is_emergency(category):
            name = name_danger(category.code)
            calls = tuple(list_numbers_in(leaf.hint, numbers))
            said = form.danger if is_chosen else ""
            danger = Danger(name, calls, said, error=str(errors.get(name, "")))
            leaf = replace(leaf, danger=danger)
        grouped[_name_group(line)].append(leaf)
    return [Group(title, icon, tuple(leaves)) for (title, icon), leaves in grouped.items()]


def _read_tree() -> list[Category]:
    """Parents set from the same rows, groups in their order, leaves in theirs."""
    categories = list(Category.objects.order_by("position", "code"))
    by_id = {each.pk: each for each in categories}
    for each in categories:
        each.parent = by_id[each.parent_id] if each.parent_id else None
    return sorted(
        categories, key=lambda each: [(one.position, one.code) for one in reversed(list_line(each))]
    )


def _read_questions() -> Mapping[int, list[Question]]:
    found: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.order_by("position", "pk"):
        found[question.category_id].append(question)
    return found


def _name_group(line: Sequence[Category]) -> tuple[str, str]:
    """Title and icon: all that stands above the leaf; a leaf by itself is its own group."""
    above = list(reversed(line[1:])) or [line[0]]
    return " · ".join(each.title for each in above), above[0].icon


def _build_leaf(
    category: Category, line: Sequence[Category], asked: Iterable[Asked], is_chosen: bool
) -> Leaf:
    titles = [word for each in line for word in (each.title_uk, each.title_en)]
    keywords = [word for each in line for word in each.keywords]
    return Leaf(
        category=category,
        icon=next((each.icon for each in line if each.icon), ""),
        hint=next((each.hint for each in line if each.hint), ""),
        danger=None,
        is_public=is_public(category),
        words=" | ".join(word for word in [*titles, *keywords] if word),
        asked=tuple(asked),
        is_chosen=is_chosen,
    )


def _list_asked(
    category: Category,
    questions: Iterable[Question],
    answers: Mapping[str, object],
    errors: Mapping[str, str],
) -> list[Asked]:
    asked = []
    for question in questions:
        given = answers.get(question.code, "")
        values = [str(one) for one in given] if isinstance(given, list) else [str(given)]
        asked.append(
            Asked(
                question=question,
                name=name_answer(category.code, question.code),
                value=values[0] if values else "",
                options=tuple(
                    Option(
                        value=str(choice["value"]),
                        title=pick_language(
                            str(choice.get("title_uk", choice["value"])),
                            str(choice.get("title_en", "")),
                        ),
                        is_chosen=str(choice["value"]) in values,
                    )
                    for choice in question.choices
                ),
                error=errors.get(question.code, ""),
            )
        )
    return asked
