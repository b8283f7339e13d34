"""Moderators see what new borders would move, and decide where it is much."""

import pytest

from geoportal.problems.models import Problem, ReassignmentRun
from geoportal.problems.services import reassign_problems
from tests.geoportal.problems.conftest import NORTH_WEST
from tests.geoportal.problems.test_reassignment import move_border


@pytest.fixture
def waiting(make_problem, town, settings, django_capture_on_commit_callbacks):
    settings.PROBLEM_REASSIGN_WITHOUT_ASKING = 0
    problem = make_problem("open")
    with django_capture_on_commit_callbacks(execute=True):
        move_border(town.waste_areas, 50.4199)
    return problem, ReassignmentRun.objects.get()


@pytest.mark.parametrize(("decision", "slug"), [("apply", "tidy"), ("decline", "clean")])
def test_a_moderator_decides_once(client, waiting, moderator, decision, slug):
    problem, run = waiting
    client.force_login(moderator)
    page = client.get("/moderation/borders/").content.decode()
    assert "КП «tidy»" in page
    url = f"/moderation/borders/{run.pk}/"
    assert client.post(url, {"decision": decision}).status_code == 302
    problem.refresh_from_db()
    assert problem.organisation.slug == slug
    again = client.post(url, {"decision": "apply"}, follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]
    problem.refresh_from_db()
    assert problem.organisation.slug == slug


def test_others_neither_see_nor_decide(client, waiting, resident, town):
    problem, run = waiting
    for user in (resident, town.officers["clean"]):
        client.force_login(user)
        assert client.get("/moderation/borders/").status_code == 403
        answer = client.post(f"/moderation/borders/{run.pk}/", {"decision": "apply"})
        assert answer.status_code == 403
    problem.refresh_from_db()
    assert problem.organisation.slug == "clean"


def test_an_unknown_decision_is_refused(client, waiting, moderator):
    client.force_login(moderator)
    url = f"/moderation/borders/{waiting[1].pk}/"
    assert client.post(url, {"decision": "maybe"}).status_code == 400


def test_a_problem_near_a_new_border_is_confirmed_by_one_click(
    client, make_problem, town, moderator
):
    problem = make_problem("open")
    move_border(town.waste_areas, NORTH_WEST[1] + 0.00005)
    reassign_problems()
    client.force_login(moderator)
    page = client.get("/moderation/borders/").content.decode()
    assert f'id="side-{problem.pk}"' in page
    assert "КП «clean»" in page
    url = f"/moderation/borders/sides/{problem.pk}/"
    assert client.get(url).status_code == 405
    answers = [client.post(url, follow=True) for _ in range(2)]
    assert [message.level_tag for answer in answers for message in answer.context["messages"]] == [
        "success",
        "error",
    ]
    assert f'id="side-{problem.pk}"' not in client.get("/moderation/borders/").content.decode()
    assert problem.decisions.last().confirmed_by == moderator


def test_only_moderators_confirm_a_side(client, make_problem, town):
    problem = make_problem("open")
    Problem.objects.filter(pk=problem.pk).update(border_needs_check=True)
    client.force_login(town.officers["clean"])
    assert client.post(f"/moderation/borders/sides/{problem.pk}/").status_code == 403
    problem.refresh_from_db()
    assert problem.border_needs_check
