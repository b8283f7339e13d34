"""Which attributes hold the parts of an address: the official headings first, then usual ones."""

from collections.abc import Iterable, Mapping

from layers.words.folding import fold

# Names of resolution 835 (annex 37), of OpenStreetMap, and what towns call their columns.
ROLES: Mapping[str, tuple[str, ...]] = {
    "settlement": (
        "addressPostName", "addr:city", "settlement", "settlement_name", "city", "locality",
        "населений пункт", "місто", "село", "нас. пункт",
    ),
    "street": (
        "addressThoroughfare", "addr:street", "street", "street_name", "вулиця", "назва вулиці",
        "name_street",
    ),
    "house": (
        "addressLocatorDesignator", "addr:housenumber", "house", "house_number", "house_name",
        "housenumber", "будинок", "номер будинку", "№ будинку", "буд",
    ),
    "building": ("addressLocatorBuilding", "building_part", "корпус", "корп"),
    "whole": ("address", "addr:full", "full_address", "label", "адреса", "повна адреса", "адрес"),
    "old": ("old_name", "street_name_old", "name_old", "стара назва", "попередня назва"),
    "new": ("new_name", "нова назва"),
    "type": ("objtype", "type", "street_type", "тип"),
}  # fmt: skip
PARTS = ("settlement", "street", "house", "building")


def find_roles(names: Iterable[str]) -> dict[str, str]:
    """Role → the attribute that holds it."""
    folded = {fold(name): name for name in reversed(list(names))}
    found = {}
    for role, usual in ROLES.items():
        name = next((folded[fold(one)] for one in usual if fold(one) in folded), None)
        if name is not None:
            found[role] = name
    return found


def propose_columns(names: Iterable[str]) -> list[str]:
    """Columns that make an address, in the order in which it is written; empty: there are none."""
    roles = find_roles(names)
    if "street" in roles:
        return [roles[role] for role in PARTS if role in roles]
    if "whole" in roles:
        return [roles[role] for role in ("settlement", "whole") if role in roles]
    return []
