"""Whatever is wrong with a pack is told at once, with file and line, and nothing is changed."""

import pytest

from geoportal.interface.models import Community
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.findings import PackRefused
from layers.models import Layer, Theme

pytestmark = pytest.mark.django_db

TWENTY = {
    "community.toml": """\
        format = 1
        name_uk = "Тестова громада"
        shortname_uk = "Тестове"
        katottg = "UA6806033000002901"
        accent = "#ffe066"
        [map]
        center = [27.1]
        """,
    "themes.toml": """\
        [[theme]]
        slug = "borders"
        title_uk = "Межі"
        [[theme]]
        slug = "nature"
        title_uk = "Довкілля"
        """,
    "organisations.toml": """\
        [[organisation]]
        slug = "council"
        kind = "city_council"
        name_uk = "Міська рада"
        [[organisation]]
        slug = "roads"
        kind = "municipal_enterprise"
        name_uk = "КП «Дороги»"
        edrpou = 1234567
        """,
    "categories.toml": """\
        [[category]]
        code = "street"
        title_uk = "Вулиця"
        solution_days = 0
        [[category]]
        code = "pothole"
        parent = "streets"
        title_uk = "Яма"
        [[category.question]]
        code = "size"
        title_uk = "Який розмір?"
        datatype = "singlevaluelist"
        """,
    "templates.toml": """\
        [[template]]
        organisation = "roads"
        action = "closing"
        title = "Латка"
        words = "Виконано."
        """,
    "responsibilities.csv": """\
        organisation,category,territory_layer,territory_key,role
        road,street,halves,west,
        roads,street,halves,north,
        """,
    "oversight.csv": """\
        organisation,territory_layer,teritory_key
        council,halves,east
        """,
    "layers/trees.toml": """\
        title_uk = "Дерева"
        theme = "natur"
        style = "../trees.style.json"
        title_field = "kind"
        [source]
        file = "tree.geojson"
        [[field]]
        name = "uid"
        type = "string"
        """,
    "layers/boundary.geojson": "{}",
    "pages/contacts.uk.md": """\
        # Контакти

        Телефон {{ telephone }}.
        """,
}
FOUND = {
    ("categories.toml", 4): "від 1 до 730",
    ("categories.toml", 7): "Можливо, «street»",
    ("categories.toml", 9): "потрібні варіанти",
    ("community.toml", 3): "Можливо, «short_name_uk»",
    ("community.toml", 4): "UA і 17 цифр",
    ("community.toml", 5): "заблідий",
    ("community.toml", 7): "[довгота, широта]",
    ("layers/boundary.toml", 8): "не GeoJSON",
    ("layers/trees.toml", 2): "Можливо, «nature»",
    ("layers/trees.toml", 3): "веде за межі теки",
    ("layers/trees.toml", 4): "«kind»",
    ("layers/trees.toml", 6): "Можливо, «trees.geojson»",
    ("layers/trees.toml", 9): "«string»",
    ("organisations.toml", 3): "«city_council»",
    ("organisations.toml", 9): "у лапках",
    ("oversight.csv", 1): "Можливо, «territory_key»",
    ("pages/contacts.uk.md", 3): "Можливо, «phone»",
    ("responsibilities.csv", 2): "Можливо, «roads»",
    ("responsibilities.csv", 3): "Є такі: east, west",
    ("templates.toml", 3): "«closing»",
}


def place_of(finding) -> tuple[str, int]:
    place = finding.place
    return place.file.relative_to(place.root).as_posix(), place.line


def test_twenty_mistakes_are_twenty_findings_with_file_and_line(write_pack):
    root = write_pack(TWENTY)

    with pytest.raises(PackRefused) as refused:
        apply_pack(root)

    errors = refused.value.findings.errors
    assert {place_of(finding) for finding in errors} == set(FOUND)
    assert len(errors) == len(FOUND) == 20
    for finding in errors:
        assert FOUND[place_of(finding)] in finding.message, finding
    assert not Community.objects.exists()
    assert not Theme.objects.exists()
    assert not Layer.objects.exclude(kind="problems").exists()
