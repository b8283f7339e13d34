"""Imports of one group that are published by one press, though all go into one layer.

The first that is published changes the layer, so that the previews of the others do not hold. They
are made anew, and what was looked at is published by itself if it is the same to the last row.
"""

from typing import cast

from django.db import connection
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from importers.errors import LayerChanged
from importers.models import Import


def digest_difference(import_: Import) -> str:
    """Of the preview that stands, for a layer that stands."""
    values = {"import": import_.pk, "layer": import_.layer_id}
    with connection.cursor() as cursor:
        execute_sql(cursor, "importers", "difference_digest", values)
        return str(cursor.fetchone()[0])


def is_by_its_group(import_: Import, change: LayerChanged) -> bool:
    """Nobody but imports that came together with this one has changed the layer."""
    changesets = set(cast("list[int]", change.extra["changesets"]))
    siblings = Import.objects.filter(group=import_.group_id, changeset__in=changesets)
    return bool(changesets) and siblings.count() == len(changesets)


def goes_on(import_: Import, change: LayerChanged) -> bool:
    """It was promised to be published, and its preview is to be made anew for no other reason."""
    return import_.promised != "" and is_by_its_group(import_, change)


def keeps_promise(import_: Import) -> bool:
    """The preview that was made anew shows what was looked at; else the promise is taken back, in
    words."""
    if digest_difference(import_) == import_.promised:
        return True
    take_back(import_, say_overlap())
    return False


def take_back(import_: Import, words: str) -> None:
    import_.promised, import_.error = "", words
    import_.save(update_fields=["promised", "error"])


def say_overlap() -> str:
    return _(
        "Another import that came together with this one has changed the same objects; look at the"
        " difference anew."
    )
