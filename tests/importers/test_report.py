"""Remarks are said once, with all their rows."""

from importers.issues import Issue
from importers.reports.issues import group_issues, name_ranges


def test_equal_remarks_are_one_with_all_their_rows():
    found = [Issue(row, "no-geometry") for row in (2, 3, 4, 9)]
    found += [Issue(5, "key-missing", {"column": "id"}, field="id"), Issue(None, "layer-stands")]
    groups = group_issues(found)
    assert [(group.first.code, group.rows) for group in groups] == [
        ("key-missing", [5]),
        ("layer-stands", []),
        ("no-geometry", [2, 3, 4, 9]),
    ]
    assert groups[2].as_json()["count"] == 4


def test_rows_are_named_as_ranges():
    assert name_ranges([9, 2, 3, 4]) == "2-4, 9"
    assert name_ranges(range(1, 40, 2)) == "1, 3, 5, 7, 9, 11, 13, 15 … +12"
