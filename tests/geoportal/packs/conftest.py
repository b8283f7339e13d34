"""A small town as a folder, and a short way to change one file of it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.findings import PackRefused

SQUARE = [[[27.0, 50.1], [27.1, 50.1], [27.1, 50.2], [27.0, 50.2], [27.0, 50.1]]]
HALVES = {
    "west": [[[27.0, 50.1], [27.05, 50.1], [27.05, 50.2], [27.0, 50.2], [27.0, 50.1]]],
    "east": [[[27.05, 50.1], [27.1, 50.1], [27.1, 50.2], [27.05, 50.2], [27.05, 50.1]]],
}


OAK = {"uid": "T-1", "species": "дуб", "inspector": "І. К."}


def write_features(rows: Mapping[str, tuple[str, object, dict[str, object]]]) -> str:
    """GeoJSON from key → (type of geometry, coordinates, properties)."""
    features = [
        {
            "type": "Feature",
            "id": key,
            "geometry": {"type": kind, "coordinates": coordinates},
            "properties": properties,
        }
        for key, (kind, coordinates, properties) in rows.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


TOWN = {
    "community.toml": """
        format = 1
        name_uk = "Тестова громада"
        name_en = "Test community"
        short_name_uk = "Тестове"
        short_name_en = "Testove"
        katottg = "UA68060330000029010"
        accent = "#1f6f5c"

        [contacts]
        phone = "+380000000001"
        """,
    "themes.toml": """
        [[theme]]
        slug = "borders"
        title_uk = "Межі"

        [[theme]]
        slug = "nature"
        title_uk = "Довкілля"
        icon = "leaf"
        """,
    "organisations.toml": """
        [[organisation]]
        slug = "council"
        kind = "local_government"
        name_uk = "Міська рада"

        [[organisation]]
        slug = "roads"
        kind = "municipal_enterprise"
        name_uk = "КП «Дороги»"
        phone = "+380000000002"
        """,
    "categories.toml": """
        [[category]]
        code = "street"
        title_uk = "Вулиця"

        [[category]]
        code = "pothole"
        parent = "street"
        title_uk = "Яма"
        keywords = ["яма", "вибоїна"]
        solution_days = 30

        [[category.question]]
        code = "size"
        title_uk = "Який розмір?"
        datatype = "singlevaluelist"
        choices = [
          { value = "small", title_uk = "мала" },
          { value = "large", title_uk = "велика" },
        ]
        """,
    "templates.toml": """
        [[template]]
        organisation = "roads"
        action = "close"
        title = "Латка"
        words = "Виконано."
        """,
    "responsibilities.csv": """\
        organisation,category,territory_layer,territory_key,role,note
        roads,street,halves,west,,Рішення № 1
        council,,,,controller,
        """,
    "oversight.csv": """\
        organisation,territory_layer,territory_key
        council,halves,east
        """,
    "people.csv": """\
        email,organisation,role
        head@example.org,roads,head
        """,
    "layers/boundary.toml": """
        kind = "territory"
        title_uk = "Межа громади"
        theme = "borders"
        geometry_type = "polygon"
        title_field = "name"
        [source]
        file = "boundary.geojson"
        [[field]]
        name = "name"
        title_uk = "Назва"
        """,
    "layers/boundary.geojson": write_features({"whole": ("Polygon", SQUARE, {"name": "Громада"})}),
    "layers/halves.toml": """
        kind = "territory"
        title_uk = "Половини"
        geometry_type = "polygon"
        title_field = "name"
        [source]
        file = "halves.geojson"
        [[field]]
        name = "name"
        """,
    "layers/halves.geojson": write_features(
        {key: ("Polygon", area, {"name": key}) for key, area in HALVES.items()}
    ),
    "layers/trees.toml": """
        title_uk = "Дерева"
        title_en = "Trees"
        theme = "nature"
        organisation = "council"
        geometry_type = "point"
        key_field = "uid"
        title_field = "species"
        color = "#4f8a3c"
        style = "trees.style.json"
        keywords = ["дерева"]

        [source]
        file = "trees.geojson"
        name = "Інвентаризація"

        [[field]]
        name = "uid"
        required = true

        [[field]]
        name = "species"
        title_uk = "Порода"
        choices = ["дуб", { value = "липа", title_en = "linden" }]

        [[field]]
        name = "inspector"
        audience = "staff"
        """,
    "layers/trees.geojson": write_features(
        {
            "T-1": (
                "Point",
                [27.02, 50.15],
                {"uid": "T-1", "species": "дуб", "inspector": "І. К."},
            ),
            "T-2": ("Point", [27.03, 50.15], {"uid": "T-2", "species": "липа", "inspector": None}),
        }
    ),
    "layers/trees.style.json": json.dumps(
        {
            "light": [{"type": "circle", "paint": {"circle-color": "#4f8a3c"}}],
            "legend": [{"color": "#4f8a3c", "shape": "circle", "title_uk": "Дерево"}],
        }
    ),
    "pages/pages.toml": """
        [[page]]
        slug = "contacts"
        in_menu = true
        """,
    "pages/contacts.uk.md": """\
        # Контакти

        Портал веде {{ community }}, телефон {{ phone }}. Дороги: {{ phone_of_roads }}.
        Дивіться [правила](rules.md) і [дані](site:/data/). Пишіть: {{ email }}.
        """,
}


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """The town in a folder; `changes`: a file's text, or `None` to leave it out."""

    def write(changes: Mapping[str, str | None] | None = None, name: str = "testove") -> Path:
        root = tmp_path / name
        for file, words in (TOWN | dict(changes or {})).items():
            path = root / file
            if words is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(words), encoding="utf-8")
        return root

    return write


@pytest.fixture
def write_folder(tmp_path: Path) -> Callable[..., Path]:
    """A folder with these files only."""

    def write(files: Mapping[str, str], name: str = "pack") -> Path:
        root = tmp_path / name
        for file, words in files.items():
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(words), encoding="utf-8")
        return root

    return write


@pytest.fixture
def list_errors(db) -> Callable[[Path], list[str]]:
    """What is wrong with a pack, as it is printed."""

    def find(root: Path) -> list[str]:
        with pytest.raises(PackRefused) as refused:
            apply_pack(root)
        return [str(finding) for finding in refused.value.findings.errors]

    return find
