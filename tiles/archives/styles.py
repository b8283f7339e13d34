"""The MapLibre style of the whole map as an archive holds it, for readers of PMTiles.

It is kept beside the archive, with marks in place of what is known only when it is asked for: the
address of the portal, and the name of the current file.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound
from geoportal.interface.community import get_community
from geoportal.interface.ground import get_ground
from layers.models import Layer
from tiles.archives.kept import WHOLE_MAP, find_kept, get_folder
from tiles.style.document import THEMES, build_style, build_style_sprite

SITE = "https://portal.invalid"
FILE = "archive-file"
SOURCE = "archive"


def keep_styles(layers: Sequence[Layer]) -> None:
    """`layers`: those of the archive, in the order in which they are listed."""
    for theme in THEMES:
        path = name_style(theme)
        begun = path.with_suffix(f".{os.getpid()}.part")
        text = json.dumps(build_archive_style(layers, theme), ensure_ascii=False)
        begun.write_text(text, encoding="utf-8")
        begun.replace(path)


def name_style(theme: str) -> Path:
    return Path(get_folder(), f"style-{theme}.json")


def build_archive_style(layers: Sequence[Layer], theme: str) -> dict[str, object]:
    """As `/tiles/style.json`, with one vector source in place of those of the layers."""
    ground = get_ground(get_community())
    style = build_style(
        layers,
        theme=theme,
        base_url=SITE,
        raster_url=ground.raster_url,
        attribution=ground.attribution,
        sprite=build_style_sprite(layers, theme),
        plain=True,
    )
    sources: dict[str, dict[str, object]] = style["sources"]  # type: ignore[assignment]
    others = {name: each for name, each in sources.items() if each["type"] != "vector"}
    address = f"pmtiles://{SITE}/tiles/archives/{FILE}.pmtiles"
    parts: list[dict[str, object]] = style["layers"]  # type: ignore[assignment]
    return style | {
        "sources": others | {SOURCE: {"type": "vector", "url": address}},
        "layers": [
            part | {"source": SOURCE} if part.get("source") in sources.keys() - others else part
            for part in parts
        ],
    }


def read_style(theme: str, site: str) -> str:
    """JSON for who reaches the portal at `site`; raises `NotFound` until there is an archive."""
    whole = find_kept(WHOLE_MAP)
    path = name_style(theme)
    if whole is None or not path.is_file():
        raise NotFound(_("There is no archive of this name; it may be being built."))
    return path.read_text(encoding="utf-8").replace(SITE, site).replace(FILE, whole.file)
