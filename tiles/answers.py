"""A tile over HTTP: its versions, then what the client holds, what is kept, and at last the SQL."""

import logging
import time
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from geoportal.core.errors import Unavailable
from geoportal.core.http.answers import REVALIDATED, find_not_modified, mark_cacheable
from geoportal.core.http.codings import IDENTITY, choose_coding
from tiles.cache.compression import OFFERED
from tiles.cache.fetching import Fetched, fetch
from tiles.cache.keys import build_key
from tiles.cache.waiting import TookTooLong
from tiles.grid import Tile
from tiles.served import HELD, Served, note_served, noting_refusals
from tiles.sources import TileSource, read_versions

log = logging.getLogger(__name__)
MVT = "application/vnd.mapbox-vector-tile"


def answer_tile(
    request: HttpRequest,
    tile: Tile,
    sources: Sequence[TileSource],
    *,
    life: str = REVALIDATED,
    versions: Sequence[str] | None = None,
) -> HttpResponse:
    """`life`: the end of `Cache-Control`; `versions`: where they were just read.

    Empty tiles are 204. Raises `Unavailable` when another request did not build the tile in time,
    `OperationalError` when this one did not.
    """
    started = time.perf_counter()
    names = tuple(source.name for source in sources)
    with noting_refusals(tile, names):
        outcome, response = _answer(request, tile, sources, life, versions)
    served = Served(
        tile=tile,
        names=names,
        outcome=outcome,
        status=response.status_code,
        length=len(response.content),
        seconds=time.perf_counter() - started,
    )
    note_served(served)
    response.headers["Server-Timing"] = f"{served.outcome};dur={served.seconds * 1000:.1f}"
    return response


def _answer(
    request: HttpRequest,
    tile: Tile,
    sources: Sequence[TileSource],
    life: str,
    versions: Sequence[str] | None,
) -> tuple[str, HttpResponse]:
    """As `Served.outcome` has it, and the answer."""
    shared = all(source.is_shared for source in sources)
    key = build_key(tile, sources, versions or read_versions(tile, sources))
    held = find_not_modified(request, tag(key), shared=shared, life=life)
    if held is not None:
        return HELD, held
    coding = choose_coding(request.headers.get("Accept-Encoding", ""), OFFERED)
    fetched = _fetch(tile, sources, key, coding)
    response = _build_response(fetched)
    mark_cacheable(response, tag(fetched.key), shared=shared, life=life)
    return fetched.outcome, response


def tag(key: str) -> str:
    """Weak, for all codings (RFC 9110, 8.8.3)."""
    return f'W/"{key}"'


def _fetch(tile: Tile, sources: Sequence[TileSource], key: str, coding: str) -> Fetched:
    try:
        return fetch(tile, sources, key, coding)
    except TookTooLong as error:
        log.warning("waited %s s for a tile: %s", settings.TILE_BUILD_S_MAX, tile)
        raise Unavailable(
            _("This tile is being made and takes long. Try once more in a few seconds.")
        ) from error


def _build_response(fetched: Fetched) -> HttpResponse:
    entry = fetched.entry
    if not entry.body:
        response = HttpResponse(status=204, headers=entry.headers)
        del response.headers["Content-Type"]
        return response
    response = HttpResponse(entry.body, content_type=MVT, headers=entry.headers)
    if entry.coding != IDENTITY:
        response.headers["Content-Encoding"] = entry.coding
    return response
