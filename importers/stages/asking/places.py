"""Questions about the columns of a table that hold its places, and the order of what is in them."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from geoportal.interface.formats import format_number
from importers.formats.tables.pairs import LAT_LON, LON_LAT, parse_pair
from importers.formats.tables.placing import NO_PLACES
from importers.stages.questions import Choice, Question
from layers.reading.territories import locate_for_routing

OF_PLACES = ("lon", "lat", "place")
SAMPLES = 3


def ask_column(
    code: str, columns: Sequence[str], taken: str, rows: Sequence[Mapping[str, str]], reason: str
) -> Question:
    """Which column holds it. "" leaves it to the headings, so that a choice can be taken back."""
    none = [Choice(NO_PLACES, _("None: the rows have no places"))] if code == "place" else []
    listed = [Choice(one, one) for one in columns]
    return Question(
        code,
        "choice",
        [Choice("", _("As the headings tell")), *listed, *none],
        proposed=taken,
        reason=reason,
        rows=rows,
    )


def ask_order(column: str, taken: str, rows: Sequence[Mapping[str, str]]) -> Iterator[Question]:
    """Of a column that holds both numbers: where the first rows fall in either order."""
    texts = [row.get(column, "") for row in rows]
    pairs = [(text, pair) for text in texts if (pair := parse_pair(text)) is not None]
    if not pairs:
        return
    titles = {LAT_LON: _("Latitude, then longitude"), LON_LAT: _("Longitude, then latitude")}
    yield Question(
        "place_order",
        "choice",
        [
            Choice(
                order,
                title,
                samples=tuple(
                    f"{text} → {describe_spot(*pair.as_lon_lat(order))}"
                    for text, pair in pairs[:SAMPLES]
                ),
            )
            for order, title in titles.items()
        ],
        proposed=taken or LAT_LON,
        reason=""
        if taken
        else _("Maps on the web copy latitude first; see below where the rows would fall."),
    )


def describe_spot(lon: float, lat: float) -> str:
    """“in the community: Central district”, or where else; degrees only."""
    if abs(lat) > 90 or abs(lon) > 180:
        return _("nowhere: the numbers are no degrees")
    location = locate_for_routing(lon, lat)
    if not location.inside:
        place = {"lat": format_number(round(lat, 2)), "lon": format_number(round(lon, 2))}
        return _("outside the community (%(lat)s° N, %(lon)s° E)") % place
    titles = list(dict.fromkeys(one.title for one in location.territories if one.title))
    named = ", ".join(titles[-2:])
    return _("in the community: %(names)s") % {"names": named} if named else _("in the community")
