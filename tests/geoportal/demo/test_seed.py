"""The invented community as the services wrote it, from its pack and its stories."""

import math
import random
import re
import subprocess
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from mapbox_vector_tile import decode

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.policies import can_edit_for
from geoportal.demo.accounts import ACCOUNTS, PASSWORD
from geoportal.demo.scaling import MULTIPLIED, multiply_layers
from geoportal.demo.seed import seed_demo
from geoportal.pages.models import Page
from geoportal.pages.services import edit_page
from geoportal.pages.specs import PageText
from geoportal.problems.models import Problem, StatusChange
from layers.models import Changeset, Feature, Layer, LayerField
from layers.schema.values import split_values
from layers.services import edit_feature
from tests.geoportal.demo.conftest import COUNT, Lived, read_rows
from tests.tiles.checking import check_tile
from tiles.grid import Tile

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAYERS_A_URL = 8


@pytest.fixture
def town(lived_town: Lived, settings) -> Lived:
    settings.MEDIA_ROOT, settings.DEMO = lived_town.media, True
    return lived_town


@pytest.fixture
def out(capsys):
    """What the command prints."""

    def call(*arguments: str) -> str:
        call_command("seed_demo", *arguments)
        return str(capsys.readouterr().out)

    return call


def test_every_layer_of_the_pack_stands_with_every_row_of_its_file(town, pack):
    standing = Layer.objects.exclude(kind=Layer.Kind.PROBLEMS)
    layers = dict(standing.values_list("slug", "pk"))
    assert set(layers) == set(pack.by_code("layers"))
    for slug, pk in layers.items():
        first = Changeset.objects.filter(layer=pk).earliest("pk")
        assert (first.added, first.removed) == (len(read_rows(slug)), 0), slug
    assert not Feature.objects.filter(geom__isvalid=False).exists()


def test_values_keep_to_the_schema(town):
    for layer in Layer.objects.exclude(kind=Layer.Kind.PROBLEMS):
        fields = list(layer.fields.all())
        required = {field.name for field in fields if field.required}
        for feature in Feature.objects.filter(layer=layer).defer("geom"):
            values = feature.properties | feature.internal
            assert split_values(fields, values)[1] == {}, (layer.slug, feature.key)
            filled = {name for name, value in values.items() if value not in (None, "")}
            assert required <= filled, (layer.slug, feature.key)


def test_keepers_of_keys_are_kept_from_the_public(town):
    staff = {field.name for field in LayerField.objects.filter(audience="staff")}
    for shelter in Feature.objects.filter(layer__slug="shelters"):
        assert "responsiblePersonName" not in shelter.properties
        assert shelter.internal["responsiblePersonName"]
    assert staff >= {"responsiblePersonName", "inspector"}


def test_styles_draw_both_themes_with_what_the_layer_has(town):
    for layer in Layer.objects.exclude(kind=Layer.Kind.PROBLEMS):
        if layer.style:
            assert set(layer.style) - {"classes"} == {"light", "dark", "legend"}
            assert len(layer.style["light"]) == len(layer.style["dark"])
            used = set(list_read(layer.style["light"])) | set(list_read(layer.style["dark"]))
            assert used <= {field.name for field in layer.fields.all()}, layer.slug


def list_read(part):
    """Attributes that an expression gets."""
    if isinstance(part, list) and len(part) == 2 and part[0] == "get":
        return [part[1]]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [name for each in inner for name in list_read(each)]


def test_history_of_layers_has_edits_imports_and_a_rollback(town):
    later = Changeset.objects.exclude(comment="").exclude(layer__kind=Layer.Kind.PROBLEMS)
    assert {"edit", "import", "rollback"} <= set(later.values_list("kind", flat=True))
    assert User.objects.get(email="gis@kalynobrid.example") in [c.author for c in later]
    planted = Feature.objects.filter(layer__slug="trees", key__startswith="T-26-")
    assert planted.count() == 24
    assert not Feature.objects.filter(layer__slug="trees", key="T-000037").exists()
    surveyed = Feature.objects.get(layer__slug="trees", key="T-000023")
    assert surveyed.properties["condition"] == "задовільний"
    assert "inspector" in surveyed.internal
    undone = Feature.objects.get(layer__slug="pharmacies", key="apt-01")
    (row,) = [row for row in read_rows("pharmacies") if row.key == "apt-01"]
    assert undone.properties["openingHours"] == row.values["openingHours"]


def test_a_second_run_changes_nothing_and_keeps_what_staff_corrected(town, out):
    park = Layer.objects.get(slug="parks")
    edit_feature(layer=park, key="park-01", values={"name": "Інша назва"})
    before = (
        Changeset.objects.count(), Problem.objects.count(), StatusChange.objects.count(),
        list(Page.objects.order_by("slug").values_list("slug", "revision")), User.objects.count(),
    )  # fmt: skip
    seeded = seed_demo(problems=COUNT, now=datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert (seeded.changed, seeded.problems) == (0, 0)
    assert "записано чи змінено: 0." in out("--problems", str(COUNT))
    after = (
        Changeset.objects.count(), Problem.objects.count(), StatusChange.objects.count(),
        list(Page.objects.order_by("slug").values_list("slug", "revision")), User.objects.count(),
    )  # fmt: skip
    assert before == after
    assert Feature.objects.get(layer=park, key="park-01").properties["name"] == "Інша назва"


def test_a_page_changed_by_hand_comes_back_and_nothing_of_it_is_lost(town):
    page = Page.objects.get(slug="about")
    assert "вигадано" in page.body_uk
    administrator = User.objects.get(email="admin@kalynobrid.example")
    text = PageText(title_uk="Змінено", position=page.position)
    edit_page(slug="about", text=text, based_on=page.revision, actor=administrator)
    seed_demo(problems=0)
    page = Page.objects.get(slug="about")
    assert "вигадано" in page.body_uk
    assert page.versions.filter(title_uk="Змінено").exists()


def test_more_of_the_same_is_dry_and_inside_with_keys_of_its_own(town):
    before = {slug: Feature.objects.filter(layer__slug=slug).count() for slug in MULTIPLIED}
    multiply_layers(3)
    for slug, count in before.items():
        keys = list(Feature.objects.filter(layer__slug=slug).values_list("key", flat=True))
        assert len(set(keys)) == len(keys) == 3 * count
    copies = Feature.objects.filter(layer__slug="waste_containers", key__endswith="-2")
    boundary = Feature.objects.get(layer__slug="boundary").geom
    for copy in copies:
        original = Feature.objects.get(layer__slug="waste_containers", key=copy.key[:-2])
        assert copy.properties["uid"] == copy.key
        assert boundary.covers(copy.geom)
        assert original.geom.distance(copy.geom) < 0.0003
    water = Feature.objects.filter(layer__slug="water").values_list("geom", flat=True)
    assert not any(copies.filter(geom__intersects=each).exists() for each in water)


def test_if_empty_leaves_a_database_with_layers_alone(make_layer, out):
    make_layer(slug="own-trees")
    out("--if-empty")
    assert list(Layer.objects.values_list("slug", flat=True)) == ["own-trees"]


def test_scale_below_one_is_refused():
    with pytest.raises(CommandError):
        call_command("seed_demo", "--scale", "0")


def test_without_the_demo_there_are_no_accounts_and_no_problems(settings, out):
    settings.DEMO = False
    out()
    assert Layer.objects.filter(slug="trees").exists()
    assert (User.objects.count(), Problem.objects.count()) == (0, 0)
    with pytest.raises(CommandError):
        call_command("demo_accounts")


def test_demo_accounts_prints_every_account(capsys, settings):
    settings.DEMO = True
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert all(account.email in printed for account in ACCOUNTS)


def test_accounts_of_every_role_can_sign_in(town, client):
    for account in ACCOUNTS:
        assert client.login(username=account.email, password=PASSWORD), account.email
    officer = User.objects.get(email="clean-town-officer@kalynobrid.example")
    clean_town = Organisation.objects.get(slug="clean-town")
    council = Organisation.objects.get(slug="city-council")
    assert can_edit_for(officer, clean_town.pk)
    assert not can_edit_for(officer, council.pk)
    viewer = Membership.objects.get(user__email="viewer@kalynobrid.example")
    assert not can_edit_for(viewer.user, viewer.organisation_id)


def test_accounts_are_called_what_their_organisations_are(town):
    for account in ACCOUNTS:
        if account.name.endswith(("-head", "-officer")):
            assert Organisation.objects.get(slug=account.organisation).name_uk in str(account.about)


def test_organisations_are_of_every_kind(town):
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(Organisation.Kind.values)


def test_invented_people_cannot_sign_in(town):
    invented = User.objects.filter(email__startswith="resident-")
    assert invented.count() >= 40
    assert not any(user.has_usable_password() for user in invented)


def list_tiles(bounds, slugs):
    """All over the town at three zooms; of the deeper ones those with a feature of each layer."""
    west, south, east, north = bounds
    for z in (0, 8, 12):
        left, top = find_tile(z, west, north)
        right, bottom = find_tile(z, east, south)
        yield from (Tile(z, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
    filled = Feature.objects.filter(layer__slug__in=slugs, geom__isnull=False, visibility="public")
    ordered = filled.order_by("layer_id", "key").distinct("layer_id")
    places = [geom.point_on_surface for geom in ordered.values_list("geom", flat=True)]
    yield from {Tile(z, *find_tile(z, place.x, place.y)) for z in (14, 18) for place in places}


def find_tile(z, lon, lat):
    size = 2**z
    sine = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * size), int((1 - sine / math.pi) / 2 * size)


def test_every_tile_of_the_town_is_as_the_specification_says(town, settings, tmp_path):
    client = Client()
    slugs = sorted(
        Layer.objects.filter(visibility="public", archived_at=None)
        .exclude(kind=Layer.Kind.PROBLEMS)
        .values_list("slug", flat=True)
    )
    bounds = client.get(f"/tiles/{','.join(slugs[:LAYERS_A_URL])}.json").json()["bounds"]
    groups = [slugs[at : at + LAYERS_A_URL] for at in range(0, len(slugs), LAYERS_A_URL)]
    seen: set[str] = set()
    written: dict[str, tuple[bytes, dict[str, int]]] = {}
    for tile in list_tiles(bounds, slugs):
        path = f"{tile.z}/{tile.x}/{tile.y}.mvt"
        for url in (*(f"/tiles/{','.join(some)}/{path}" for some in groups),
                    f"/problems/tiles/{path}"):  # fmt: skip
            answer = client.get(url)
            assert answer.status_code in (200, 204), url
            body = answer.content
            if not body:
                continue
            extent = settings.TILE_EXTENT_PX
            counts = check_tile(body, buffer_px=settings.TILE_BUFFER_PX, extent_px=extent)
            decoded = decode(body)
            assert {name: len(layer["features"]) for name, layer in decoded.items()} == counts
            seen |= counts.keys()
            written[url] = (body, counts)
    filled = Feature.objects.filter(geom__isnull=False, visibility="public")
    assert seen >= set(slugs) & set(filled.values_list("layer__slug", flat=True))
    for url in random.Random(2).sample(sorted(written), 4):
        file = tmp_path / "tile.pbf"
        file.write_bytes(written[url][0])
        told = subprocess.run(
            ["ogrinfo", "-ro", "-al", "-so", str(file)], check=True, capture_output=True, text=True
        )
        found = dict(re.findall(r"Layer name: (.+)\n(?:.*\n)*?Feature Count: (\d+)", told.stdout))
        assert {name: int(count) for name, count in found.items()} == written[url][1], told.stderr
