"""Who holds a problem after it was taken, passed on, given by hand or routed again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from geoportal.cabinets.moderation.queue import list_dispatch
from geoportal.core.errors import Conflict
from geoportal.problems import services
from geoportal.problems.models import Problem
from tests.geoportal.problems.conftest import NORTH_WEST, SOUTH_EAST, SOUTH_WEST

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def who(town):
    """The officer of an organisation and the organisation, as services want them."""

    def name(slug: str) -> dict[str, Any]:
        return {"actor": town.officers[slug], "organisation": town.organisations[slug]}

    return name


@pytest.fixture
def forward(town, who):
    def pass_on(problem: Problem, by: str, to: str, at=None) -> Problem:
        services.forward_problem(
            **who(by), number=problem.pk, to=town.organisations[to], words="Це їхнє.", at=at
        )
        return Problem.objects.get(pk=problem.pk)

    return pass_on


@pytest.fixture
def move(moderator):
    def put(problem: Problem, place: tuple[float, float]) -> Problem:
        services.move_problem(
            actor=moderator, number=problem.pk, lon=place[0], lat=place[1], words="Не там."
        )
        return Problem.objects.get(pk=problem.pk)

    return put


def read_published(problem: Problem) -> datetime:
    assert problem.published_at is not None
    return problem.published_at


def accept(problem: Problem, who: dict[str, Any], purpose: str = "", at=None) -> Problem:
    services.accept_problem(**who, number=problem.pk, purpose=purpose, at=at)
    return Problem.objects.get(pk=problem.pk)


def close(problem: Problem, who: dict[str, Any]) -> Problem:
    services.close_problem(**who, number=problem.pk, resolution="solved", words="Зробили.")
    return Problem.objects.get(pk=problem.pk)


def read_roles(problem: Problem) -> dict[str, tuple[str, str]]:
    """Slug → role and purpose of who holds it."""
    held = problem.assignments.filter(ended_at=None).select_related("organisation")
    return {each.organisation.slug: (each.role, each.purpose) for each in held}


# Taking it for more


def test_an_executor_that_took_it_for_control_may_still_solve_it(make_problem, who):
    problem = accept(make_problem(), who("clean"), "control")
    with pytest.raises(Conflict, match="контролю замало"):
        close(problem, who("clean"))
    assert accept(problem, who("clean"), "solution").due_at == problem.solution_due_at
    assert close(problem, who("clean")).state == "closed"


def test_taking_it_for_as_much_or_for_less_is_refused(make_problem, who):
    problem = accept(make_problem(), who("clean"), "consideration")
    for purpose in ("control", "consideration"):
        with pytest.raises(Conflict, match="вже прийняла"):
            accept(problem, who("clean"), purpose)
    problem = accept(problem, who("clean"), "solution")
    for purpose in ("control", "consideration", "solution"):
        with pytest.raises(Conflict, match="вже прийняла"):
            accept(problem, who("clean"), purpose)
    changes = problem.history.filter(action="accept")
    assert [each.details["purpose"] for each in changes] == ["consideration", "solution"]


def test_forwarded_to_who_controls_it_has_to_be_taken_for_work(make_problem, who, forward):
    problem = accept(make_problem(), who("council"))
    problem = forward(problem, "clean", "council")
    assert (problem.state, problem.organisation.slug) == ("open", "council")
    assert read_roles(problem) == {"council": ("executor", "")}
    assert problem.due_at == problem.acceptance_due_at
    problem = accept(problem, who("council"))
    assert close(problem, who("council")).state == "closed"


def test_another_category_makes_the_controller_executor(make_problem, moderator, town, who):
    problem = accept(make_problem(), who("council"))
    services.recategorise_problem(
        actor=moderator, number=problem.pk, category=town.categories["abuse"], words="Не про це."
    )
    problem.refresh_from_db()
    assert read_roles(problem) == {"council": ("executor", "")}
    assert (problem.state, problem.accepted_at) == ("open", None)
    accept(problem, who("council"))
    assert close(problem, who("council")).state == "closed"


def test_the_time_of_acceptance_is_that_of_work(make_problem, who):
    problem = make_problem()
    controlled = read_published(problem) + HOUR
    problem = accept(problem, who("council"), at=controlled)
    assert problem.accepted_at == controlled
    problem = accept(problem, who("clean"), at=controlled + HOUR)
    assert problem.accepted_at == controlled + HOUR


# The pin and the category


@pytest.mark.parametrize("place", [(NORTH_WEST[0] + 0.001, NORTH_WEST[1]), SOUTH_EAST])
def test_what_was_forwarded_stays_where_it_is_when_the_pin_moves(
    make_problem, who, forward, move, place
):
    problem = accept(forward(make_problem(), "clean", "roads"), who("roads"))
    moved = move(problem, place)
    assert (moved.state, moved.organisation.slug) == ("accepted", "roads")
    assert "clean" not in read_roles(moved)
    assert "tidy" not in read_roles(moved)
    assert (moved.due_at, moved.solution_due_at) == (problem.due_at, problem.solution_due_at)
    details = moved.history.last().details
    assert details["from_organisation"] == details["to_organisation"] == moved.organisation_id


def test_what_the_dispatcher_gave_stays_when_the_pin_moves(make_problem, moderator, town, move):
    problem = make_problem(category="stray")
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"]
    )
    due_at = Problem.objects.get(pk=problem.pk).due_at
    moved = move(problem, SOUTH_WEST)
    assert (moved.organisation.slug, moved.due_at) == ("roads", due_at)


def test_another_category_leaves_it_to_who_got_it_by_hand(make_problem, moderator, town, forward):
    problem = forward(make_problem(), "clean", "starosta")
    services.recategorise_problem(
        actor=moderator, number=problem.pk, category=town.categories["pothole"], words="Дорога."
    )
    problem.refresh_from_db()
    assert problem.organisation.slug == "starosta"
    assert "roads" not in read_roles(problem)


def test_a_controller_that_solves_it_itself_stays_executor(make_problem, who, move):
    problem = accept(make_problem(), who("council"), "solution")
    moved = move(problem, (NORTH_WEST[0] + 0.001, NORTH_WEST[1]))
    assert (moved.state, moved.organisation.slug) == ("accepted", "council")
    assert read_roles(moved)["council"] == ("executor", "solution")


def test_control_that_was_passed_on_does_not_come_back_with_the_pin(make_problem, forward, move):
    problem = forward(make_problem(), "council", "starosta")
    moved = move(problem, (NORTH_WEST[0] + 0.001, NORTH_WEST[1]))
    assert read_roles(moved) == {"clean": ("executor", ""), "starosta": ("controller", "")}


def test_the_pin_moves_to_another_area_under_control_alone(make_problem, who, move):
    """Control is no work: the new executor has its term of acceptance and no old promise."""
    problem = accept(accept(make_problem(), who("council")), who("clean"))
    services.announce_date(
        **who("clean"),
        number=problem.pk,
        planned_on=(read_published(problem) + 90 * DAY).date(),
        words="Немає техніки.",
    )
    Problem.objects.filter(pk=problem.pk).update(reminded_at=problem.due_at)
    moved = move(problem, SOUTH_EAST)
    assert (moved.state, moved.organisation.slug, moved.planned_on) == ("open", "tidy", None)
    assert (moved.due_at, moved.reminded_at) == (moved.acceptance_due_at, None)
    assert read_roles(moved) == {"tidy": ("executor", ""), "council": ("controller", "control")}


def test_a_pin_that_moves_within_the_area_leaves_the_promise(make_problem, who, move):
    problem = make_problem("accepted")
    planned_on = (read_published(problem) + 90 * DAY).date()
    services.announce_date(
        **who("clean"), number=problem.pk, planned_on=planned_on, words="Немає техніки."
    )
    moved = move(problem, (NORTH_WEST[0] + 0.001, NORTH_WEST[1]))
    assert (moved.state, moved.planned_on) == ("accepted", planned_on)
    assert moved.due_at > moved.solution_due_at


# Passing it on


def test_control_alone_does_not_keep_it_accepted_when_it_is_passed_on(make_problem, who, forward):
    problem = accept(accept(make_problem(), who("council")), who("clean"))
    services.announce_date(
        **who("clean"),
        number=problem.pk,
        planned_on=(read_published(problem) + 90 * DAY).date(),
        words="Немає техніки.",
    )
    passed = forward(problem, "clean", "roads")
    assert (passed.state, passed.accepted_at, passed.planned_on) == ("open", None, None)
    assert passed.due_at == passed.acceptance_due_at


def test_passing_it_on_and_on_makes_it_late_in_the_end(make_problem, forward):
    problem = make_problem()
    solution_due_at, at = problem.solution_due_at, problem.published_at
    for by, to in [("clean", "roads"), ("roads", "clean")] * 10:
        at += 2 * DAY
        problem = forward(problem, by, to, at)
        assert problem.solution_due_at == solution_due_at
        assert problem.acceptance_due_at > at
    assert problem.due_at == solution_due_at < at


def test_control_that_is_passed_on_leaves_the_state_and_gains_no_time(make_problem, who, forward):
    problem = accept(make_problem(), who("council"))
    passed = forward(problem, "council", "starosta", read_published(problem) + 8 * DAY)
    assert (passed.state, passed.due_at) == ("open", problem.due_at)
    assert passed.organisation.slug == "clean"


# The dispatcher


def test_the_terms_begin_when_the_dispatcher_gives_it(make_problem, moderator, town):
    problem = make_problem(category="stray")
    late = problem.due_at + DAY
    assert services.remind_overdue(at=late) == 1
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"], at=late
    )
    given = Problem.objects.get(pk=problem.pk)
    assert given.due_at == given.acceptance_due_at > late
    assert given.solution_due_at > problem.solution_due_at
    assert given.reminded_at is None


def test_control_leaves_an_orphan_with_the_dispatcher(make_problem, moderator, town, who):
    problem = make_problem(category="stray")
    give = {"actor": moderator, "number": problem.pk, "organisation": town.organisations["council"]}
    services.assign_organisation(**give, role="controller")
    problem = accept(problem, who("council"))
    assert (problem.state, problem.organisation) == ("accepted", None)
    assert list(list_dispatch(moderator)) == [problem]
    with pytest.raises(Conflict, match="вже має"):
        services.assign_organisation(**give, role="controller")
    services.assign_organisation(**give)
    problem.refresh_from_db()
    assert (problem.state, problem.organisation.slug) == ("open", "council")
    assert read_roles(problem) == {"council": ("executor", "")}
    assert not list_dispatch(moderator).exists()
    assert problem.history.last().details["to_organisation"] == problem.organisation_id
    accept(problem, who("council"))
    assert close(problem, who("council")).state == "closed"


def test_what_a_switched_off_organisation_took_is_open_for_the_next(make_problem, moderator, town):
    problem = make_problem("accepted")
    town.organisations["clean"].is_active = False
    town.organisations["clean"].save()
    assert list(list_dispatch(moderator)) == [problem]
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"]
    )
    problem.refresh_from_db()
    assert (problem.state, problem.organisation.slug) == ("open", "roads")
    assert "clean" not in read_roles(problem)


def test_one_more_organisation_leaves_the_work_and_its_date(make_problem, moderator, town):
    problem = make_problem("accepted")
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["roads"]
    )
    given = Problem.objects.get(pk=problem.pk)
    assert (given.state, given.organisation.slug) == ("accepted", "clean")
    assert given.due_at == problem.due_at
