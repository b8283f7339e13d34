"""Questions of an import as a form, and the form that came back as answers.

Answers that stay as they were proposed are not sent on: what is proposed may change with the file,
with the layer and with other answers, and an answer stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from geoportal.staff.imports.page_words import say_on_page
from importers.stages.questions import ChoiceJson, QuestionJson

PREFIX = "q-"
OTHER = "@other"
# More than these are a list to choose from, not buttons.
BUTTONS_MAX = 6
# Where something that is not among the choices may be right.
OPEN_ENDED = frozenset({"crs", "encoding"})


@dataclass(frozen=True)
class ColumnShown:
    """A column of the file beside the field that it fills ("": none)."""

    name: str
    samples: list[str]
    value: str


@dataclass(frozen=True)
class QuestionShown:
    """`layout`: which template part draws it; `value`: what is filled in; `error`: why not so."""

    question: QuestionJson
    layout: str
    value: Any
    error: str = ""
    other: str = ""
    columns: Sequence[ColumnShown] = ()
    rows: Sequence[Mapping[str, str]] = ()

    @property
    def name(self) -> str:
        return PREFIX + self.question["code"]

    @property
    def reason(self) -> str:
        """Why the answer is proposed, or why none is."""
        return say_on_page(self.question["reason"])

    @property
    def is_answered(self) -> bool:
        return "answer" in self.question

    @property
    def is_open(self) -> bool:
        """Somebody must answer, and nothing is proposed."""
        return self.question["required"] and self.value in (None, "")

    @property
    def takes_other(self) -> bool:
        return self.question["code"] in OPEN_ENDED


def show_questions(
    questions: Sequence[QuestionJson],
    names: Sequence[str],
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> list[QuestionShown]:
    """`names`: columns in the order of the file; `given`: what a refused form said, by code."""
    return [
        show_question(
            each, names, (given or {}).get(each["code"]), (errors or {}).get(each["code"])
        )
        for each in questions
    ]


def show_question(
    question: QuestionJson, names: Sequence[str], given: Any, error: Any
) -> QuestionShown:
    value = question.get("answer", question["proposed"]) if given is None else given
    listed = {choice["value"] for choice in question["choices"]}
    strange = question["kind"] == "choice" and isinstance(value, str) and value not in listed
    return QuestionShown(
        question=question,
        layout=choose_layout(question),
        value=value,
        error=" ".join(error) if isinstance(error, list) else str(error or ""),
        other=value if strange else "",
        columns=list_columns(question, names, value) if question["kind"] == "mapping" else (),
        rows=[{name: row.get(name, "") for name in names} for row in question["rows"]],
    )


def choose_layout(question: QuestionJson) -> str:
    kind, choices = question["kind"], question["choices"]
    if kind == "choice":
        told = any(choice["reason"] or choice["confidence"] for choice in choices)
        return "radio" if len(choices) <= BUTTONS_MAX or told else "select"
    return str(kind)


def list_columns(question: QuestionJson, names: Sequence[str], value: Any) -> list[ColumnShown]:
    filled = dict(question["proposed"] or {}) | (value if isinstance(value, dict) else {})
    return [
        ColumnShown(name, [row.get(name, "") for row in question["rows"]], filled[name])
        for name in names
        if name in filled
    ]


def read_answers(questions: Sequence[QuestionJson], form: QueryDict) -> dict[str, Any]:
    """What the form says otherwise than it was shown; a part that did not come is left alone."""
    found = {}
    for question in questions:
        name = PREFIX + question["code"]
        if f"{name}-here" not in form:
            continue
        value = read_answer(question, name, form)
        if value != question.get("answer", question["proposed"]) and value is not None:
            found[question["code"]] = value
    return found


def read_answer(question: QuestionJson, name: str, form: QueryDict) -> Any:
    kind = question["kind"]
    if kind == "choices":
        return form.getlist(name)
    if kind == "flag":
        return name in form
    if kind == "mapping":
        return dict(
            zip(form.getlist(f"{name}-column"), form.getlist(f"{name}-field"), strict=False)
        )
    text = form.get(name, "").strip()
    if kind == "number":
        return read_number(text)
    if text == OTHER:
        return form.get(f"{name}-other", "").strip() or None
    known = {choice["value"] for choice in question["choices"]}
    return text if text or "" in known or kind == "text" else None


def read_number(text: str) -> int | float | str | None:
    """With a decimal comma or point; what is no number is left to be refused in words."""
    try:
        number = float(text.replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        return text or None
    return int(number) if number.is_integer() else number


def list_places(choices: Sequence[ChoiceJson]) -> list[str]:
    """Codes of coordinate systems that a map can show the file in."""
    return [choice["value"] for choice in choices if choice["value"].startswith("EPSG:")]
