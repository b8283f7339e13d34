"""What the map needs to know of the town and its layers, kept beside the archives.

Written whenever archives are: what the page lists is what they hold. Words of scripts and addresses
of static files are not kept; an update brings newer ones.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.utils import translation

from geoportal.interface.community import get_community
from geoportal.interface.models import Community
from geoportal.web.catalogue import group_layers
from geoportal.web.map_document import build_map_document
from layers.access import list_layers_for
from layers.models import Layer
from layers.reading.legend import SHAPES
from tiles.archives.kept import WHOLE_MAP, find_kept, get_folder

FILE = "map-page.json"


@dataclass(frozen=True)
class KeptPage:
    """`document`: as `geoportal.web.map_document` gives it to visitors.

    `themes`: `title` (empty for none) and `layers`: `slug`, `title`, `color`, `icon`, `shape`,
    `shown`.
    """

    community: Community
    document: dict[str, Any]
    themes: list[dict[str, Any]]


def keep_page(**_given: object) -> None:
    """A receiver of `archives_changed`."""
    community = get_community()
    said = {
        "community": serializers.serialize(
            "json", [community], fields=[name for name in list_columns() if name != "logo"]
        ),
        "languages": {code: describe_page(code) for code, _name in settings.LANGUAGES},
    }
    path = Path(get_folder(), FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(f".{os.getpid()}.part")
    begun.write_bytes(orjson.dumps(said))
    begun.replace(path)


def list_columns() -> list[str]:
    return [field.name for field in Community._meta.concrete_fields]


def describe_page(language: str) -> dict[str, object]:
    with translation.override(language):
        visitor = AnonymousUser()
        layers = list(list_layers_for(visitor).prefetch_related("fields"))
        groups = group_layers(visitor, layers)
        return {
            "document": orjson.loads(build_map_document(visitor, layers, groups).text),
            "themes": [
                {
                    "title": group.theme.title if group.theme else "",
                    "layers": [
                        describe_switch(entry.layer)
                        for entry in group.entries
                        if not entry.layer.is_basemap
                    ],
                }
                for group in groups
            ],
        }


def describe_switch(layer: Layer) -> dict[str, object]:
    return {
        "slug": layer.slug,
        "title": layer.title,
        "color": layer.color,
        "icon": layer.icon,
        "shape": SHAPES[Layer.GeometryType(layer.geometry_type)],
        "shown": layer.shown_by_default,
    }


def find_page(language: str) -> KeptPage | None:
    """In this language, where an archive of the whole map is there to be drawn."""
    if find_kept(WHOLE_MAP) is None:
        return None
    try:
        said = orjson.loads(Path(get_folder(), FILE).read_bytes())
    except FileNotFoundError:
        return None
    (row,) = serializers.deserialize("json", said["community"])
    page = said["languages"][language]
    return KeptPage(cast("Community", row.object), page["document"], page["themes"])
