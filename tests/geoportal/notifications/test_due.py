"""A letter that waited for the mail server says what stands when it goes, or does not go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geoportal.accounts.models import Membership
from geoportal.problems import services
from geoportal.problems.models import Assignment, StatusChange
from tests.geoportal.notifications.conftest import post, send_all
from tests.geoportal.problems.conftest import SOUTH_WEST

CLEAN, COUNCIL, ROADS = (f"{slug}-officer@example.org" for slug in ("clean", "council", "roads"))


@pytest.fixture
def problem(make_problem):
    return make_problem("open", title="Секретна назва")


@pytest.fixture
def waiting(problem, queued):
    """Letters of the publication are written and stand in the queue."""
    post(change=problem.history.get(action="publish").pk)
    return problem


def test_what_stands_is_told(waiting):
    assert {CLEAN, COUNCIL} <= set(send_all())


def test_a_member_who_was_removed_is_not_told(waiting, town):
    Membership.objects.filter(user=town.officers["clean"]).delete()
    assert CLEAN not in send_all()


def test_an_officer_who_only_looks_on_by_now_is_not_told(waiting, town):
    Membership.objects.filter(user=town.officers["clean"]).update(role=Membership.Role.VIEWER)
    assert CLEAN not in send_all()


@pytest.mark.parametrize("address", ["", "office@clean.example"])
def test_an_organisation_that_does_not_hold_the_problem_any_more_is_not_told(
    problem, queued, town, address
):
    town.organisations["clean"].email = address
    town.organisations["clean"].save()
    post(change=problem.history.get(action="publish").pk)
    held = Assignment.objects.filter(problem=problem, organisation=town.organisations["clean"])
    held.update(ended_at=timezone.now(), ended_as=Assignment.End.FORWARDED)
    assert {CLEAN, "office@clean.example"} & set(send_all()) == set()


def test_a_problem_that_was_taken_from_publication_is_told_to_no_organisation(waiting, moderator):
    services.retract_problem(
        actor=moderator, number=waiting.pk, reason="personal_data", words="Чужий номер."
    )
    assert {CLEAN, COUNCIL} & set(send_all()) == set()


def test_who_does_not_hold_the_problem_is_told_its_number_only(problem, queued, moderator, town):
    services.move_problem(
        actor=moderator, number=problem.pk, lon=SOUTH_WEST[0], lat=SOUTH_WEST[1], words="Південь."
    )
    post(change=problem.history.get(action="move").pk)
    told = send_all()[CLEAN]
    assert f"№ {problem.pk}" in told
    assert "Секретна назва" not in told
    assert "Південь." not in told


def test_a_moderator_who_was_dismissed_is_not_reminded(make_problem, queued, moderator):
    problem = make_problem("moderation", at=timezone.now() - timedelta(days=40))
    services.remind_overdue()
    post(change=problem.history.get(action="remind").pk)
    type(moderator).objects.filter(pk=moderator.pk).update(is_moderator=False)
    assert moderator.email not in send_all()


def move_all(town) -> None:
    rule = town.organisations["clean"].responsibilities.get()
    rule.organisation = town.organisations["roads"]
    rule.save()
    services.reassign_problems()
    moved = StatusChange.objects.filter(action="reroute")
    post(rerouted=list(moved.values_list("pk", flat=True)))


def test_a_list_of_moved_problems_names_those_that_stand(make_problem, queued, town, moderator):
    kept, gone = make_problem("open", title="Лишилась тут"), make_problem("open", title="Знята з")
    move_all(town)
    services.retract_problem(actor=moderator, number=gone.pk, reason="slander", words="Ні.")
    told = send_all()
    assert f"№ {kept.pk} · Лишилась тут" in told[ROADS]
    assert f"№ {gone.pk}" not in told[ROADS]
    assert f"№ {kept.pk}" in told[CLEAN]
    assert "Лишилась тут" not in told[CLEAN]


def test_a_list_of_which_nothing_stands_does_not_go(make_problem, queued, town, moderator):
    gone = make_problem("open")
    move_all(town)
    services.retract_problem(actor=moderator, number=gone.pk, reason="slander", words="Ні.")
    assert ROADS not in send_all()
