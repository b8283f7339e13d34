"""A layer is archived, restored and deleted: by services and from every public place at once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from geoportal.core.errors import Conflict, Gone
from importers.errors import UnusableOption
from importers.pipeline import import_file
from importers.request import ImportRequest
from layers.access import access_layer, list_archived_layers_for, list_layers_for
from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.models import Changeset, Feature, FeatureVersion, Layer, LayerField, SearchEntry
from layers.reading.finding import search_features
from layers.reading.history import list_history
from layers.reading.search import rebuild_search
from layers.reading.summary import get_summary
from layers.reading.territories import locate_for_routing, locate_point
from layers.schema.specs import read_fields
from layers.services import (
    add_feature,
    archive_layer,
    change_schema,
    delete_layer,
    edit_feature,
    restore_layer,
    rollback_changeset,
)
from layers.signals import layer_leaving
from tests.conftest import TREE_FIELDS

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
URLS = (
    "/layers/trees/",
    "/layers/trees/1/",
    "/data/trees/",
    *(f"/data/trees.{known.extension}" for known in DOWNLOAD_FORMATS),
    "/ogc/collections/trees",
    "/ogc/collections/trees/items",
    "/ogc/collections/trees/items/1",
    "/tiles/trees/8/149/86.mvt",
    "/tiles/trees.json",
    "/api/v1/layers/trees/",
    "/api/v1/layers/trees/features/1/",
    "/api/v1/layers/trees/schema/",
    "/api/v1/layers/trees/changesets/",
    "/api/v1/layers/trees/diff/",
)
LISTS = ("/", "/data/", "/ogc/collections", "/api/v1/layers/", "/tiles/style.json", "/ogc/api")


def status(url, client=None):
    response = (client or Client()).get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture
def planted(trees, plant):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", values={"height": 3})
    rebuild_search(trees)
    return trees


@pytest.fixture
def districts(make_layer):
    layer = make_layer("districts", kind="territory", geometry_type="polygon")
    from django.contrib.gis.geos import Polygon

    area = Polygon.from_bbox((30, 50, 31, 51))
    area.srid = 4326
    add_feature(layer=layer, key="north", geom=area, values={"species": "Північ"})
    return layer


def test_an_archived_layer_is_gone_from_every_public_place(planted, administrator):
    assert {url: status(url) for url in URLS if status(url) not in (200, 302)} == {}
    archive_layer(layer=planted, actor=administrator, comment="застарів")
    assert {url: status(url) for url in URLS if status(url) != 410} == {}
    for url in LISTS:
        assert b"trees" not in Client().get(url).content, url
    assert search_features("дуб") == []
    with pytest.raises(Gone):
        access_layer(administrator, "trees")
    assert planted not in list_layers_for(administrator)
    assert list(list_archived_layers_for(administrator)) == [planted]
    assert not list_archived_layers_for(VISITOR).exists()


def test_a_layer_that_was_hidden_is_not_found_rather_than_gone(make_layer):
    layer = make_layer("plans", visibility="staff")
    archive_layer(layer=layer)
    assert status("/layers/plans/") == 404


def test_a_restored_layer_is_as_it_was(planted, administrator):
    before = get_summary(Layer.objects.select_related("state").get(pk=planted.pk), ["public"])
    archive_layer(layer=planted)
    restore_layer(layer=planted, actor=administrator)
    assert {url: status(url) for url in URLS if status(url) not in (200, 302)} == {}
    rebuild_search(Layer.objects.get(pk=planted.pk))
    assert search_features("дуб")
    standing = access_layer(VISITOR, "trees")
    assert get_summary(standing, ["public"]) == before
    assert len(list_history(VISITOR, standing, "1")) == 2
    kinds = Changeset.objects.filter(layer=planted).values_list("kind", flat=True)
    assert list(kinds[:2]) == ["restore", "archive"]


def test_nobody_writes_to_an_archived_layer(planted, plant, tmp_path):
    edit = Changeset.objects.filter(layer=planted).latest("id")
    archive_layer(layer=planted)
    file = tmp_path / "trees.csv"
    file.write_text("key,lon,lat,species\n2,30.5,50.5,Клен\n")
    with pytest.raises(Conflict):
        plant(planted, "2")
    with pytest.raises(Conflict):
        rollback_changeset(changeset=edit)
    with pytest.raises(UnusableOption):
        import_file(ImportRequest(path=file, layer="trees"))
    with pytest.raises(Conflict):
        archive_layer(layer=planted)
    restore_layer(layer=planted)
    with pytest.raises(Conflict):
        restore_layer(layer=planted)


def test_archiving_is_not_rolled_back_as_a_changeset(planted):
    changeset = archive_layer(layer=planted)
    restore_layer(layer=planted)
    with pytest.raises(Conflict):
        rollback_changeset(changeset=changeset)


def test_places_are_not_joined_with_archived_territories(districts):
    assert [found.key for found in locate_point(VISITOR, 30.5, 50.5).territories] == ["north"]
    assert locate_for_routing(30.5, 50.5).inside
    archive_layer(layer=districts)
    assert locate_point(VISITOR, 30.5, 50.5).territories == ()
    assert locate_for_routing(30.5, 50.5).territories == ()


def test_the_boundary_stays(districts, settings):
    settings.BOUNDARY_LAYER = "districts"
    for leave in (archive_layer, delete_layer):
        with pytest.raises(Conflict):
            leave(layer=districts)


def list_tables(layer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"layers_feature_{layer.pk}"])
        return cursor.fetchone()[0]


def test_an_archived_layer_is_deleted_with_everything(planted, make_layer, plant):
    other = make_layer("other")
    plant(other, "1")
    edit_feature(layer=other, key="1", values={"height": 1})
    archive_layer(layer=planted)
    pk = planted.pk
    delete_layer(layer=planted)
    for model in (Feature, FeatureVersion, Changeset, LayerField, SearchEntry):
        assert not model.objects.filter(layer=pk).exists(), model
        assert model is SearchEntry or model.objects.filter(layer=other).exists()
    assert list_tables(planted) is None
    assert status("/layers/trees/") == 404
    fresh = make_layer()
    assert plant(fresh, "1").layer_id == fresh.pk != pk


def test_an_empty_layer_is_deleted_as_it_stands(trees):
    change_schema(layer=trees, fields=[*read_fields(trees)[::-1]])
    delete_layer(layer=trees)
    assert not Layer.objects.filter(slug="trees").exists()
    assert list_tables(trees) is None


def test_a_layer_that_stands_with_features_is_not_deleted(planted):
    with pytest.raises(Conflict):
        delete_layer(layer=planted)
    assert Feature.objects.filter(layer=planted).count() == 1


def test_history_stays_append_only_beside_deletion(planted, make_layer):
    archive_layer(layer=planted)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('layers.deleting', '0', true)")
        with pytest.raises(Exception, match="append-only"):
            cursor.execute("DELETE FROM layers_featureversion")


def test_who_goes_by_a_layer_keeps_it(planted):
    asked = []

    def veto(sender, layer, deleting, **kwargs):
        asked.append((layer, deleting))
        raise Conflict("потрібен")

    layer_leaving.connect(veto)
    try:
        with pytest.raises(Conflict, match="потрібен"):
            archive_layer(layer=planted)
    finally:
        layer_leaving.disconnect(veto)
    assert asked == [(planted, False)]
    assert status("/layers/trees/") == 200
    assert SearchEntry.objects.filter(layer=planted).exists()
    assert len(TREE_FIELDS) == planted.fields.count()
