"""Writers of one layer follow one another, whatever the moment; real connections, real commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from geoportal.core.errors import VersionMismatch
from layers.models import Changeset, Feature, FeatureVersion, LayerState
from layers.services import apply_changeset, edit_feature
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def at_once(work):
    """Run `work(n)` for each n at the same moment, each on its own connection."""
    barrier = Barrier(WRITERS)

    def run(number):
        try:
            barrier.wait(timeout=10)
            return work(number)
        except VersionMismatch as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_one_of_many_edits_of_the_same_version_wins(trees, plant):
    version = plant(trees, "1").changeset_id
    results = at_once(
        lambda n: edit_feature(
            layer=trees, key="1", values={"height": n}, expected_changeset_id=version
        )
    )
    won = [result for result in results if isinstance(result, Feature)]
    assert len(won) == 1
    assert len([result for result in results if isinstance(result, VersionMismatch)]) == WRITERS - 1
    stands = Feature.objects.get(layer=trees, key="1")
    assert stands.properties["height"] == won[0].properties["height"]
    assert FeatureVersion.objects.count() == 1


def test_imports_of_one_layer_at_once_lose_nothing(trees):
    def load(number):
        rows = [
            StagedRow("shared", None, f'{{"height": {number}}}'),
            StagedRow(f"own-{number}", None, "{}"),
        ]
        return apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT).pk

    changesets = at_once(load)
    keys = set(Feature.objects.filter(layer=trees).values_list("key", flat=True))
    assert keys == {"shared", *(f"own-{n}" for n in range(WRITERS))}
    assert Changeset.objects.filter(layer=trees).count() == WRITERS
    shared = FeatureVersion.objects.filter(key="shared").order_by("changeset_id")
    chain = [(version.changeset_id, version.replaced_by_id) for version in shared]
    assert len(chain) == WRITERS - 1
    assert [ended for _, ended in chain[:-1]] == [made for made, _ in chain[1:]]
    assert set(changesets) >= {made for made, _ in chain}


def test_every_commit_raises_the_revision(trees, plant):
    plant(trees, "1")
    before = LayerState.objects.get(layer=trees).revision
    at_once(lambda n: edit_feature(layer=trees, key="1", values={"height": 100 + n}))
    assert LayerState.objects.get(layer=trees).revision >= before + WRITERS


def test_readers_are_not_kept_waiting_by_a_layer_being_made(trees, make_layer, plant):
    """A partition is attached while another connection is in the middle of reading the table."""
    from django.db import transaction

    plant(trees, "1")

    def read_while_writing():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = '5s'")
                cursor.execute(
                    "SELECT count(*) FROM layers_feature WHERE layer_id = %s", [trees.pk]
                )
                return cursor.fetchone()[0]
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        make_layer("second")
        assert pool.submit(read_while_writing).result(timeout=10) == 1
