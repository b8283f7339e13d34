"""What may stand at an address: the one list of kinds.

A new kind is its own module and a line here. A file comes last: it is what nobody else knows.
"""

from importers.remote.kind import RemoteKind
from importers.remote.kinds.ogc_features import OgcFeatures
from importers.remote.kinds.plain_file import PlainFile

KINDS: tuple[RemoteKind, ...] = (OgcFeatures(), PlainFile())
# A name of the database's column.
SLUGS = tuple(kind.slug for kind in KINDS)


def get_kind(slug: str) -> RemoteKind:
    """Raises `KeyError`."""
    return {kind.slug: kind for kind in KINDS}[slug]
