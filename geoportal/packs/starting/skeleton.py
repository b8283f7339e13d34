"""Files of a new pack: what the codifier and the boundaries tell, and blanks for the rest.

A blank is words in brackets; `apply_pack` names those that are left.
"""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from geoportal.core.words.romanisation import romanise
from geoportal.packs.exporting.toml_text import write_document, write_item
from geoportal.packs.starting.boundaries import Cut, write_geojson
from geoportal.packs.starting.codifier import Hromada
from geoportal.packs.starting.streets import Renaming
from geoportal.packs.starting.words import put_in_genitive
from geoportal.packs.tables import FORMAT, RESPONSIBILITY

OSM: Final = {"licence": "ODbL-1.0"}
OSM_SOURCE: Final = "© OpenStreetMap contributors"
COUNCIL: Final = "council"
# slug, kind, what it keeps, and the categories of the starter that it answers for.
ENTERPRISES: Final[Sequence[tuple[str, str, str, tuple[str, ...]]]] = (
    ("roads", "municipal_enterprise", "утримує дороги", ("roads",)),
    ("lighting", "municipal_enterprise", "утримує вуличне освітлення", ("lighting",)),
    ("waste", "municipal_enterprise", "вивозить відходи", ("waste",)),
    ("water", "municipal_enterprise", "подає воду", ("water",)),
    ("improvement", "municipal_enterprise", "дбає про зелені насадження й тварин",
     ("green", "animals")),
    ("housing", "municipal_enterprise", "утримує двори й будинки", ("yards",)),
    ("heating", "municipal_enterprise", "подає тепло", ("energy-heat",)),
    ("power", "commercial", "утримує електромережі", ("energy-power",)),
    ("gas", "commercial", "утримує газові мережі", ("energy-gas",)),
    ("carrier", "commercial", "возить пасажирів", ("transport",)),
    ("police", "state_executive", "охороняє порядок", ("safety",)),
    ("social", "local_government", "соціального захисту", ("social", "access")),
    ("civil-protection", "local_government", "цивільного захисту", ("shelter",)),
    ("culture", "local_government", "культури", ("heritage",)),
)  # fmt: skip


def write_community(hromada: Hromada, cut: Cut) -> str:
    council = f"{hromada.name} {hromada.kind}"
    town = cut.settlements.get(hromada.centre.code)
    english = (town.name_en if town else "") or romanise(hromada.centre.name)
    values: dict[str, object] = {
        "format": FORMAT,
        "extends": "ukraine",
        "name_uk": f"{council} територіальна громада",
        "name_en": f"{english} territorial community",
        "short_name_uk": hromada.centre.name,
        "short_name_en": english,
        "katottg": hromada.code,
    }
    authority = " ".join(map(put_in_genitive, council.split()))
    contacts = {
        "authority_uk": f"виконавчий комітет {authority} ради",
        "authority_en": f"the Executive Committee of {english} Council",
    }
    return write_document(values, {"contacts": contacts}) + CONTACTS


# What nobody but the council knows; a line counts once its sign is taken away.
CONTACTS: Final = """\
# address_uk = ""
# address_en = ""
# email = ""
# phone = ""
# hours_uk = ""
# hours_en = ""
# website = ""
# reviewed_uk = ""
# reviewed_en = ""
"""


def write_organisations(hromada: Hromada) -> str:
    council = f"{hromada.name} {hromada.kind} рада"
    items = [{"slug": COUNCIL, "kind": "local_government", "name_uk": council}]
    for slug, kind, keeps, _categories in ENTERPRISES:
        what = f"[відділ {keeps}]" if kind == "local_government" else f"[організація, що {keeps}]"
        items.append({"slug": slug, "kind": kind, "name_uk": what})
    return "\n\n".join(write_item("organisation", item) for item in items) + "\n"


def write_responsibilities() -> str:
    target = StringIO()
    writer = csv.DictWriter(target, list(RESPONSIBILITY.keys), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerow({"organisation": COUNCIL, "role": "controller"})
    for slug, _kind, _keeps, categories in ENTERPRISES:
        for category in categories:
            writer.writerow({"organisation": slug, "category": category, "role": "executor"})
    return target.getvalue()


def write_boundary(hromada: Hromada, cut: Cut) -> dict[str, str]:
    values = {
        "name": f"{hromada.name} {hromada.kind} територіальна громада",
        "CATUTTC": hromada.code,
        "centre": hromada.centre.name,
        "area_ha": cut.boundary.area_ha,
    }
    return {
        "layers/boundary.toml": _write_layer("boundary.geojson", cut),
        "layers/boundary.geojson": write_geojson([(hromada.code, cut.boundary.shape, values)]),
    }


def write_settlements(hromada: Hromada, cut: Cut) -> dict[str, str]:
    """All of the codifier as points; those whose areas are known as territories besides."""
    points, areas = [], []
    for settlement in hromada.settlements:
        area = cut.settlements.get(settlement.code)
        english = (area.name_en if area else "") or romanise(settlement.name)
        values: dict[str, object] = {
            "name": settlement.name,
            "nameEn": english,
            "class": settlement.title,
            "CATUTTC": settlement.code,
        }
        shape = area.shape.representative_point() if area else None
        points.append((settlement.code, shape, values))
        if area:
            own = {"name": settlement.name, "CATUTTC": settlement.code, "area_ha": area.area_ha}
            areas.append((settlement.code, area.shape, own))
    files = {
        "layers/settlements.toml": _write_layer("settlements.geojson", cut),
        "layers/settlements.geojson": write_geojson(points),
    }
    if areas:
        files["layers/settlement_areas.toml"] = _write_layer("settlement_areas.geojson", cut)
        files["layers/settlement_areas.geojson"] = write_geojson(areas)
    return files


def write_okruhs(cut: Cut) -> dict[str, str]:
    """Nothing where the files hold none: the starter's layer waits for its data."""
    if not cut.okruhs:
        return {}
    rows = [
        (f"okruh-{number}", area.shape, {"name": area.name, "area_ha": area.area_ha})
        for number, area in enumerate(cut.okruhs, start=1)
    ]
    return {
        "layers/starosta_okruhs.toml": _write_layer("starosta_okruhs.geojson", cut),
        "layers/starosta_okruhs.geojson": write_geojson(rows),
    }


def write_renamings(renamings: Sequence[Renaming]) -> dict[str, str]:
    if not renamings:
        return {}
    rows = [
        (str(number), None, {"number": number, **vars(each), "renamed_on": each.renamed_on or None})
        for number, each in enumerate(renamings, start=1)
    ]
    return {
        "layers/renamed_streets.toml": _write_layer("renamed_streets.geojson", None),
        "layers/renamed_streets.geojson": write_geojson(rows),
    }


def _write_layer(file: str, cut: Cut | None) -> str:
    """What the starter does not know of the layer: who publishes it, and its data."""
    values: dict[str, object] = {"organisation": COUNCIL}
    source = {"file": file}
    if cut is not None and cut.is_osm:
        values, source = values | OSM, source | {"name": OSM_SOURCE}
    return write_document(values, {"source": source})
