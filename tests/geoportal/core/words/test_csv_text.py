"""Tables for spreadsheets: one dialect, pieces, and no formulas made of people's words."""

import csv
import io

import pytest

from geoportal.core.words.csv_text import FORMULA_STARTS, CsvText, guard_formula


def test_rows_come_back_from_pieces_as_they_were():
    text = CsvText()
    rows = [["назва", "поверхів"], ['лапки " і, кома', "3"], ["рядок\nдругий", ""]]
    pieces = []
    for row in rows:
        text.write(cell or None for cell in row)
        assert text.size
        pieces.append(text.take())
        assert not text.size
    whole = b"".join(pieces)
    assert whole.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""))) == rows
    assert whole.count(b"\r\n") == len(rows)


def test_a_table_for_programs_has_no_mark_and_its_own_delimiter():
    text = CsvText(delimiter=";", marked=False)
    text.write(["а", 1.5])
    assert text.take() == "а;1.5\r\n".encode()


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_words_that_begin_as_a_formula_stay_words(start):
    assert guard_formula(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("cell", ["Дуб", "", None, -5, 2.5, True])
def test_other_cells_stay_as_they_are(cell):
    assert guard_formula(cell) is cell
