"""What may stand at an address: the one list of kinds.

A new kind is its own module and a line here. A file comes last: it is what nobody else knows.
"""

from importers.remote.kind import RemoteKind
from importers.remote.kinds.arcgis import ArcGis
from importers.remote.kinds.ckan import Ckan
from importers.remote.kinds.ogc_features import OgcFeatures
from importers.remote.kinds.plain_file import PlainFile
from importers.remote.kinds.wfs import Wfs

KINDS: tuple[RemoteKind, ...] = (OgcFeatures(), ArcGis(), Ckan(), Wfs(), PlainFile())
# A name of the database's column.
SLUGS = tuple(kind.slug for kind in KINDS)


def get_kind(slug: str) -> RemoteKind:
    """Raises `KeyError`."""
    return {kind.slug: kind for kind in KINDS}[slug]
