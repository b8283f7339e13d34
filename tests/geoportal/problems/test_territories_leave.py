"""A territory layer that rules name stays; one that nothing names may leave, and places follow."""

import pytest

from geoportal.core.errors import Conflict
from geoportal.problems.models import Oversight, ProblemTerritory, ReassignmentRun, Responsibility
from layers.models import Layer
from layers.services import archive_layer, delete_layer, restore_layer


def drop_rules(layer: Layer) -> None:
    Responsibility.objects.filter(territory_layer=layer).delete()
    Oversight.objects.filter(territory_layer=layer).delete()


def list_places(problem, layer) -> list[str]:
    return list(problem.territories.filter(layer=layer).values_list("key", flat=True))


def test_a_layer_that_zones_of_responsibility_name_is_neither_archived_nor_deleted(town):
    for leave in (archive_layer, delete_layer):
        with pytest.raises(Conflict):
            leave(layer=town.waste_areas)
    assert Layer.objects.get(pk=town.waste_areas.pk).archived_at is None


def test_the_layer_of_problems_stays(make_problem):
    problem = make_problem("open")
    layer = Layer.objects.get(slug="problems")
    for leave in (archive_layer, delete_layer):
        with pytest.raises(Conflict):
            leave(layer=layer)
    assert layer.features.filter(key=str(problem.pk)).exists()


def test_open_problems_leave_archived_territories_and_come_back(
    make_problem, town, django_capture_on_commit_callbacks
):
    problem, closed = make_problem("open"), make_problem("closed")
    layer = town.waste_areas
    before = list_places(problem, layer)
    assert before
    drop_rules(layer)
    with django_capture_on_commit_callbacks(execute=True):
        archive_layer(layer=layer)
    assert list_places(problem, layer) == []
    assert list_places(closed, layer) == before
    assert ReassignmentRun.objects.get().shifted == 1
    assert list_places(make_problem("open"), layer) == []
    with django_capture_on_commit_callbacks(execute=True):
        restore_layer(layer=layer)
    assert list_places(problem, layer) == before


def test_what_new_joins_found_goes_with_a_deleted_layer(
    make_problem, town, django_capture_on_commit_callbacks
):
    closed = make_problem("closed")
    make_problem("open")
    layer = town.waste_areas
    drop_rules(layer)
    with django_capture_on_commit_callbacks(execute=True):
        archive_layer(layer=layer)
    pk = layer.pk
    delete_layer(layer=layer)
    assert not ReassignmentRun.objects.exists()
    assert not ProblemTerritory.objects.filter(layer=pk).exists()
    assert closed.decisions.exists()
