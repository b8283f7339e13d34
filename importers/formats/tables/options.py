"""What a table is asked that other files are not: where its headings and its places stand."""

from django.utils.translation import gettext_lazy

from importers.formats.format import FormatOption

TABLES_ONLY = gettext_lazy("--lon, --lat, --place and --place-order are for tables only.")
ROWS_ONLY = gettext_lazy("--header-row is for CSV and spreadsheets only.")
PLACE_OPTIONS = (
    FormatOption("lon", "column of longitude or x (tables)", TABLES_ONLY),
    FormatOption("lat", "column of latitude or y (tables)", TABLES_ONLY),
    FormatOption(
        "place", "column that holds both, or WKT; @none: there are no places (tables)", TABLES_ONLY
    ),
    FormatOption("place_order", "lat-lon or lon-lat: order in that column (tables)", TABLES_ONLY),
)
HEADER_OPTION = FormatOption(
    "header_row", "number of the row with the headings (CSV, spreadsheets)", ROWS_ONLY
)
SHEET_OPTIONS = (*PLACE_OPTIONS, HEADER_OPTION)
