"""A closed problem that is opened again goes to who answers for it now."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Polygon

from geoportal.problems import services
from geoportal.problems.categories.terms import get_calendar
from geoportal.problems.history.timeline import build_headline
from geoportal.problems.models import Problem, RoutingDecision
from layers.models import Feature, Layer
from layers.services import edit_feature
from tests.geoportal.problems.conftest import EAST, MIDDLE_LAT, NORTH, WEST
from tests.geoportal.problems.test_reassignment import move_border

NEARLY_ALL_SOUTH = NORTH - 0.0001
NEAR = (30.51, MIDDLE_LAT + 0.00005)  # 5.6 m north of the border of waste areas


@pytest.fixture
def reopen(author):
    def open_again(problem: Problem, at=None) -> Problem:
        services.reopen_problem(actor=author, number=problem.pk, words="Знову.", at=at)
        return Problem.objects.get(pk=problem.pk)

    return open_again


def close(problem: Problem, town, slug: str) -> None:
    who = {"actor": town.officers[slug], "organisation": town.organisations[slug]}
    services.accept_problem(**who, number=problem.pk)
    services.close_problem(**who, number=problem.pk, resolution="solved", words="Вивезли.")


def test_where_the_border_moved_another_organisation_gets_it(make_problem, town, reopen):
    problem = make_problem("closed")
    Problem.objects.filter(pk=problem.pk).update(calendar_version="old")
    move_border(town.waste_areas, NEARLY_ALL_SOUTH)
    at = problem.closed_at + timedelta(hours=1)
    opened = reopen(problem, at)
    assert (opened.state, opened.organisation.slug) == ("open", "tidy")
    decision = opened.decisions.last()
    assert (decision.cause, decision.organisation.slug) == ("reopening", "tidy")
    assert opened.territories.get(layer=town.waste_areas).key == "south"
    held = opened.assignments.filter(ended_at=None).order_by("role")
    assert [each.organisation.slug for each in held] == ["council", "tidy"]
    change = opened.history.last()
    assert change.details["to_organisation"] == town.organisations["tidy"].pk
    headline = build_headline(change, {town.organisations["tidy"].pk: "КП «tidy»"})
    assert "КП «tidy»" in headline
    assert opened.due_at == opened.acceptance_due_at > at
    assert opened.calendar_version == get_calendar().version
    feature = Feature.objects.get(layer__slug="problems", key=str(problem.pk))
    assert feature.properties["organisation_slug"] == "tidy"


def test_where_nothing_moved_it_stays(make_problem, town, reopen):
    opened = reopen(make_problem("closed"))
    assert opened.organisation.slug == "clean"
    details = opened.history.last().details
    assert details["from_organisation"] == details["to_organisation"]
    assert not opened.assignments.exclude(ended_at=None).exists()


def test_who_got_it_by_hand_keeps_it(make_problem, town, reopen):
    problem = make_problem()
    services.forward_problem(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        to=town.organisations["roads"],
        words="Це їхнє.",
    )
    close(problem, town, "roads")
    move_border(town.waste_areas, NEARLY_ALL_SOUTH)
    opened = reopen(problem)
    assert opened.organisation.slug == "roads"
    assert opened.territories.get(layer=town.waste_areas).key == "south"


def test_of_two_executors_the_one_that_closed_it_gets_it(make_problem, moderator, town, reopen):
    problem = make_problem()
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"]
    )
    close(problem, town, "clean")
    assert reopen(problem).organisation.slug == "clean"


def test_the_side_that_a_moderator_chose_stands(make_report, author, moderator, town, reopen):
    problem = services.report_problem(actor=author, report=make_report(place=NEAR))
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    close(problem, town, "tidy")
    opened = reopen(problem)
    assert opened.organisation.slug == "tidy"
    territory = opened.territories.get(layer=town.waste_areas)
    assert (territory.key, territory.is_chosen) == ("south", True)


def test_a_chosen_side_that_is_far_now_counts_no_more(make_report, author, moderator, town, reopen):
    problem = services.report_problem(actor=author, report=make_report(place=NEAR))
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    close(problem, town, "tidy")
    move_border(town.waste_areas, MIDDLE_LAT - 0.005)
    assert reopen(problem).organisation.slug == "clean"


def test_outside_of_the_new_boundary_who_held_it_holds_it(make_problem, town, reopen):
    problem = make_problem("closed")
    decisions = RoutingDecision.objects.count()
    boundary = Layer.objects.get(slug="boundary")
    area = Polygon.from_bbox((WEST, MIDDLE_LAT - 0.01, EAST, MIDDLE_LAT))
    area.srid = 4326
    edit_feature(layer=boundary, key="town", geom=area, keep_geom=False)
    opened = reopen(problem)
    assert (opened.state, opened.organisation.slug) == ("open", "clean")
    assert RoutingDecision.objects.count() == decisions
