"""Borders change, and problems go to who answers for their place now."""

import json
from io import StringIO

import pytest
from django.contrib.gis.geos import Polygon
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoportal.core.errors import Conflict, NotAllowed
from geoportal.problems import services
from geoportal.problems.models import Problem, ReassignmentRun, Responsibility
from geoportal.problems.routing import build_routing
from geoportal.problems.services.reassignment import reassign_problems
from layers.models import Changeset, Feature
from layers.services import apply_changeset, edit_feature
from layers.staging import StagedRow
from tests.geoportal.problems.conftest import (
    EAST,
    MIDDLE_LAT,
    NORTH,
    NORTH_WEST,
    SOUTH,
    SOUTH_WEST,
    WEST,
)


def move_border(layer, latitude: float) -> None:
    """The border between the two waste areas goes to another latitude, in one changeset."""
    boxes = {"north": (WEST, latitude, EAST, NORTH), "south": (WEST, SOUTH, EAST, latitude)}
    rows = []
    for key, box in boxes.items():
        area = Polygon.from_bbox(box)
        area.srid = 4326
        rows.append(StagedRow(key, area.hexewkb.decode(), '{"name": "Area"}'))
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)


def test_new_borders_move_open_problems_after_commit(
    make_problem, town, django_capture_on_commit_callbacks
):
    moving, staying = make_problem("open"), make_problem("open", place=SOUTH_WEST)
    taken, closed = make_problem("accepted"), make_problem("closed")
    with django_capture_on_commit_callbacks(execute=True):
        move_border(town.waste_areas, 50.4199)
    moving.refresh_from_db()
    assert moving.organisation.slug == "tidy"
    change = moving.history.last()
    assert (change.action, change.role) == ("reroute", "system")
    assert change.details["to_organisation"] == town.organisations["tidy"].pk
    decision = moving.decisions.last()
    assert decision.cause == "territory"
    assert [each["key"] for each in decision.territories if each["key"] == "south"] == ["south"]
    feature = Feature.objects.get(layer__slug="problems", key=str(moving.pk))
    assert feature.properties["organisation_slug"] == "tidy"
    for problem, slug in ((staying, "tidy"), (taken, "clean"), (closed, "clean")):
        problem.refresh_from_db()
        assert problem.organisation.slug == slug
    assert taken.decisions.last().organisation.slug == "tidy"
    assert closed.decisions.count() == 1
    run = ReassignmentRun.objects.get()
    assert (run.state, run.moved, run.kept) == ("applied", 1, 1)


def test_many_moves_wait_for_a_moderator(
    make_problem, town, moderator, resident, settings, django_capture_on_commit_callbacks
):
    settings.PROBLEM_REASSIGN_WITHOUT_ASKING = 0
    problem = make_problem("open")
    with django_capture_on_commit_callbacks(execute=True):
        move_border(town.waste_areas, 50.4199)
    run = ReassignmentRun.objects.get()
    assert (run.state, run.moved) == ("waiting", 1)
    problem.refresh_from_db()
    assert problem.organisation.slug == "clean"
    with pytest.raises(NotAllowed):
        services.apply_run(actor=resident, run=run.pk)
    services.apply_run(actor=moderator, run=run.pk)
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    with pytest.raises(Conflict):
        services.decline_run(actor=moderator, run=run.pk)


def test_dry_run_counts_and_writes_nothing(make_problem, town):
    problem = make_problem("open")
    move_border(town.waste_areas, 50.4199)
    before = list(problem.history.values_list("pk", flat=True))
    found = reassign_problems(dry_run=True)
    assert [(move.old, move.new, move.moved) for move in found.moves] == [
        ("КП «clean»", "КП «tidy»", 1)
    ]
    problem.refresh_from_db()
    assert problem.organisation.slug == "clean"
    assert list(problem.history.values_list("pk", flat=True)) == before
    assert problem.territories.get(layer=town.waste_areas).key == "north"


def test_command_tells_in_json_and_knows_its_layers(make_problem, town):
    make_problem("open")
    move_border(town.waste_areas, 50.4199)
    out = StringIO()
    call_command("reassign_problems", "--json", "--dry-run", stdout=out)
    assert json.loads(out.getvalue())["moved"] == 1
    call_command("reassign_problems", stdout=StringIO())
    call_command("reassign_problems", "--json", stdout=(out := StringIO()))
    assert json.loads(out.getvalue()) | {"considered": 1} == {
        "considered": 1, "shifted": 0, "moves": [], "moved": 0, "kept": 0, "dry_run": False,
    }  # fmt: skip
    with pytest.raises(CommandError):
        call_command("reassign_problems", "--layer", "problems")


def test_a_territory_that_vanishes_leaves_the_dispatcher_to_decide(make_problem, town):
    problem = make_problem("open")
    apply_changeset(
        layer=town.waste_areas, rows=(), removed_keys=("north",), kind=Changeset.Kind.EDIT
    )
    reassign_problems()
    problem.refresh_from_db()
    assert problem.organisation is None
    assert not problem.assignments.filter(ended_at=None, role="executor").exists()


def test_a_side_chosen_near_a_border_stays(make_report, author, moderator, town):
    near = (30.51, MIDDLE_LAT + 0.00005)
    problem = services.report_problem(actor=author, report=make_report(place=near))
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    assert reassign_problems().moved == 0
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"


def test_new_rules_move_problems_by_the_command(make_problem, town):
    problem = make_problem("open")
    Responsibility.objects.create(
        organisation=town.organisations["roads"],
        category=town.categories["rubbish"],
        priority=10,
    )
    assert reassign_problems().moved == 1
    problem.refresh_from_db()
    assert problem.organisation.slug == "roads"
    held = problem.assignments.filter(ended_at=None)
    assert {each.organisation.slug for each in held} == {"roads", "council"}


def test_renamed_territory_is_renamed_in_problems(make_problem, town):
    problem = make_problem("open")
    edit_feature(layer=town.districts, key="west", values={"name": "Захід"})
    reassign_problems(layer=town.districts, touched=["west"])
    assert problem.territories.get(layer=town.districts).title == "Захід"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_many_at_once_go_where_each_alone_would(make_problem, town, data):
    """The set-based way and the one for a single problem agree, whatever the rules are."""
    organisations = list(town.organisations.values())
    with transaction.atomic():
        numbers = [
            make_problem("open", place=place, category=category).pk
            for place in (NORTH_WEST, SOUTH_WEST)
            for category in ("rubbish", "pothole", "stray")
        ]
        Responsibility.objects.all().delete()
        for _ in range(data.draw(st.integers(0, 8))):
            territory = data.draw(
                st.sampled_from(
                    [(None, ""), (town.districts, "west"), (town.waste_areas, "north"),
                     (town.waste_areas, "south"), (town.districts, "east")]
                )
            )  # fmt: skip
            Responsibility.objects.get_or_create(
                organisation=data.draw(st.sampled_from(organisations)),
                category=data.draw(st.sampled_from([None, *town.categories.values()])),
                territory_layer=territory[0],
                territory_key=territory[1],
                role=data.draw(st.sampled_from(["executor", "reviewer", "controller"])),
                defaults={"priority": data.draw(st.integers(0, 2))},
            )
        reassign_problems()
        for problem in Problem.objects.filter(pk__in=numbers):
            alone = build_routing(problem.category, problem.geom.x, problem.geom.y)
            assert problem.organisation_id == alone.executor
            held = problem.assignments.filter(ended_at=None)
            assert {each.organisation_id: each.role for each in held} == {
                pk: role.value for pk, role in alone.list_assigned().items()
            }
        transaction.set_rollback(True)
    assert connection.in_atomic_block
