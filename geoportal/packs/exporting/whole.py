"""The whole portal as a folder."""

from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from geoportal.core.errors import Conflict
from geoportal.interface.community import get_community
from geoportal.interface.models import Community
from geoportal.packs.exporting.layers import export_layers
from geoportal.packs.exporting.parts import (
    write_categories,
    write_kinds,
    write_organisations,
    write_templates,
    write_themes,
)
from geoportal.packs.exporting.tables import write_oversight, write_responsibilities
from geoportal.packs.exporting.toml_text import write_document
from geoportal.packs.folder import COMMUNITY_FILE
from geoportal.packs.tables import COMMUNITY, FORMAT
from geoportal.pages.models import Page
from geoportal.pages.specs import PageText, read_text

# Tables of `community.toml` and how their columns begin in the database.
COLUMNS: Final = {"map": "map_", "base_map": "base_map_", "contacts": ""}
LANGUAGES: Final = ("uk", "en")


@transaction.atomic
def export_pack(root: Path) -> None:
    """Write a pack into a folder that is new or empty; people are not in it.

    Raises `Conflict` when the folder holds something.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Conflict(_("The folder “%(name)s” is not empty.") % {"name": root})
    root.mkdir(parents=True, exist_ok=True)
    community = get_community()
    files = {
        COMMUNITY_FILE: write_community(root, community),
        "themes.toml": write_themes(),
        "organisations.toml": write_organisations(),
        "kinds.toml": write_kinds(),
        "categories.toml": write_categories(),
        "templates.toml": write_templates(),
        "responsibilities.csv": write_responsibilities(),
        "oversight.csv": write_oversight(),
    }
    for name, words in files.items():
        if words:
            (root / name).write_text(words, encoding="utf-8")
    export_layers(root, community.katottg)
    export_pages(root)


def write_community(root: Path, community: Community) -> str:
    fresh = Community()
    values: dict[str, object] = {"format": FORMAT}
    tables: dict[str, dict[str, object]] = {name: {} for name in COLUMNS}
    for key in COMMUNITY.keys:
        table, dot, name = key.rpartition(".")
        column = COLUMNS.get(table, "") + name
        if key == "logo" or table == "without" or not hasattr(fresh, column):
            continue
        value = getattr(community, column)
        if value != getattr(fresh, column) or key in ("name_uk", "short_name_uk"):
            (tables[table] if dot else values)[name] = value
    if community.map_longitude is not None:
        center = [community.map_longitude, community.map_latitude]
        tables["map"] = {"center": center} | tables["map"]
    if community.logo_digest:
        values["logo"] = write_logo(root, bytes(community.logo))
    values["time_zone"] = settings.TIME_ZONE
    return write_document(values, tables, {"emergency_number": community.emergency_numbers})


def write_logo(root: Path, logo: bytes) -> str:
    with Image.open(BytesIO(logo)) as image:
        name = f"logo.{(image.format or 'png').lower()}"
    (root / name).write_bytes(logo)
    return name


def export_pages(root: Path) -> None:
    pages = list(Page.objects.order_by("position", "slug"))
    if not pages:
        return
    folder = root / "pages"
    folder.mkdir()
    for page in pages:
        for language, words in write_languages(read_text(page)).items():
            (folder / f"{page.slug}.{language}.md").write_text(words, encoding="utf-8")
    places = [{"slug": page.slug} | _say_place(read_text(page)) for page in pages]
    (folder / "pages.toml").write_text(write_document({}, {}, {"page": places}), encoding="utf-8")


def write_languages(text: PageText) -> Mapping[str, str]:
    """Markdown by language; English where there is any."""
    written = {}
    for language in LANGUAGES:
        title, body = getattr(text, f"title_{language}"), getattr(text, f"body_{language}")
        if title:
            written[language] = f"# {title}\n\n{body}\n" if body else f"# {title}\n"
    return written


def _say_place(text: PageText) -> dict[str, object]:
    fresh = {field.name: field.default for field in fields(PageText)}
    names = ("in_menu", "in_footer")
    said = {name: getattr(text, name) for name in names if getattr(text, name) != fresh[name]}
    return {"position": text.position} | said
