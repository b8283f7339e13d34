"""Values compared with the choices of their field, and with one another."""

import numpy as np
import pyarrow as pa
import pytest

from importers.check_options import CheckOptions
from importers.checks.spelling import ColumnSpelling
from importers.loading.seen import SeenRows
from layers.schema.specs import FieldSpec
from tests.importers.conftest import codes, stored

pytestmark = pytest.mark.django_db
SPECIES = FieldSpec(
    name="species",
    choices=(
        {"value": "дуб", "title_uk": "Дуб звичайний", "title_en": "Oak"},
        {"value": "клен", "title_uk": "Клен", "title_en": "Maple"},
    ),
)


@pytest.fixture
def oaks(make_layer):
    return make_layer("oaks", fields=(SPECIES,), title_field="species")


def table(*values):
    rows = [f"{row},30.5,{50 + row / 100},{value}" for row, value in enumerate(values, 1)]
    return "\n".join(["id,lon,lat,species", *rows, ""])


def test_a_value_like_a_choice_is_refused_with_the_choice_proposed(run_import, write_text, oaks):
    path = write_text(table("дуб", "Дуб ", "дyб", "oak", "дубок", "пальма"))
    result = run_import(path, layer="oaks")
    assert codes(result) == [
        (2, "choice-alike"), (3, "choice-alike"), (4, "choice-alike"), (5, "choice-alike"),
        (6, "not-a-choice"),
    ]  # fmt: skip
    assert "«дуб» є" in result.issues[0].message


def test_only_what_is_surely_a_choice_is_accepted_where_asked(run_import, write_text, oaks):
    path = write_text(table("дуб", "Дуб ", "дyб", "Клен", "дубок"))
    result = run_import(path, layer="oaks", checks=CheckOptions(accept_choices=True))
    assert codes(result) == [
        (2, "choice-accepted"), (3, "choice-accepted"), (4, "choice-accepted"),
        (5, "choice-alike"),
    ]  # fmt: skip
    kept = sorted(one["species"] for one in stored("oaks").values())
    assert kept == ["дуб", "дуб", "дуб", "клен"]
    assert result.repaired == 3


def test_one_word_written_several_ways_is_told_with_the_usual_one(run_import, write_text):
    path = write_text(table("Дуб", "Дуб", "дуб", "Дyб", "Клен", "12/3", "12-3"))
    result = run_import(path)
    assert codes(result) == [(3, "spelling-varies"), (4, "spelling-varies")]
    assert "«Дуб»" in result.issues[-1].message


def test_a_column_where_each_row_says_something_else_is_let_be(run_import, write_text, monkeypatch):
    monkeypatch.setattr("importers.checks.spelling.DISTINCT_MAX", 2)
    assert codes(run_import(write_text(table("Дуб", "дуб", "Клен")))) == []


def test_words_are_compared_over_all_batches_of_a_file(monkeypatch):
    monkeypatch.setattr("importers.checks.spelling.DISTINCT_MAX", 3)
    column = ColumnSpelling("species")
    for start in (0, 3):
        words = pa.array(['"Дуб"', '"дуб"', '"Дуб"'])
        rows, nowhere = np.arange(start, start + 3), np.full((3, 2), np.nan)
        column.see(SeenRows(rows, words, words, nowhere, None, {"species": words}))
    assert [issue.row for issue in column.finish()] == [1, 4]


def test_numbers_beyond_the_range_of_their_field_are_refused(run_import, write_text, make_layer):
    field = FieldSpec(name="height", type="number", minimum=0, maximum=60.5)
    make_layer("oaks", fields=(field,), title_field="")
    text = "id,lon,lat,height\n1,30.5,50.1,60.5\n2,30.5,50.2,-1\n3,30.5,50.3,61\n4,30.5,50.4,\n"
    result = run_import(write_text(text), layer="oaks")
    assert codes(result) == [(2, "out-of-range"), (3, "out-of-range")]
    assert "між 0 і 60.5" in result.issues[0].message
