"""Territories of a file fitted to one another before they are loaded, where that is asked for."""

from importers.coverage.cleaning import clean_areas
from importers.coverage.remarks import remark_change
from importers.geometry.repair import Shapes
from importers.issues import Issue
from importers.sources import IntArray


def fit_areas(rows: IntArray, shapes: Shapes) -> tuple[Shapes, list[Issue]]:
    """All areas of the file at once; each that changed is told by its row."""
    cleaned = clean_areas(shapes)
    issues = [remark_change(change, "", int(rows[change.place])) for change in cleaned.changes]
    return cleaned.shapes, issues
