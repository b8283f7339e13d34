"""Rows of the last import are passed over as long as nobody has written to the layer."""

import pytest
from django.db import connection

from importers.loading import known
from importers.models import KnownRows
from layers.models import Feature, Layer
from tests.importers.conftest import counts, stored

HEAD = "id,lon,lat,name,height\n"
ROWS = ["1,29.1,48.1,Дуб,10", "2,29.2,48.2,Клен,5", "3,29.3,48.3,Липа,"]


def table(rows=ROWS):
    return HEAD + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def compared(monkeypatch, run_import, write_text):
    """Import the first rows; afterwards, how many rows of a file reach the database."""
    monkeypatch.setattr(known, "FEWEST", 1)
    run_import(write_text(table()))
    copied = []

    class Watched(known.Recognition):
        def find_new(self, seen):
            new = super().find_new(seen)
            copied.append(int(new.sum()))
            return new

    monkeypatch.setattr("importers.loading.changesets.Recognition", Watched)
    return copied


def test_only_rows_that_are_new_are_compared(compared, run_import, write_text):
    assert counts(run_import(write_text(table()))) == (0, 0, 0, 3)
    changed = [ROWS[0], "2,29.2,48.2,Клен,6", *ROWS[2:]]
    assert counts(run_import(write_text(table(changed)))) == (0, 1, 0, 2)
    assert counts(run_import(write_text(table(changed)))) == (0, 0, 0, 3)
    assert counts(run_import(write_text(table()))) == (0, 1, 0, 2)
    assert compared == [0, 1, 0, 1]


def test_what_anybody_wrote_since_is_seen(compared, run_import, write_text):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE layers_feature SET properties = properties || '{\"height\": 99}'"
            " WHERE key = '2'"
        )
    assert counts(run_import(write_text(table()))) == (0, 1, 0, 2)
    assert stored()["2"]["height"] == 5
    Feature.objects.filter(key="3").delete()
    assert counts(run_import(write_text(table()))) == (1, 0, 0, 2)
    assert compared == [3, 3]


def test_another_spelling_or_order_of_columns_changes_nothing(compared, run_import, write_text):
    turned = "height,name,id,lat,lon\n10.0,Дуб,1,48.1,29.1\n5,Клен,2,48.2,29.2\n"
    assert counts(run_import(write_text(turned))) == (0, 0, 0, 2)
    assert counts(run_import(write_text(turned))) == (0, 0, 0, 2)
    assert compared[-1] == 0


def test_a_trial_run_keeps_nothing(compared, run_import, write_text):
    before = list(KnownRows.objects.values_list("revision", "digests"))
    changed = write_text(table(["1,29.1,48.1,Дуб,11"]))
    assert counts(run_import(changed, dry_run=True)) == (0, 1, 0, 0)
    assert list(KnownRows.objects.values_list("revision", "digests")) == before
    assert counts(run_import(changed)) == (0, 1, 0, 0)


def test_many_rows_are_kept_in_parts(compared, run_import, write_text, monkeypatch):
    monkeypatch.setattr(known, "PART", 2)
    changed = [ROWS[0], ROWS[1], "3,29.3,48.3,Липа,7"]
    run_import(write_text(table(changed)))
    assert [len(bytes(each.digests)) for each in KnownRows.objects.order_by("part")] == [16, 8]
    assert counts(run_import(write_text(table(changed)))) == (0, 0, 0, 3)
    assert compared == [1, 0]


def test_few_rows_are_not_kept(run_import, write_text):
    run_import(write_text(table()))
    assert not KnownRows.objects.exists()
    assert Layer.objects.exists()
