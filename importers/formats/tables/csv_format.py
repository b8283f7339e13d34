"""CSV in the registry: any text that nobody else knows."""

from importers.formats.format import Format
from importers.formats.tables.options import SHEET_OPTIONS

FORMAT = Format(
    name="csv",
    title="CSV",
    engine="importers.formats.tables.csv_engine",
    recognises=lambda head: head.is_text,
    takes_rest=True,
    extensions=(".csv", ".tsv", ".txt"),
    rank=2,
    options=SHEET_OPTIONS,
)
