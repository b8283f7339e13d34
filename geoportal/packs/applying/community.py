"""The row of the community: names, looks, contacts."""

from collections.abc import Mapping
from typing import Final

from geoportal.interface.community import compute_logo_digest, get_community
from geoportal.interface.models import Community
from geoportal.packs.applying.run import Run, write_row
from geoportal.packs.entries import Entry
from geoportal.packs.linked_files import Logo
from geoportal.pages.facts import BLANKS, CommunityFacts

OF_THE_PACK: Final = ("format", "extends", "time_zone")
TABLES: Final = {"map": "map_", "base_map": "base_map_", "contacts": ""}


def apply_community(run: Run) -> Community:
    """The row as it stands now. A starter that names no community makes none."""
    entry = run.pack.community
    community = get_community()
    values = describe_community(entry)
    if values.get("logo_digest") == community.logo_digest:
        values.pop("logo", None)  # its bytes need not be read to be compared
    if values:
        write_row(run, "community", community.katottg, entry, community, values)
    return community


def describe_community(entry: Entry) -> dict[str, object]:
    """Columns of the row that the pack names."""
    values: dict[str, object] = {}
    for key, value in entry.values.items():
        table, dot, name = key.rpartition(".")
        if key in OF_THE_PACK or table == "without":
            continue
        if key == "map.center" and isinstance(value, tuple):
            values |= {"map_longitude": value[0], "map_latitude": value[1]}
        elif isinstance(value, Logo):
            values |= {"logo": value.content, "logo_digest": compute_logo_digest(value.content)}
        else:
            column = TABLES[table] + name if dot else key
            values[column] = list(value) if isinstance(value, tuple) else value
    if "emergency_number" in entry.children:
        values["emergency_numbers"] = [
            dict(number.values) for number in entry.children["emergency_number"]
        ]
    return values


def build_facts(community: Community) -> Mapping[str, CommunityFacts]:
    """What pages say of the community, by language; blanks for what is not known."""
    return {language: _build(community, language) for language in BLANKS}


def _build(community: Community, language: str) -> CommunityFacts:
    def say(name: str) -> str:
        return str(getattr(community, f"{name}_{language}") or getattr(BLANKS[language], name))

    blank, email = BLANKS[language], community.email
    return CommunityFacts(
        community=getattr(community, f"name_{language}") or blank.community,
        authority=say("authority"),
        address=say("address"),
        email=f"[{email}](mailto:{email})" if email else blank.email,
        phone=community.phone or blank.phone,
        hours=say("hours"),
        reviewed=say("reviewed"),
    )
