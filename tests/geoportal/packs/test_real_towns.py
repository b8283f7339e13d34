"""Real communities from real files: Shepetivka by `start_pack`, layers of Ladyzhyn as a pack."""

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from shapely import Point

from geoportal.interface.community import get_community
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.starting.boundaries import Area, match_settlements
from geoportal.packs.starting.codifier import Hromada, Settlement, find_hromada
from geoportal.packs.starting.streets import read_renamings
from geoportal.packs.starting.whole import start_pack
from geoportal.packs.starting.words import put_in_genitive
from geoportal.problems import services
from geoportal.problems.models import Category, Responsibility
from geoportal.problems.services.reporting import Report
from layers.models import Feature, Layer
from tests.conftest import write_staff
from tests.house import markdown
from tests.house.project import read

pytestmark = pytest.mark.django_db
SHEPETIVKA = "UA68060330000029010"
CITY = "UA68060330010023704"
IN_THE_CITY, IN_THE_COMMUNITY, IN_ANOTHER = (27.065, 50.183), (27.115, 50.145), (27.5, 50.35)
# What the guide calls the files.
FILES = {
    "kodyfikator.csv": "ua-katottg/kodifikator-16-05-2025.csv",
    "raion.geojson": "ua-admin-osm/khmelnytska_oblast.shepetivskyy_rayon.geojson",
    "hromada.geojson": "ua-admin-osm/khmelnytska_oblast.shepetivskyy_rayon."
    "shepetivska_miska_hromada.geojson",
    "vulytsi.db": "ua-shepetivka-streets/streets.db",
}


@pytest.fixture
def files(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the guide in a folder of their own, which commands run in."""
    for name, path in FILES.items():
        shutil.copy(shared_data / path, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shepetivka(files: Path) -> Path:
    root = files / "shepetivka"
    start_pack(
        root,
        katottg=SHEPETIVKA,
        codifier=files / "kodyfikator.csv",
        boundaries=[files / "raion.geojson", files / "hromada.geojson"],
        streets=files / "vulytsi.db",
    )
    return root


def test_the_skeleton_is_one_of_eighteen_communities_of_the_raion(shepetivka):
    applied = apply_pack(shepetivka)

    community = get_community()
    assert community.name_uk == "Шепетівська міська територіальна громада"
    assert (community.short_name_uk, community.short_name_en) == ("Шепетівка", "Shepetivka")
    assert community.authority_uk == "виконавчий комітет Шепетівської міської ради"
    boundary = Feature.objects.get(layer__slug="boundary")
    assert boundary.key == SHEPETIVKA
    assert 17_000 < boundary.properties["area_ha"] < 17_500
    settlements = Feature.objects.filter(layer__slug="settlements")
    assert {row.properties["name"] for row in settlements} == {
        "Шепетівка", "Жилинці", "Плесна", "Пліщин",
    }  # fmt: skip
    area = Feature.objects.get(layer__slug="settlement_areas")
    assert (area.key, boundary.geom.contains(area.geom.centroid)) == (CITY, True)
    layers = {layer.slug: layer for layer in Layer.objects.all()}
    assert layers["boundary"].licence == "ODbL-1.0"
    assert layers["boundary"].visibility == "public"
    assert layers["trees"].visibility == "staff"
    blanks = [each for each in applied.remarks if each.place.file.name == "organisations.toml"]
    assert len(blanks) == 14


def test_streets_are_those_of_the_communitys_own_settlements(shepetivka):
    apply_pack(shepetivka)
    streets = Feature.objects.filter(layer__slug="renamed_streets")
    assert streets.count() == 263 + 2 + 3 + 3
    assert not streets.filter(properties__settlement="Судилків").exists()
    assert streets.get(key="1").properties["new_name"] == "Ніла Хасевича"


def report(category: str, place: tuple[float, float], **answers: object):
    author, moderator = write_staff("author"), write_staff("moderator", is_moderator=True)
    now = timezone.now()
    problem = services.report_problem(
        actor=author,
        report=Report(
            category=Category.objects.get(code=category),
            lon=place[0],
            lat=place[1],
            title="Треба полагодити",
            description="Видно здалеку, обійти не можна.",
            answers=answers,
        ),
        at=now,
    )
    return services.publish_problem(
        actor=moderator, number=problem.pk, at=now, border_confirmed=True
    )


def list_executors(problem) -> set[str]:
    given = problem.assignments.filter(ended_at=None, role="executor")
    return set(given.values_list("organisation__slug", flat=True))


def test_a_report_goes_to_the_enterprise_that_answers_for_it(shepetivka):
    apply_pack(shepetivka)
    problem = report("road-pothole", IN_THE_CITY, size="large")
    assert list_executors(problem) == {"roads"}
    assert problem.assignments.filter(role="controller", organisation__slug="council").exists()


def test_within_the_town_another_one_may_answer(shepetivka, client):
    rules = shepetivka / "responsibilities.csv"
    row = f"waste,green,settlement_areas,{CITY},executor,0,true,Рішення № 7\n"
    rules.write_text(rules.read_text(encoding="utf-8") + row, encoding="utf-8")
    apply_pack(shepetivka)

    def ask(place: tuple[float, float]) -> set[str]:
        found = client.get(
            reverse("locate"), {"lon": place[0], "lat": place[1], "category": "green-grass"}
        ).json()
        return {
            each["organisation"]["slug"] if isinstance(each["organisation"], dict)
            else each["organisation"]
            for each in found["responsible"] if each["role"] == "executor"
        }  # fmt: skip

    assert len(ask(IN_THE_CITY) & ask(IN_THE_COMMUNITY)) == 0
    assert client.get("/api/v1/locate/?lon=27.5&lat=50.35").json()["inside"] is False
    problem = report("green-grass", IN_THE_CITY)
    assert list_executors(problem) == {"waste"}


def test_the_skeleton_is_applied_once(shepetivka):
    apply_pack(shepetivka)
    assert apply_pack(shepetivka).difference == ()
    assert Responsibility.objects.count() == 17


def list_commands() -> Iterator[list[str]]:
    for block in markdown.split_blocks(read("docs/how-to/start-a-town.md"))[1]:
        if block.language == "sh":
            for line in block.text.strip().splitlines():
                assert line.startswith("script/manage ")
                yield shlex.split(line)[1:]


def test_the_guide_works_word_for_word(files, capsys):
    commands = list(list_commands())
    assert [command[0] for command in commands] == [
        "start_pack", "apply_pack", "apply_pack", "apply_pack", "export_pack", "apply_pack",
    ]  # fmt: skip
    said = []
    for command in commands:
        call_command(*command)
        said.append(capsys.readouterr().out)
    assert "Пакет у порядку." in said[1]
    assert "Було б змінено" in said[2]
    assert "+ layers boundary" in said[3]
    assert "нічого не змінено" in said[5]


def test_villages_of_one_name_are_told_apart_by_their_codes():
    one, two, three, four = (f"UA{number:017}" for number in range(4))
    settlements = (
        Settlement(one, "C", "Іванівка"),
        Settlement(two, "C", "Іванівка"),
        Settlement(three, "C", "Тернівка"),
        Settlement(four, "C", "Мокрець"),
    )
    hromada = Hromada("UA", "Тестова", "", "", settlements)
    place = Point(0, 0).buffer(1)
    nameless = Area("Іванівка", place, 1)
    first, second = (Area("Іванівка", place, 1, code=code) for code in (two, one))
    third, fourth = Area("Тернівка", place, 1), Area("Мокрець", place, 1, code="стара")

    found = match_settlements(hromada, [nameless, third, first, second, fourth])

    assert found == {two: first, one: second, three: third, four: fourth}


def test_okruhs_of_another_file_are_cut_to_the_boundary(files, shared_data):
    boundary = json.loads((files / "raion.geojson").read_text(encoding="utf-8"))
    ours = next(
        each for each in boundary["features"] if each["properties"].get("katotth") == SHEPETIVKA
    )
    west, south, east, north = 26.9, 50.0, 27.08, 50.4
    box = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    okruhs = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"Назва": "Західний округ"},
         "geometry": {"type": "Polygon", "coordinates": [box]}},
        {"type": "Feature", "properties": {"Назва": "Чужий округ"},
         "geometry": {"type": "Polygon", "coordinates": [[[x + 3, y] for x, y in box]]}},
    ]}  # fmt: skip
    (files / "okruhs.geojson").write_text(json.dumps(okruhs), encoding="utf-8")
    start_pack(
        files / "out", katottg=SHEPETIVKA, codifier=files / "kodyfikator.csv",
        boundaries=[files / "raion.geojson"], okruhs=files / "okruhs.geojson",
    )  # fmt: skip
    apply_pack(files / "out")
    okruh = Feature.objects.get(layer__slug="starosta_okruhs")
    assert (okruh.key, okruh.properties["name"]) == ("okruh-1", "Західний округ")
    assert okruh.geom.area < 0.18 * 0.4
    assert ours["properties"]["name:uk"] == "Шепетівська міська громада"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("UA68060330010023704", "візьміть код її громади"),
        ("UA00000000000000000", "немає громади"),
        ("68060330000029010", "UA і 17 цифр"),
    ],
)
def test_a_code_that_is_no_communitys_is_refused_and_nothing_is_written(files, code, words):
    with pytest.raises(CommandError, match=words):
        call_command("start_pack", "out", "--katottg", code, "--codifier", "kodyfikator.csv",
                     "--boundaries", "raion.geojson")  # fmt: skip
    assert not (files / "out").exists()


def test_files_without_the_community_are_refused(files, shared_data):
    other = shared_data / "ua-admin-osm" / "zhytomyrska_oblast.zhytomyrskyy_rayon.geojson"
    with pytest.raises(CommandError, match="у файлах меж: 0"):
        call_command("start_pack", "out", "--katottg", SHEPETIVKA, "--codifier",
                     "kodyfikator.csv", "--boundaries", str(other))  # fmt: skip
    with (
        pytest.warns(UserWarning, match="More than one layer"),
        pytest.raises(CommandError, match=r"«vulytsi\.db»"),
    ):
        call_command("start_pack", "out", "--katottg", SHEPETIVKA, "--codifier",
                     "kodyfikator.csv", "--boundaries", "vulytsi.db")  # fmt: skip


def test_a_community_is_read_from_the_codifier(files):
    hromada = find_hromada(files / "kodyfikator.csv", SHEPETIVKA)
    assert (hromada.name, hromada.kind, hromada.oblast) == ("Шепетівська", "міська", "Хмельницька")
    assert hromada.centre.code == CITY
    streets = read_renamings(files / "vulytsi.db", hromada)
    assert {street.settlement for street in streets} == {each.name for each in hromada.settlements}


def test_streets_may_come_as_csv(files):
    hromada = find_hromada(files / "kodyfikator.csv", SHEPETIVKA)
    (files / "list.csv").write_text(
        "Населений пункт;Тип;Стара назва;Нова назва;Дата\n"
        "м. Шепетівка;вулиця;Леніна;Героїв України;2016-02-01\nс. Чуже;вулиця;А;Б;\n",
        encoding="utf-8",
    )
    (street,) = read_renamings(files / "list.csv", hromada)
    assert (street.new_name, street.renamed_on) == ("Героїв України", "2016-02-01")


def test_names_of_communities_stand_in_the_genitive():
    assert put_in_genitive("Шепетівська") == "Шепетівської"


LADYZHYN = {
    "community.toml": """
        format = 1
        extends = "ukraine"
        name_uk = "Ладижинська міська територіальна громада"
        short_name_uk = "Ладижин"
        katottg = "UA05100070000068846"
        """,
    "layers/settlement_areas.toml": """
        title_field = "settlement"
        without_fields = ["name"]
        [source]
        file = "settlement_boundaries.geojson"
        key = "settlement"
        [[field]]
        name = "settlement"
        title_uk = "Населений пункт"
        """,
    "layers/houses.toml": """
        title_uk = "Будинки"
        theme = "addresses"
        geometry_type = "point"
        key_field = "house_id"
        title_field = "street_name"
        min_zoom = 14
        [source]
        file = "houses.geojson"
        filter = { settlement_code = "1" }
        only = "point"
        [[field]]
        name = "house_id"
        [[field]]
        name = "street_name"
        title_uk = "Вулиця"
        searchable = true
        [[field]]
        name = "house_name"
        title_uk = "Номер"
        """,
    "layers/public_transport_stops.toml": """
        key_field = "id"
        without_fields = ["uid"]
        [source]
        file = "public_transport_stops.geojson"
        [[field]]
        name = "id"
        """,
    "layers/bicycle_parking.toml": """
        title_uk = "Велопарковки"
        theme = "transport"
        geometry_type = "point"
        key_field = "id"
        title_field = "name"
        [source]
        file = "bicycle_parking.geojson"
        [[field]]
        name = "id"
        [[field]]
        name = "name"
        """,
}


def test_layers_of_another_geoportal_become_a_pack(shared_data, write_folder):
    root = write_folder(LADYZHYN, "ladyzhyn")
    for name in ("settlement_boundaries", "houses", "public_transport_stops", "bicycle_parking"):
        shutil.copy(shared_data / "ua-ladyzhyn-geoportal" / f"{name}.geojson", root / "layers")
    applied = apply_pack(root)

    counts = {
        layer.slug: layer.features.count()
        for layer in Layer.objects.filter(
            slug__in=("settlement_areas", "public_transport_stops", "bicycle_parking")
        )
    }
    assert counts == {"settlement_areas": 6, "public_transport_stops": 59, "bicycle_parking": 22}
    source = json.loads((root / "layers/houses.geojson").read_text(encoding="utf-8"))
    wanted = [
        each["properties"]["house_id"] for each in source["features"]
        if str(each["properties"]["settlement_code"]) == "1" and each["geometry"]
    ]  # fmt: skip
    houses = Feature.objects.filter(layer__slug="houses")
    assert set(houses.values_list("key", flat=True)) == {str(key) for key in wanted}
    assert Layer.objects.get(slug="houses").visibility == "public"
    assert any("detailed_information" in each.message for each in applied.remarks)
    assert apply_pack(root).difference == ()
