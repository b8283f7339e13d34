"""Questions in sections: what the file says itself and surely is folded away."""

import pytest

from geoportal.staff.imports.question_forms import show_questions
from geoportal.staff.imports.question_sections import list_sections
from tests.geoportal.staff.imports.test_question_forms import build, choice

SURE = [
    build("choice", code="crs", choices=[choice("EPSG:4326")], proposed="EPSG:4326"),
    build("choice", code="lon", choices=[choice(""), choice("x")], proposed="x"),
]


def fold(*questions, errors=None):
    sections = list_sections(show_questions([*SURE, *questions], [], None, errors))
    return {section.name: section.is_folded for section in sections}


def test_a_file_that_says_everything_folds_how_it_is_read():
    rest = (build("choice", code="key"), build("text", code="title"))
    assert fold(*rest) == {"reading": True, "rows": False, "layer": False}


@pytest.mark.parametrize(
    ("question", "errors"),
    [
        (build("choice", code="encoding", proposed="cp1251"), None),
        (build("choice", code="axes", required=True), None),
        (build("text", code="header_row", proposed="1", answer="2"), None),
        (build("text", code="header_row", proposed="1"), {"header_row": ["не число"]}),
    ],
)
def test_what_is_guessed_open_answered_or_refused_stands_open(question, errors):
    assert fold(question, errors=errors) == {"reading": False}
