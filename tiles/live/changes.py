"""What has changed on the map since a snapshot of the database, for those who look at it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from geoportal.core.errors import InvalidInput
from layers.access import Sight, find_sight, list_layers_in

# So many tiles of a layer are named one by one.
TILES_MAX = 500
# Of PostgreSQL's text of a snapshot: xmin:xmax:xip_list.
CURSOR = re.compile(r"\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?", re.ASCII)
CURSOR_CHARACTERS_MAX = 4000
LOOK_BYTES = 8
# All streams wait for this question.
STATEMENT_S_MAX = 5


@dataclass(frozen=True)
class Changes:
    """`cursor`: to ask by next time. `layers`: by slug the tiles of zooms 0 to 14 that changed, as
    `z/x/y`, deeper ones go by theirs of zoom 14; `None`: all of the layer. `look`: another one as
    soon as a layer comes, goes, or is described anew. `is_reset`: the cursor asked by was not of
    this database, so anything may have changed.
    """

    cursor: str
    layers: Mapping[str, Sequence[str] | None]
    look: str
    is_reset: bool = False

    def write_event(self, *, retry_ms: int | None = None) -> bytes:
        """A server-sent event (HTML Living Standard, 9.2)."""
        said = {"layers": self.layers, "look": self.look, "reset": self.is_reset}
        data = json.dumps(said, separators=(",", ":"))
        retry = f"retry: {retry_ms}\n" if retry_ms is not None else ""
        return f"{retry}id: {self.cursor}\ndata: {data}\n\n".encode()


def read_cursor(text: str) -> str | None:
    """A cursor that a client sends; none asks only for the cursor of now. Raises `InvalidInput`."""
    if not text:
        return None
    if len(text) > CURSOR_CHARACTERS_MAX or not CURSOR.fullmatch(text):
        raise InvalidInput(_("“since” is not an identifier that this address has given."))
    xmin, xmax, running = text.split(":")
    inside = [int(each) for each in running.split(",") if each]
    if not (0 < int(xmin) <= int(xmax) < 2**63 and inside == sorted(set(inside))) or any(
        not int(xmin) <= each < int(xmax) for each in inside
    ):
        raise InvalidInput(_("“since” is not an identifier that this address has given."))
    return text


def read_changes(actor: Actor | None, since: str | None) -> Changes:
    """Of the layers that the actor sees, `None` being a visitor; no staff layer is ever named to
    others. Two statements, no tile is looked at.
    """
    sight = Sight() if actor is None else find_sight(actor)
    layers = list(list_layers_in(sight).order_by("pk").values_list("pk", "updated_at"))
    look = blake2b(repr(layers).encode(), digest_size=LOOK_BYTES).hexdigest()
    with bounded_cursor(STATEMENT_S_MAX) as cursor:
        values = {"since": since, "layers": [pk for pk, _at in layers], "most": TILES_MAX}
        execute_sql(cursor, "tiles", "changes", values)
        seen, is_elsewhere, changed = cursor.fetchone()
    found = json.loads(changed) if isinstance(changed, str) else changed
    return Changes(seen, found, look, is_reset=is_elsewhere)
