"""Questions as a form, and the form as answers."""

import pytest
from django.http import QueryDict

from geoportal.staff.imports.page_words import say_on_page
from geoportal.staff.imports.question_forms import read_answers, show_questions


def build(kind, **given):
    return {
        "code": "code",
        "kind": kind,
        "title": "Питання",
        "help": "",
        "flag": "",
        "choices": [],
        "proposed": None,
        "confidence": None,
        "reason": "",
        "rows": [],
        "required": False,
    } | given


def choice(value, **given):
    told = {"title": value, "reason": "", "confidence": None, "samples": []}
    return {"value": value} | told | given


def read(question, text):
    return read_answers([question], QueryDict(f"q-code-here=1&{text}", encoding="utf-8"))


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        (build("choice", choices=[choice("b")], proposed="a"), "q-code=b", {"code": "b"}),
        (build("choice", choices=[choice("a")], proposed="a"), "q-code=a", {}),
        (build("choice", choices=[choice("a")], proposed="a", answer="a"), "q-code=", {}),
        (build("choice", choices=[choice(""), choice("a")], proposed="a"), "q-code=", {"code": ""}),
        (build("choice"), "q-code=@other&q-code-other=EPSG:6383", {"code": "EPSG:6383"}),
        (build("choice"), "q-code=@other&q-code-other=", {}),
        (build("choices", proposed=["a"]), "", {"code": []}),
        (build("choices", proposed=[]), "q-code=a&q-code=b", {"code": ["a", "b"]}),
        (build("text", proposed="Дерева"), "q-code=Парки", {"code": "Парки"}),
        (build("flag", proposed=False), "q-code=1", {"code": True}),
        (build("number", proposed=0), "q-code=0", {}),
        (build("number", proposed=0), "q-code=2,5", {"code": 2.5}),
        (build("number", proposed=0), "q-code=багато", {"code": "багато"}),
        (
            build("mapping", proposed={"порода": "species", "h": ""}),
            "q-code-column=порода&q-code-field=&q-code-column=h&q-code-field=height",
            {"code": {"порода": "", "h": "height"}},
        ),
    ],
)  # fmt: skip
def test_only_what_differs_from_the_proposal_becomes_an_answer(question, text, answers):
    assert read(question, text) == answers


def test_a_part_that_did_not_come_is_left_alone():
    assert read_answers([build("choices", proposed=["a"])], QueryDict("")) == {}


def test_columns_stand_in_the_order_of_the_file():
    mapping = build("mapping", proposed={"b": "", "a": "species"}, rows=[{"a": "Дуб", "b": "1"}])
    [shown] = show_questions([mapping], ["b", "a"])
    assert [(each.name, each.value, each.samples) for each in shown.columns] == [
        ("b", "", ["1"]),
        ("a", "species", ["Дуб"]),
    ]


def test_an_answer_that_is_none_of_the_choices_is_shown_as_another_one():
    asked = build("choice", code="crs", choices=[choice("EPSG:4326")], answer="EPSG:6383")
    [shown] = show_questions([asked], [])
    assert (shown.other, shown.takes_other) == ("EPSG:6383", True)


def test_a_required_question_without_a_proposal_is_open():
    assert show_questions([build("choice", required=True)], [])[0].is_open
    assert not show_questions([build("choice", required=True, answer="a")], [])[0].is_open


def test_a_page_names_questions_where_the_shell_has_flags():
    said = say_on_page("Вкажіть її через --crs, а не --crsx.")
    assert said == "Вкажіть її через «У якій системі координат записано місця?», а не --crsx."
