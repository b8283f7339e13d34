"""Where personal data and obscene words stand in what somebody wrote, field by field."""

from collections.abc import Mapping
from itertools import islice
from typing import TypedDict

from geoportal.core.words.personal_data import KIND_TITLES, describe_found
from geoportal.problems.categories.answers import list_questions
from geoportal.problems.models import Category, Question
from geoportal.problems.personal_data.flagged import ANSWER, find_flagged

# Longer texts are refused when they are sent; nobody waits for their check.
CHECKED_LETTERS_MAX = 5000
# Of one report; the longest categories ask a few questions.
FIELDS_MAX = 50
WRITTEN = (Question.Datatype.STRING, Question.Datatype.TEXT, Question.Datatype.NUMBER)


class Note(TypedDict):
    """`start` and `end` count characters (code points) of the field's text."""

    field: str
    kind: str
    kind_title: str
    start: int
    end: int
    text: str


def list_public_texts(
    category: Category, *, title: str, description: str, address: str, answers: Mapping[str, object]
) -> dict[str, str]:
    """What somebody wrote in a report for everyone to read, by field; `answer:<code>` of questions
    whose answers are public.
    """
    return {"title": title, "description": description, "address": address} | {
        f"{ANSWER}{question.code}": str(answers.get(question.code) or "")
        for question in list_questions(category)
        if question.is_public and question.datatype in WRITTEN
    }


def list_notes(texts: Mapping[str, str]) -> tuple[list[Note], str]:
    """What was found, and one sentence about it; empty when there is nothing to say."""
    by_field = {
        name: find_flagged(text[:CHECKED_LETTERS_MAX])
        for name, text in islice(texts.items(), FIELDS_MAX)
    }
    notes: list[Note] = [
        {
            "field": name,
            "kind": one.kind,
            "kind_title": str(KIND_TITLES[one.kind]),
            "start": one.start,
            "end": one.end,
            "text": one.text,
        }
        for name, found in by_field.items()
        for one in found
    ]
    return notes, describe_found([one for found in by_field.values() for one in found])
