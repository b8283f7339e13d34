"""Borders change, and problems go to who answers for their place now."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.gis.geos import Polygon
from django.core.management import CommandError, call_command
from django.utils import timezone

from geoportal.core.errors import Conflict, NotAllowed
from geoportal.messages.models import Message
from geoportal.problems import services
from geoportal.problems.models import Problem, ReassignmentRun, Responsibility
from geoportal.problems.routing.deciding import build_routing
from geoportal.problems.routing.decisions import Documents, describe_routing
from geoportal.problems.services.moderation import start_clock
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
    assert (run.state, run.moved, run.numbers) == ("waiting", 1, [problem.pk])
    problem.refresh_from_db()
    assert problem.organisation.slug == "clean"
    with pytest.raises(NotAllowed):
        services.apply_run(actor=resident, run=run.pk)
    services.apply_run(actor=moderator, run=run.pk)
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    with pytest.raises(Conflict):
        services.decline_run(actor=moderator, run=run.pk)


@pytest.mark.parametrize("decline", [False, True])
def test_where_a_problem_lies_is_right_before_anybody_decides(
    make_problem, town, moderator, settings, django_capture_on_commit_callbacks, decline
):
    settings.PROBLEM_REASSIGN_WITHOUT_ASKING = 0
    moving, taken = make_problem("open"), make_problem("accepted")
    with django_capture_on_commit_callbacks(execute=True):
        move_border(town.waste_areas, 50.4199)
    if decline:
        services.decline_run(actor=moderator, run=ReassignmentRun.objects.get().pk)
    for problem in (moving, taken):
        assert problem.territories.get(layer=town.waste_areas).key == "south"
    assert moving.decisions.count() == 1
    assert taken.decisions.last().organisation.slug == "tidy"
    moving.refresh_from_db()
    assert moving.organisation.slug == "clean"


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
    assert json.loads(out.getvalue()) == {
        "considered": 1, "shifted": 0, "others": 0, "moves": [], "moved": 0, "kept": 0,
        "dry_run": False,
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


@pytest.fixture
def chosen_south(make_report, author, moderator, town) -> Problem:
    """A few metres north of the border; a moderator counted it to the south."""
    problem = services.report_problem(
        actor=author, report=make_report(place=(30.51, MIDDLE_LAT + 0.00005))
    )
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    return Problem.objects.get(pk=problem.pk)


def test_a_side_chosen_near_a_border_stays(chosen_south):
    assert reassign_problems().moved == 0
    chosen_south.refresh_from_db()
    assert chosen_south.organisation.slug == "tidy"


def test_a_chosen_side_counts_no_more_when_its_border_has_gone_away(chosen_south, town):
    move_border(town.waste_areas, MIDDLE_LAT - 0.005)
    reassign_problems(layer=town.waste_areas, touched=["north", "south"])
    chosen_south.refresh_from_db()
    assert chosen_south.organisation.slug == "clean"
    territory = chosen_south.territories.get(layer=town.waste_areas)
    assert (territory.key, territory.is_chosen) == ("north", False)
    assert 500 < territory.border_distance_m < 600


def test_a_chosen_side_that_is_gone_counts_no_more(chosen_south, town):
    apply_changeset(
        layer=town.waste_areas, rows=(), removed_keys=("south",), kind=Changeset.Kind.EDIT
    )
    reassign_problems()
    chosen_south.refresh_from_db()
    assert chosen_south.organisation.slug == "clean"
    assert not chosen_south.territories.filter(is_chosen=True).exists()


def test_a_choice_is_forgotten_where_the_place_lies_on_that_side_anyway(chosen_south, town):
    move_border(town.waste_areas, MIDDLE_LAT + 0.005)
    found = reassign_problems(layer=town.waste_areas, touched=["north", "south"])
    assert (found.shifted, found.moved) == (0, 0)
    territory = chosen_south.territories.get(layer=town.waste_areas)
    assert (territory.key, territory.is_chosen) == ("south", False)
    assert chosen_south.decisions.count() == 1


def list_executors(problem: Problem) -> list[str]:
    held = problem.assignments.filter(ended_at=None, role="executor")
    return [each.organisation.slug for each in held.order_by("pk")]


def test_who_took_it_and_has_it_still_gives_it_up_when_it_is_open_again(make_problem, town, author):
    """Kept through new borders while it was in work, closed, opened again by its author."""
    problem = make_problem("accepted")
    move_border(town.waste_areas, 50.4199)
    reassign_problems()
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.close_problem(**who, number=problem.pk, resolution="solved", words="Вивезли.")
    services.reopen_problem(actor=author, number=problem.pk, words="Знову.")
    assert reassign_problems().moved == 1
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    assert list_executors(problem) == ["tidy"]
    change = problem.history.last()
    assert change.action == "reroute"
    assert change.details["ended"] == [town.organisations["clean"].pk]


def test_who_only_controls_by_the_rules_keeps_what_was_passed_on_to_them(make_problem, town):
    problem = make_problem("open")
    services.forward_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"],
        number=problem.pk, to=town.organisations["council"], words="Вирішує рада.",
    )  # fmt: skip
    found = reassign_problems()
    assert (found.moved, found.others, found.kept) == (0, 0, 1)
    problem.refresh_from_db()
    assert problem.organisation.slug == "council"
    assert list_executors(problem) == ["council"]


def test_who_was_added_by_hand_and_the_executor_by_the_rules_both_stay(
    make_problem, town, moderator
):
    problem = make_problem("open")
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"]
    )
    move_border(town.waste_areas, 50.4199)
    reassign_problems()
    assert list_executors(problem) == ["clean", "roads"]


def test_terms_begin_anew_for_who_gets_it(make_problem, town):
    """As they do when a moderator moves the pin: both terms, a pause, the calendar."""
    problem = make_problem("open")
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.ask_author(**who, number=problem.pk, words="Де саме?")
    Problem.objects.filter(pk=problem.pk).update(calendar_version="old")
    move_border(town.waste_areas, 50.4199)
    at = timezone.now() + timedelta(days=7)
    reassign_problems(at=at)
    problem.refresh_from_db()
    stored = (problem.acceptance_due_at, problem.due_at, problem.solution_due_at)
    assert (problem.asked_at, problem.reminded_at) == (at, None)
    version = problem.calendar_version
    start_clock(problem, at)
    assert stored == (problem.acceptance_due_at, problem.due_at, problem.solution_due_at)
    assert version == problem.calendar_version != "old"


def test_only_others_than_the_executor_have_changed(
    make_problem, town, django_capture_on_commit_callbacks, mailoutbox
):
    problem = make_problem("open")
    due_at = problem.due_at
    Responsibility.objects.filter(role="controller").update(
        organisation=town.organisations["starosta"]
    )
    found = reassign_problems(dry_run=True)
    assert (found.moved, found.others) == (0, 1)
    with django_capture_on_commit_callbacks(execute=True):
        reassign_problems()
    problem.refresh_from_db()
    assert (problem.organisation.slug, problem.due_at) == ("clean", due_at)
    held = problem.assignments.filter(ended_at=None)
    assert {each.organisation.slug for each in held} == {"clean", "starosta"}
    change = problem.history.last()
    assert change.details["added"] == [town.organisations["starosta"].pk]
    assert change.details["ended"] == [town.organisations["council"].pk]
    told = Message.objects.filter(key=f"problems:{change.pk}")
    assert sorted(told.values_list("address", "payload__kind")) == [
        ("council-officer@example.org", "taken"),
        ("starosta-officer@example.org", "given"),
    ]
    assert reassign_problems().others == 0


def test_a_problem_left_near_a_new_border_waits_for_a_look(make_problem, town, moderator):
    near, far = make_problem("open"), make_problem("open", place=(30.51, 50.4145))
    move_border(town.waste_areas, NORTH_WEST[1] + 0.00005)
    reassign_problems(layer=town.waste_areas, touched=["north", "south"], cause="territory")
    for problem in (near, far):
        problem.refresh_from_db()
        assert problem.organisation.slug == "tidy"
    assert (near.border_needs_check, far.border_needs_check) == (True, False)
    decision = near.decisions.last()
    assert decision.is_near_border
    assert 5 < decision.border_distance_m < 6
    alone: Documents = describe_routing(build_routing(near.category, near.geom.x, near.geom.y))
    assert [each.keys() for each in decision.neighbours] == [
        each.keys() for each in alone["neighbours"]
    ]
    for ours, theirs in zip(decision.neighbours, alone["neighbours"], strict=True):
        assert ours["distance_m"] == pytest.approx(theirs["distance_m"])
        assert ours | {"distance_m": 0} == theirs | {"distance_m": 0}
    assert [each.keys() for each in decision.territories] == [
        each.keys() for each in alone["territories"]
    ]
    services.confirm_border(actor=moderator, number=near.pk)
    near.refresh_from_db()
    assert not near.border_needs_check
    assert near.decisions.last().confirmed_by == moderator
    with pytest.raises(Conflict):
        services.confirm_border(actor=moderator, number=near.pk)


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
    found = reassign_problems(layer=town.districts, touched=["west"])
    assert found.is_empty
    assert problem.territories.get(layer=town.districts).title == "Захід"
    assert problem.decisions.count() == 1
