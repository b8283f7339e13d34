"""Layers of the starter pack as templates for new ones, one by one."""

from functools import cache

from geoportal.packs.applying.layers import Owners, describe
from geoportal.packs.extending import SHIPPED
from geoportal.packs.findings import Findings
from geoportal.packs.folder import PackFolder
from geoportal.packs.reading import read_section
from geoportal.packs.tables import BY_NAME
from layers.models import Layer
from layers.schema.specs import LayerSpec
from layers.schema.templates import LayerTemplate

STARTER = SHIPPED / "ukraine"


@cache
def list_pack_templates() -> tuple[LayerTemplate, ...]:
    """Read once: the files come with the portal. All for staff, as any new layer."""
    entries = read_section(PackFolder(STARTER, Findings()), BY_NAME["layers"])
    nobody = Owners({}, {})
    return tuple(
        LayerTemplate(
            describe(
                entry,
                LayerSpec(slug=entry.text("slug"), title_uk="", visibility=Layer.Visibility.STAFF),
                nobody,
                prune=False,
            ),
            entry.text("theme"),
        )
        for entry in entries
    )
