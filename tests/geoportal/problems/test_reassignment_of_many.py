"""Many problems joined at once go where each alone would, whatever became of them before."""

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoportal.accounts.models import User
from geoportal.problems import services
from geoportal.problems.models import Problem, Responsibility
from geoportal.problems.routing.deciding import build_routing
from geoportal.problems.services.reassignment import reassign_problems
from tests.geoportal.problems.conftest import (
    NORTH_WEST,
    SOUTH_WEST,
    Town,
)
from tests.thoroughness import examples


def write_rules(data: st.DataObject, town: Town) -> None:
    """Any rules at all, instead of those there are."""
    Responsibility.objects.all().delete()
    territories = [
        (None, ""), (town.districts, "west"), (town.districts, "east"),
        (town.waste_areas, "north"), (town.waste_areas, "south"),
    ]  # fmt: skip
    for _ in range(data.draw(st.integers(0, 8))):
        layer, key = data.draw(st.sampled_from(territories))
        Responsibility.objects.get_or_create(
            organisation=data.draw(st.sampled_from(list(town.organisations.values()))),
            category=data.draw(st.sampled_from([None, *town.categories.values()])),
            territory_layer=layer,
            territory_key=key,
            role=data.draw(st.sampled_from(["executor", "reviewer", "controller"])),
            defaults={"priority": data.draw(st.integers(0, 2))},
        )


def live(problem: Problem, history: str, town: Town, moderator: User, author: User) -> None:
    """What happened to an open problem since it was published."""
    if history == "fresh" or problem.organisation is None:
        return
    slug = problem.organisation.slug
    who = {"actor": town.officers[slug], "organisation": town.organisations[slug]}
    other = town.organisations["council" if history == "forwarded" else "starosta"]
    if history == "by hand":
        services.assign_organisation(actor=moderator, number=problem.pk, organisation=other)
    elif history == "forwarded":
        services.forward_problem(**who, number=problem.pk, to=other, words="Не наше.")
    else:
        services.accept_problem(**who, number=problem.pk)
    if history == "reopened":
        services.close_problem(**who, number=problem.pk, resolution="solved", words="Є.")
        services.reopen_problem(actor=author, number=problem.pk, words="Знову.")


HISTORIES = ("fresh", "by hand", "forwarded", "accepted", "reopened")


@settings(
    max_examples=examples(8),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_many_at_once_go_where_each_alone_would(make_problem, town, moderator, author, data):
    """The set-based way and the one for a single problem agree, whatever the rules are; who took a
    problem or was given it by hand keeps it, and none is lost.
    """
    with transaction.atomic():
        lives: dict[int, str] = {}
        for place in (NORTH_WEST, SOUTH_WEST):
            for category in ("rubbish", "pothole", "stray"):
                problem = make_problem("open", place=place, category=category)
                lives[problem.pk] = data.draw(st.sampled_from(HISTORIES))
                live(problem, lives[problem.pk], town, moderator, author)
        for _ in range(2):
            write_rules(data, town)
            before = {each.pk: each.organisation_id for each in Problem.objects.all()}
            reassign_problems()
            for problem in Problem.objects.filter(pk__in=lives):
                require_well_held(problem, before[problem.pk])
        transaction.set_rollback(True)
    assert connection.in_atomic_block


def require_well_held(problem: Problem, before: int | None) -> None:
    held = {each.organisation_id: each for each in problem.assignments.filter(ended_at=None)}
    executors = {pk for pk, each in held.items() if each.role == "executor"}
    by_hand = {pk for pk in executors if not held[pk].is_routed}
    if problem.organisation_id != before:
        assert problem.history.last().action == "reroute"
    if problem.state == "accepted" or by_hand:
        assert problem.organisation_id == before
        assert problem.organisation_id in executors
        return
    alone = build_routing(problem.category, problem.geom.x, problem.geom.y)
    assert problem.organisation_id == alone.executor
    assert {pk: each.role for pk, each in held.items()} == {
        pk: role.value for pk, role in alone.list_assigned().items()
    }
