"""States × roles × actions through HTTP: done or refused as the table says.

`every_edge.sql` tries the whole product in the database.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.problems import services
from geoportal.problems.forms.actions import list_actions
from geoportal.problems.models import Problem
from geoportal.problems.workflow import ACTIVE, PUBLISHED, State, find_edges
from tests.geoportal.problems.conftest import NORTH_WEST, Crew, build_report, write_user
from tests.standing import standing_world
from tests.thoroughness import THOROUGH

pytestmark = pytest.mark.slow

HOLDER: dict[str, object] = {"organisation": "clean"}
WORDS: dict[str, object] = {"words": "Тому що так."}
FIELDS: dict[str, dict[str, object]] = {
    "publish": {},
    "reject": WORDS | {"reason": "slander"},
    "retract": WORDS | {"reason": "slander"},
    "restore": WORDS,
    "resubmit": WORDS,
    "edit": WORDS | {"title": "Нова назва проблеми", "description": "Новий опис."},
    "move": WORDS | {"lon": NORTH_WEST[0] + 0.001, "lat": NORTH_WEST[1]},
    "recategorise": WORDS | {"category": "pothole"},
    "hide_media": WORDS | {"attachment": 0},
    "show_media": WORDS | {"attachment": 0},
    "hide_words": WORDS | {"change": 0},
    "show_words": WORDS | {"change": 0},
    "withdraw": WORDS | {"reason": "slander"},
    "bring_back": WORDS,
    "assign": {"organisation": "roads"},
    "merge": WORDS | {"into": 0},
    "ask_reporter": WORDS,
    "accept": HOLDER | {"purpose": "solution"},
    "ask": HOLDER | WORDS,
    "forward": HOLDER | WORDS | {"to": "roads"},
    "announce": HOLDER | WORDS | {"planned_on": f"{timezone.localdate() + timedelta(days=90)}"},
    "close": HOLDER | WORDS | {"resolution": "solved"},
    "note": HOLDER | WORDS,
    "answer": WORDS,
    "rate": {"rating": 5, "is_confirmed": "1"},
    "reopen": WORDS,
    "join": {},
    "follow": {},
    "unfollow": {},
}
# In the history an action may have another name than in the URL.
RECORDED = {"ask_reporter": "ask"}
MODERATION = {
    "publish", "reject", "retract", "restore", "edit", "move", "recategorise", "hide_media",
    "show_media", "hide_words", "show_words", "withdraw", "bring_back", "assign", "merge",
    "ask_reporter",
}  # fmt: skip
WORK = {"accept", "ask", "forward", "announce", "close", "note"}
AUTHORS = {"resubmit", "answer", "rate", "reopen"}
FOR_ALL = {"join", "follow", "unfollow"}
ROLES = (
    "visitor", "resident", "unconfirmed", "author", "moderator", "administrator", "officer",
    "viewer", "stranger", "starosta",
)  # fmt: skip


@dataclass
class Trial:
    """One person in each role, the visitor is nobody; a problem of the author in each state."""

    people: dict[str, User | None]
    problems: dict[str, Problem]
    target: Problem


@standing_world
def standing_trial(standing_crew: Crew) -> Trial:
    return Trial(
        find_people(standing_crew), write_problems(standing_crew), standing_crew.write_problem()
    )


def find_people(crew: Crew) -> dict[str, User | None]:
    town = crew.town
    viewer = write_user("viewer")
    Membership.objects.create(
        user=viewer, organisation=town.organisations["clean"], role=Membership.Role.VIEWER
    )
    return {
        "visitor": None,
        "resident": write_user("neighbour"),
        "unconfirmed": write_user("hasty", confirmed=False),
        "author": crew.author,
        "moderator": crew.moderator,
        "administrator": User.objects.create_superuser("admin@example.org", "correct horse"),
        "officer": town.officers["clean"],
        "viewer": viewer,
        "stranger": town.officers["roads"],
        "starosta": town.officers["starosta"],
    }


def write_problems(crew: Crew) -> dict[str, Problem]:
    author = crew.author
    made = {
        state: crew.write_problem(state) for state in State.values if state != State.UNCONFIRMED
    }
    author.emailaddress_set.update(verified=False)
    made[State.UNCONFIRMED] = services.report_problem(actor=author, report=build_report(crew.town))
    author.emailaddress_set.update(verified=True)
    for problem in made.values():
        problem.attachments.create(kind="photo", file="a.jpg", thumbnail="b.jpg")
    return made


def test_every_action_of_the_url_is_tried_here():
    assert set(FIELDS) == set(list_actions())


def list_capacity(role: str) -> set[str]:
    """What the role may do in some state, whoever asks for it."""
    return {
        "author": AUTHORS,
        "moderator": MODERATION,
        "administrator": MODERATION,
        "officer": WORK,
    }.get(role, set())


def list_tried(role: str) -> list[tuple[str, str]]:
    """States and actions. What no state lets the role do is asked for in three states in turn,
    unless tests are thorough."""
    states, tried = list(State.values), []
    for turn, action in enumerate(FIELDS):
        is_theirs = action in list_capacity(role) | FOR_ALL
        some = {states[(3 * turn + each) % len(states)] for each in range(3)}
        tried += [(state, action) for state in states if THOROUGH or is_theirs or state in some]
    return tried


@pytest.mark.parametrize("role", ROLES)
def test_every_state_and_every_action_comes_by(role):
    tried = list_tried(role)
    assert {state for state, _action in tried} == set(State.values)
    assert {action for _state, action in tried} == set(FIELDS)
    allowed = {(s, a) for s in State.values for a in FIELDS if is_allowed(s, role, a)}
    assert allowed <= set(tried)


def is_allowed(state: str, role: str, action: str) -> bool:
    """By the table of edges and by who may act in which capacity."""
    shown = state in PUBLISHED
    if role == "visitor":
        return False
    if action == "follow" and state == State.ARCHIVED:
        return False  # nothing changes there any more
    if action in ("follow", "unfollow"):
        return shown or role in ("author", "moderator", "administrator")
    if action == "join":
        return state in (State.OPEN, State.ACCEPTED) and role not in ("unconfirmed", "author")
    if action not in list_capacity(role):
        return False
    as_whom = {"administrator": "moderator", "officer": "organisation"}.get(role, role)
    if action == "accept" and state == State.ACCEPTED:
        return False  # it took the problem already
    return bool(find_edges(RECORDED.get(action, action), state, as_whom))


def prepare(problem: Problem, action: str, target: Problem) -> dict[str, object]:
    """Fields of the action, and a problem that it could be done to as far as its state allows."""
    fields = dict(FIELDS[action])
    if action == "answer":
        ask(problem)
    if "attachment" in fields:
        fields["attachment"] = problem.attachments.values_list("pk", flat=True).first() or 1
    if "into" in fields:
        fields["into"] = target.pk
    if "change" in fields:
        fields["change"] = prepare_words(problem, action)
    if action == "bring_back" and problem.state in (State.CLOSED, State.ARCHIVED):
        services.withdraw_problem(
            actor=get_moderator(), number=problem.pk, reason="slander", words="Образа."
        )
    elif action == "bring_back":
        Problem.objects.filter(pk=problem.pk).update(is_withdrawn=True, is_public=False)
    return fields


def ask(problem: Problem) -> None:
    """The author, by who may ask in this state."""
    if problem.state == State.MODERATION:
        services.ask_reporter(actor=get_moderator(), number=problem.pk, words="Де саме?")
    elif problem.state in ACTIVE:
        clean = Organisation.objects.get(slug="clean")
        officer = clean.memberships.get(role=Membership.Role.OFFICER).user
        services.ask_author(actor=officer, organisation=clean, number=problem.pk, words="Де саме?")


def prepare_words(problem: Problem, action: str) -> int:
    """A row of the history with words, hidden already where they are to be shown."""
    if not problem.history.exclude(words="").exists():
        services.add_note(actor=get_moderator(), number=problem.pk, words="Нотатка.")
    row = problem.history.exclude(words="").latest("pk")
    if action == "show_words" and problem.state in PUBLISHED:
        services.set_words_hidden(
            actor=get_moderator(), number=problem.pk, change=row.pk, is_hidden=True, words="Ні."
        )
    return row.pk


def get_moderator() -> User:
    return User.objects.get(is_moderator=True)


@pytest.mark.parametrize("role", ROLES)
def test_every_state_and_action(client, standing_trial, role):
    if standing_trial.people[role] is not None:
        client.force_login(standing_trial.people[role])
    wrong = []
    for state, action in list_tried(role):
        problem = standing_trial.problems[state]
        with transaction.atomic():
            fields = prepare(problem, action, standing_trial.target)
            before = problem.history.count()
            answer = client.post(
                f"/problems/{problem.pk}/actions/{action}/",
                fields,
                headers={"Accept": "application/json"},
            )
            done = answer.status_code == 200
            if done != is_allowed(state, role, action) or answer.status_code >= 500:
                wrong.append((state, action, answer.status_code, answer.content.decode()))
            if not done:
                assert problem.history.count() == before
            transaction.set_rollback(True)
    assert wrong == []


def post(client, problem, action, **given):
    fields = given | {"next": "/problems/"}
    return client.post(
        f"/problems/{problem.pk}/actions/{action}/", fields, headers={"Accept": "text/html"}
    )


def test_a_refused_form_keeps_what_was_filled_in(client, make_problem, author):
    problem = make_problem("closed")
    client.force_login(author)
    answer = post(client, problem, "reopen", words=" ", draft_id=str(uuid.uuid4()))
    assert (answer.status_code, answer["Location"]) == (303, "/problems/")
    kept = client.session[f"problem_form:{problem.pk}:reopen"]
    assert set(kept["errors"]) == {"words"}
    assert kept["draft_id"]
    assert post(client, problem, "reopen", words="Знову").status_code == 303
    assert f"problem_form:{problem.pk}:reopen" not in client.session
    problem.refresh_from_db()
    assert problem.state == "open"


def test_a_visitor_is_asked_to_sign_in_and_another_site_is_not_returned_to(
    client, make_problem, resident
):
    problem = make_problem("open")
    answer = post(client, problem, "follow")
    assert answer["Location"].startswith("/accounts/login/?next=")
    client.force_login(resident)
    answer = client.post(
        f"/problems/{problem.pk}/actions/follow/",
        {"next": "https://evil.example/"},
        headers={"Accept": "text/html"},
    )
    assert answer["Location"] == f"/problems/{problem.pk}/"


@pytest.mark.parametrize("target", ["foo", "web:problems", "//evil.example", "/a\r\nX-Evil: 1"])
def test_a_strange_address_to_return_to_breaks_nothing(client, make_problem, resident, target):
    problem = make_problem("open")
    client.force_login(resident)
    answer = client.post(
        f"/problems/{problem.pk}/actions/follow/", {"next": target}, headers={"Accept": "text/html"}
    )
    assert answer.status_code == 303
    assert "X-Evil" not in answer.headers


def test_letters_that_no_database_holds_break_no_action(client, make_problem, town):
    problem = make_problem("open")
    client.force_login(town.officers["clean"])
    assert (
        post(client, problem, "note", words="Ві\x00домо", organisation="clean\x00").status_code
        == 303
    )
    assert problem.history.last().words == "Відомо"


def test_an_action_is_not_a_link(client, make_problem, moderator):
    problem = make_problem("moderation")
    client.force_login(moderator)
    assert client.get(f"/problems/{problem.pk}/actions/publish/").status_code == 405
    answer = client.post(f"/problems/{problem.pk}/actions/destroy/")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("move", {"lon": "nan", "lat": "50"}),
        ("move", {"lon": "30.51", "lat": "x"}),
        ("merge", {"into": "99999999999"}),
        ("recategorise", {"category": "nothing"}),
        ("publish", {"expected_version": "v1"}),
        ("close", {"organisation": "clean", "attachments": "1;DROP"}),
        ("close", {"organisation": "clean", "draft_id": "no"}),
        ("announce", {"organisation": "clean", "planned_on": "tomorrow"}),
    ],
)
def test_unreadable_fields_are_refused_with_the_field_named(
    client, make_problem, administrator, action, fields
):
    problem = make_problem("open")
    client.force_login(administrator)
    answer = client.post(
        f"/problems/{problem.pk}/actions/{action}/",
        WORDS | fields,
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) <= set(fields)
