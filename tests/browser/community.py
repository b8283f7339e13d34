"""A small invented community for tests in a browser: a grid of streets and a few layers on it."""

import json

from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon

from geoportal.accounts.models import Organisation
from layers.models import Layer, Theme
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow

WEST, SOUTH, EAST, NORTH = 27.02, 50.15, 27.12, 50.21
CENTRE = (27.07, 50.18)
NAME = FieldSpec(name="name", title_uk="Назва", title_en="Name", searchable=True)

Geometry = Point | LineString | Polygon | MultiPolygon
Rows = list[tuple[str, Geometry, dict[str, object]]]


def box(west: float, south: float, east: float, north: float) -> Polygon:
    return Polygon.from_bbox((west, south, east, north))


def seed_community() -> None:
    """Layers of every geometry type, ground included, all public."""
    council = Organisation.objects.create(
        slug="council", kind=Organisation.Kind.LOCAL_GOVERNMENT, name_uk="Міська рада"
    )
    health = Theme.objects.create(slug="health", title_uk="Здоров'я", title_en="Health", position=1)
    leisure = Theme.objects.create(
        slug="leisure", title_uk="Відпочинок", title_en="Leisure", position=2
    )
    add_ground()
    add_layer(
        pharmacies_spec(health, council),
        [
            (
                str(number),
                Point(
                    CENTRE[0] + (number % 4 - 1.5) * 0.008, CENTRE[1] + (number // 4 - 1) * 0.006
                ),
                values,
            )
            for number, values in enumerate(PHARMACIES)
        ],
    )
    add_layer(
        LayerSpec(
            slug="parks",
            title_uk="Парки",
            title_en="Parks",
            theme=leisure,
            organisation=council,
            visibility="public",
            geometry_type="polygon",
            color="#3f8f4f",
            icon="trees",
            title_field="name",
            shown_by_default=True,
            fields=(NAME,),
        ),
        [("1", box(27.062, 50.174, 27.068, 50.178), {"name": "Парк імені М. Грушевського"})],
    )
    add_layer(
        LayerSpec(
            slug="routes",
            title_uk="Веломаршрути",
            title_en="Cycle routes",
            theme=leisure,
            organisation=council,
            visibility="public",
            geometry_type="line",
            color="#8a4fb3",
            icon="bike",
            title_field="name",
            fields=(NAME,),
        ),
        [
            (
                "north",
                LineString((27.04, 50.16), (27.07, 50.19), (27.1, 50.2)),
                {"name": "Північний"},
            )
        ],
    )


PHARMACIES: list[dict[str, object]] = [
    {
        "name": "Аптека «Подорожник» № 1",
        "address": "вул. Соборна, 12-А",
        "phone": "+380 67 123-45-67",
        "site": "https://pharmacy.example/odyn/",
        "around_the_clock": True,
        "kind": "municipal",
        "opened": "2019-05-30",
        "checked": "2026-11-20T12:05:00+00:00",
        "visitors": 12345,
        "area": 84.5,
        "note": "Вхід з двору<br><b>Дзвінок</b> біля дверей &amp; пандус",
    },
    {"name": "М'ята", "address": "вул. Київська, 3", "around_the_clock": False, "kind": "private"},
]
PHARMACIES += [
    {"name": f"Аптека {number}", "address": f"вул. Вишнева, {number}"} for number in range(3, 12)
]


def pharmacies_spec(theme: Theme, publisher: Organisation) -> LayerSpec:
    kinds = (
        {"value": "municipal", "title_uk": "Комунальна", "title_en": "Municipal"},
        {"value": "private", "title_uk": "Приватна", "title_en": "Private"},
    )
    return LayerSpec(
        slug="pharmacies",
        title_uk="Аптеки",
        title_en="Pharmacies",
        theme=theme,
        organisation=publisher,
        visibility="public",
        geometry_type="point",
        color="#c2413b",
        icon="pill",
        title_field="name",
        shown_by_default=True,
        description_uk="Аптеки громади з годинами роботи.",
        description_en="Pharmacies of the community.",
        update_frequency="monthly",
        keywords=("ліки", "здоров'я"),
        fields=(
            NAME,
            FieldSpec(name="address", title_uk="Адреса", title_en="Address", searchable=True),
            FieldSpec(name="phone", title_uk="Телефон", title_en="Phone", type="phone"),
            FieldSpec(name="site", title_uk="Сайт", title_en="Website", type="url"),
            FieldSpec(
                name="around_the_clock",
                title_uk="Цілодобово",
                title_en="Day and night",
                type="boolean",
            ),
            FieldSpec(name="kind", title_uk="Власність", title_en="Ownership", choices=kinds),
            FieldSpec(name="opened", title_uk="Відкрито", title_en="Opened", type="date"),
            FieldSpec(name="checked", title_uk="Перевірено", title_en="Checked", type="datetime"),
            FieldSpec(
                name="visitors",
                title_uk="Відвідувачів за рік",
                title_en="Visitors a year",
                type="integer",
            ),
            FieldSpec(name="area", title_uk="Площа", title_en="Area", type="number", unit="м²"),
            FieldSpec(name="note", title_uk="Примітка", title_en="Note"),
            FieldSpec(name="owner_phone", title_uk="Телефон власника", audience="staff"),
        ),
    )


def add_ground() -> None:
    """Boundary, districts, streets and buildings."""
    middle = CENTRE[0]
    add_layer(
        LayerSpec(
            slug="boundary",
            title_uk="Межа громади",
            title_en="Boundary",
            kind=Layer.Kind.TERRITORY,
            visibility="public",
            geometry_type="polygon",
            color="#5b6570",
            title_field="name",
            is_basemap=True,
            fields=(NAME,),
        ),
        [("1", MultiPolygon(box(WEST, SOUTH, EAST, NORTH)), {"name": "Громада"})],
    )
    add_layer(
        LayerSpec(
            slug="districts",
            title_uk="Райони",
            title_en="Districts",
            kind=Layer.Kind.TERRITORY,
            visibility="public",
            geometry_type="polygon",
            color="#7a5c2e",
            title_field="name",
            fields=(NAME,),
        ),
        [
            ("west", box(WEST, SOUTH, middle, NORTH), {"name": "Західний район"}),
            ("east", box(middle, SOUTH, EAST, NORTH), {"name": "Східний район"}),
        ],
    )
    streets: Rows = []
    for number in range(12):
        lon, lat = WEST + 0.008 * (number + 0.5), SOUTH + 0.0048 * (number + 0.5)
        streets.append(
            (
                f"lon{number}",
                LineString((lon, SOUTH), (lon, NORTH)),
                {"name": f"вул. Довга {number}"},
            )
        )
        streets.append(
            (
                f"lat{number}",
                LineString((WEST, lat), (EAST, lat)),
                {"name": f"вул. Широка {number}"},
            )
        )
    add_layer(
        LayerSpec(
            slug="streets",
            title_uk="Вулиці",
            title_en="Streets",
            visibility="public",
            geometry_type="line",
            color="#c9c4ba",
            title_field="name",
            is_basemap=True,
            fields=(NAME,),
        ),
        streets,
    )


def add_layer(spec: LayerSpec, features: Rows) -> None:
    rows = [
        StagedRow(
            key, geom.hexewkb.decode(), json.dumps(values, ensure_ascii=False), "{}", "public"
        )
        for key, geom, values in features
    ]
    apply_changeset(layer=create_layer(spec=spec), rows=rows, kind="import")
