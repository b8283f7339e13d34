"""Many edits at once: one changeset or none, faults by their place, conflicts with what stands."""

import pytest
from rest_framework.test import APIClient

from layers.models import Changeset, Feature
from layers.schema.specs import FieldSpec

pytestmark = pytest.mark.django_db
TREES = "/api/v1/layers/trees/edits/"
ZONES = "/api/v1/layers/zones/edits/"


@pytest.fixture
def editor(officer):
    client = APIClient()
    client.force_authenticate(officer)
    return client


def point(lon=30.5, lat=50.4, **members):
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry} | members


def square(west, east, south=50.0, north=50.001):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(key, west, east, **members):
    return {
        "type": "Feature",
        "id": key,
        "geometry": square(west, east),
        "properties": {},
    } | members


def test_adds_changes_and_removals_are_one_changeset_of_their_author(trees, plant, editor, officer):
    moved, felled = plant(trees, "moved"), plant(trees, "felled")
    answer = editor.post(
        TREES,
        {
            "comment": "обхід 30 листопада",
            "adds": [point(properties={"species": "Липа"})],
            "changes": [point(30.6, id="moved", version=moved.changeset_id)],
            "removals": [{"id": "felled", "version": felled.changeset_id}],
        },
        format="json",
    )
    assert answer.status_code == 200, answer.data
    document = answer.json()
    changeset = Changeset.objects.get(pk=document["changeset"]["id"])
    assert (changeset.added, changeset.changed, changeset.removed) == (1, 1, 1)
    assert (changeset.author, changeset.comment) == (officer, "обхід 30 листопада")
    added, changed = document["features"]
    assert added["properties"] == {"species": "Липа", "height": None}
    assert changed["geometry"]["coordinates"] == [30.6, 50.4]
    assert changed["internal"] == {"inspector_remark": "таємне"}, "what is not named stays"
    assert {feature["version"] for feature in document["features"]} == {changeset.pk}
    trees.state.refresh_from_db()
    assert document["revision"] == trees.state.revision
    assert not Feature.objects.filter(layer=trees, key="felled").exists()


def test_features_to_edit_come_with_versions_and_every_bit_of_their_place(trees, plant, editor):
    lon = 30.512345678901234
    tree = plant(trees, "1", lon)
    plant(trees, "far", 31.5)
    answer = editor.get(TREES, {"bbox": "30.5,50.3,30.6,50.5"})
    document = answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    (feature,) = document["features"]
    assert feature["geometry"]["coordinates"] == [lon, 50.4]
    assert feature["version"] == tree.changeset_id
    assert feature["internal"] == {"inspector_remark": "таємне"}
    first = editor.get(TREES, {"limit": 1}).json()
    rest = editor.get(first["next"]).json()
    assert [each["id"] for page in (first, rest) for each in page["features"]] == ["1", "far"]
    assert rest["next"] is None


def test_every_fault_is_told_with_its_place_and_nothing_is_saved(make_layer, editor):
    zones = make_layer(
        "zones",
        geometry_type="polygon",
        title_field="",
        fields=(FieldSpec(name="people", type="integer"),),
    )
    knot = [[30, 50], [30.1, 50.1], [30.1, 50], [30, 50.1], [30, 50]]
    answer = editor.post(
        ZONES,
        {
            "adds": [
                area("good", 31, 31.001),
                area("knot", 0, 1, geometry={"type": "Polygon", "coordinates": [knot]}),
                area("words", 32, 32.001, properties={"people": "багато"}),
            ]
        },
        format="json",
    )
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert set(errors) == {"adds.1", "adds.2"}
    assert errors["adds.1"]["place"] == [30.05, 50.05]
    assert "межа перетинає саму себе біля 30.05, 50.05" in errors["adds.1"]["geometry"]
    assert errors["adds.2"]["id"] == "words"
    assert "не число" in errors["adds.2"]["fields"]["people"]
    assert not Feature.objects.filter(layer=zones).exists()
    assert not Changeset.objects.filter(layer=zones).exists()


def test_what_others_changed_or_removed_is_a_conflict_that_shows_how_it_stands(
    trees, plant, editor
):
    old = {key: plant(trees, key).changeset_id for key in ("theirs", "gone", "mine")}
    changed = editor.post(
        TREES,
        {
            "changes": [
                {
                    "type": "Feature",
                    "id": "theirs",
                    "version": old["theirs"],
                    "properties": {"height": 99},
                }
            ],
            "removals": [{"id": "gone", "version": old["gone"]}],
        },
        format="json",
    ).json()
    changes = [point(30.7, id=key, version=version) for key, version in old.items()]
    answer = editor.post(TREES, {"changes": changes}, format="json")
    assert answer.status_code == 412
    theirs, gone = answer.json()["conflicts"]
    assert theirs["id"] == "theirs"
    assert theirs["feature"]["properties"]["height"] == 99
    assert theirs["feature"]["version"] == changed["changeset"]["id"]
    assert gone == {"id": "gone", "feature": None}
    assert Feature.objects.get(layer=trees, key="mine").geom.x == 30.5, "nothing was saved"


def test_the_revision_that_was_read_may_be_asked_to_stand(trees, plant, editor):
    plant(trees, "1")
    revision = editor.get(TREES).json()["revision"]
    plant(trees, "2")
    edits = {"adds": [point(properties={})], "revision": revision}
    assert editor.post(TREES, edits, format="json").status_code == 412
    edits["revision"] = editor.get(TREES).json()["revision"]
    assert editor.post(TREES, edits, format="json").status_code == 200


@pytest.mark.parametrize(
    "edits",
    [
        {},
        {"adds": [], "comment": "нічого"},
        {"adds": [{"type": "Circle"}]},
        {"changes": [point(id="1")]},
        {"removals": [{"id": "1"}]},
        {"adds": [point(id="1", properties={})]},
        {"adds": [point(id="2", properties={}), point(id="2", properties={})]},
        {"adds": [point(properties={})] * 2001},
        {"adds": "усі"},
    ],
)
def test_edits_that_cannot_be_are_refused_whole(trees, plant, editor, edits):
    plant(trees, "1")
    answer = editor.post(TREES, edits, format="json")
    assert answer.status_code == 400, answer.data
    assert answer["Content-Type"] == "application/problem+json"
    assert Feature.objects.filter(layer=trees).count() == 1


def test_one_feature_is_not_changed_and_removed_at_once(trees, plant, editor):
    version = plant(trees, "1").changeset_id
    edits = {
        "changes": [point(31, id="1", version=version)],
        "removals": [{"id": "1", "version": version}],
    }
    assert editor.post(TREES, edits, format="json").status_code == 400


@pytest.fixture
def zones(make_layer, editor):
    """Three squares side by side: west, middle, east."""
    layer = make_layer(
        "zones", kind="territory", geometry_type="polygon", title_field="", fields=()
    )
    adds = [area("west", 30, 30.001), area("middle", 30.001, 30.002), area("east", 30.002, 30.003)]
    saved = editor.post(ZONES, {"adds": adds, "keeps_coverage": True}, format="json")
    assert saved.status_code == 200, saved.data
    layer.version = saved.json()["changeset"]["id"]
    return layer


def change(zones, *areas):
    return {
        "keeps_coverage": True,
        "changes": [each | {"version": zones.version} for each in areas],
    }


def test_a_border_that_is_moved_on_both_sides_keeps_the_coverage(zones, editor):
    edits = change(zones, area("west", 30, 30.0015), area("middle", 30.0015, 30.002))
    assert editor.post(ZONES, edits, format="json").status_code == 200


def test_a_border_that_is_moved_on_one_side_alone_is_refused_with_pair_and_place(zones, editor):
    answer = editor.post(ZONES, change(zones, area("west", 30, 30.0015)), format="json")
    assert answer.status_code == 400
    (fault,) = answer.json()["coverage"]
    assert (fault["kind"], fault["ids"]) == ("overlap", ["west", "middle"])
    assert 30.001 < fault["place"][0] < 30.0015
    assert fault["area_m2"] == pytest.approx(35.8 * 111.3, rel=0.02)
    edits = change(zones, area("west", 30, 30.0015)) | {"keeps_coverage": False}
    assert editor.post(ZONES, edits, format="json").status_code == 200, "who insists may"


def test_a_gap_that_opens_between_areas_is_refused(zones, editor):
    ring = {
        "type": "Polygon",
        "coordinates": [
            square(29.999, 30.004, 49.999, 50.002)["coordinates"][0],
            square(30, 30.003)["coordinates"][0],
        ],
    }
    around = area("around", 0, 0, geometry=ring)
    assert editor.post(ZONES, {"adds": [around]}, format="json").status_code == 200
    edits = change(zones, area("middle", 30.001, 30.0018))
    (fault,) = editor.post(ZONES, edits, format="json").json()["coverage"]
    assert (fault["kind"], fault["ids"]) == ("gap", [])
    assert 30.0018 < fault["place"][0] < 30.002


def test_an_overlap_that_stands_already_does_not_stop_other_edits(zones, editor):
    both = editor.post(ZONES, {"adds": [area("again", 30, 30.001)]}, format="json")
    zones.version = both.json()["changeset"]["id"]
    edits = change(zones, area("again", 30, 30.0009))
    assert editor.post(ZONES, edits, format="json").status_code == 200
