"""Old Excel workbooks, as city offices still send them."""

from pathlib import Path

import pytest

from importers.errors import UnusableFile
from layers.models import Layer
from tests.importers.conftest import codes, places, stored

TREES = Path(__file__).parents[2] / "data" / "trees.xls"


def test_an_old_workbook_is_read_with_its_dates_and_codes(run_import):
    result = run_import(TREES, key="№")
    assert (result.format, result.added) == ("xls", 3)
    assert codes(result) == [(4, "total-row")]
    fields = {field.name: field.type for field in Layer.objects.get().fields.all()}
    assert fields == {
        "№": "integer",
        "порода": "text",
        "висота": "number",
        "посаджено": "date",
        "живе": "boolean",
        "ЄДРПОУ": "text",
    }
    assert stored()["1"] == {
        "№": 1,
        "порода": "Липа серцелиста",
        "висота": 12.5,
        "посаджено": "2023-01-05",
        "живе": True,
        "ЄДРПОУ": "01234567",
    }
    assert places()["1"].coords == pytest.approx((27.2301, 50.2551))


def test_half_of_an_old_workbook_is_refused_in_one_sentence(run_import, tmp_path):
    path = tmp_path / "half.xls"
    path.write_bytes(TREES.read_bytes()[:2000])
    with pytest.raises(UnusableFile):
        run_import(path)
    assert not Layer.objects.exists()
