"""PostgreSQL itself keeps the life of a problem to the table of edges, whoever writes."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from geoportal.accounts.models import Membership, User
from geoportal.problems import receivers, services
from geoportal.problems.models import Problem, StateEdge, StatusChange
from geoportal.problems.workflow import EDGES, UNPUBLISHED, Action, Role, State, find_edges
from tests.geoportal.problems.steps_in_sql import (  # noqa: F401
    describe_action,
    describe_doer,
    describe_step,
    find_refusal,
    name_rule,
    one_in_each_state,
    refused,
    standing_states,
    try_steps,
)

RESTRICTED = "23001"


def test_table_of_edges_is_the_one_of_the_code(db):
    stored = set(StateEdge.objects.values_list("action", "source", "target", "role"))
    assert stored == {(e.action, e.source, e.target, e.role) for e in EDGES}
    reasons = {each.action: tuple(each.reasons) for each in StateEdge.objects.all()}
    assert {action: codes for action, codes in reasons.items() if codes} == {
        edge.action: edge.reasons for edge in EDGES if edge.reasons
    }


def test_a_table_of_edges_that_cannot_be_written_leaves_the_old_one(db, monkeypatch):
    before = StateEdge.objects.count()
    monkeypatch.setattr(receivers, "EDGES", (EDGES[0], EDGES[0]))
    with pytest.raises(IntegrityError):
        receivers.write_edges()
    assert StateEdge.objects.count() == before


def test_every_state_action_and_role_goes_as_the_table_says(one_in_each_state):
    tried: list[tuple[str, ...]] = []
    rows: list[dict[str, Any]] = []
    for source, problem in one_in_each_state.items():
        doers = [describe_doer(problem, role) for role in Role.values]
        for action, target in product(Action.values, State.values):
            step = describe_action(problem, action, target)
            later = timedelta(days=26 if action == Action.ARCHIVE else 0)
            for doer in doers:
                tried.append((source, action, doer["role"], target))
                rows.append(doer | step | {"created_at": doer["created_at"] + later})
    assert len(tried) == len(State) * len(Role) * len(Action) * len(State)
    wrong = [
        (*step, refusal)
        for step, refusal in zip(tried, try_steps(rows), strict=True)
        if refusal != (None if is_in_the_table(*step) else "problems_no_such_edge")
    ]
    assert wrong == []


def is_in_the_table(source: str, action: str, role: str, target: str) -> bool:
    return target in {edge.target for edge in find_edges(action, source, role)}


def test_steps_tried_at_once_are_refused_as_each_alone(one_in_each_state):
    closed = one_in_each_state[State.CLOSED]
    steps: tuple[tuple[Any, ...], ...] = (
        ("reopen", "open", "author", {"words": "  "}),
        ("reopen", "open", "author", {"actor": None}),
        ("reopen", "open", "author", {}),
        ("reopen", "accepted", "author", {}),
        ("reopen", "open", "author", {"source": "open"}),
    )
    alone = [find_refusal(closed, *step, **given) for *step, given in steps]
    assert try_steps([describe_step(closed, *step, **given) for *step, given in steps]) == alone
    assert alone[2] is None
    assert len(set(alone)) == len(alone)


def test_state_is_not_moved_past_the_history(one_in_each_state):
    for source, problem in one_in_each_state.items():
        for target in State.values:
            if target != source:
                with refused("problems_state_by_history"):
                    Problem.objects.filter(pk=problem.pk).update(state=target)


def test_a_step_from_another_state_is_refused(one_in_each_state):
    problem = one_in_each_state[State.OPEN]
    rule = find_refusal(problem, "accept", "accepted", "organisation", source="accepted")
    assert rule == "problems_state_is_another"


def test_words_and_a_listed_reason_are_asked_for(one_in_each_state):
    reopen, reject = ("reopen", "open", "author"), ("reject", "rejected", "moderator")
    close, retract = ("close", "closed", "organisation"), ("retract", "rejected", "moderator")
    for state, step, given, rule in (
        ("closed", reopen, {"words": "  "}, "problems_change_needs_words"),
        ("closed", reopen, {}, None),
        ("accepted", close, {"reason": "not_solvable"}, None),
        ("moderation", reject, {"reason": "slander"}, None),
        ("open", retract, {"reason": "mistake"}, None),
    ):
        assert find_refusal(one_in_each_state[state], *step, **given) == rule, (step, given)
    for state, step, reasons in (
        ("accepted", close, ("", "slander", "duplicate")),
        ("moderation", reject, ("", "solved", "because")),
        ("open", retract, ("", "solved")),
        ("open", ("merge", "closed", "moderator"), ("", "slander")),
    ):
        for reason in reasons:
            rule = find_refusal(one_in_each_state[state], *step, reason=reason)
            assert rule == "problems_change_needs_a_reason", (step, reason)


def test_only_the_author_acts_as_the_author(one_in_each_state, resident):
    closed, step = one_in_each_state[State.CLOSED], ("reopen", "open", "author")
    assert find_refusal(closed, *step) is None
    for actor in (resident.pk, None):
        assert find_refusal(closed, *step, actor=actor) == "problems_not_the_author"
    Problem.objects.filter(pk=closed.pk).update(reporter=None)
    assert find_refusal(closed, *step, actor=None) == "problems_not_the_author"


def test_only_moderators_and_administrators_act_as_moderators(
    one_in_each_state, administrator, moderator, author, town
):
    waiting, step = one_in_each_state[State.MODERATION], ("publish", "open", "moderator")
    assert find_refusal(waiting, *step, actor=administrator.pk) is None
    for actor in (author.pk, town.officers["clean"].pk, None):
        assert find_refusal(waiting, *step, actor=actor) == "problems_not_a_moderator"
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    assert find_refusal(waiting, *step) == "problems_not_a_moderator"


def test_only_officers_and_the_head_act_for_an_organisation(
    one_in_each_state, author, moderator, administrator, town
):
    problem, step = one_in_each_state[State.OPEN], ("accept", "accepted", "organisation")
    clean, officer = town.organisations["clean"], town.officers["clean"]
    assert find_refusal(problem, *step) is None
    others = (author.pk, moderator.pk, administrator.pk, town.officers["tidy"].pk, None)
    for actor in others:
        assert find_refusal(problem, *step, actor=actor) == "problems_not_a_worker"
    member = Membership.objects.filter(user=officer)
    for role, rule in (("viewer", "problems_not_a_worker"), ("head", None)):
        member.update(role=role)
        assert find_refusal(problem, *step, actor=officer.pk) == rule
    clean.is_active = False
    clean.save()
    assert find_refusal(problem, *step, actor=officer.pk) == "problems_not_a_worker"


def test_an_organisation_acts_on_what_it_holds(one_in_each_state, town):
    problem, roads = one_in_each_state[State.ACCEPTED], town.organisations["roads"]
    given = {"organisation": roads.pk, "actor": town.officers["roads"].pk}
    for step in (("close", "closed"), ("forward", "open")):
        rule = find_refusal(problem, *step, "organisation", **given)
        assert rule == "problems_not_assigned"


def test_only_who_lets_go_of_a_problem_forwards_it(one_in_each_state, town):
    problem, step = one_in_each_state[State.OPEN], ("forward", "open", "organisation")
    roads, now = town.organisations["roads"], timezone.now()
    given = {"organisation": roads.pk, "actor": town.officers["roads"].pk, "at": now}
    held = problem.assignments.create(
        organisation=roads, role="executor", created_at=now, ended_at=now, ended_as="forwarded"
    )
    assert find_refusal(problem, *step, **given) is None
    held.ended_at = now - timedelta(hours=1)
    held.save()
    assert find_refusal(problem, *step, **given) == "problems_not_assigned"


def test_reopening_rating_and_archive_keep_the_term(one_in_each_state):
    closed = one_in_each_state[State.CLOSED]
    closed.refresh_from_db()
    before, term = closed.archive_at - timedelta(microseconds=1), closed.archive_at
    for action, target, role, at, rule in (
        ("reopen", "open", "author", before, None),
        ("reopen", "open", "author", term, "problems_too_late_to_reopen"),
        ("rate", "closed", "author", before, None),
        ("rate", "closed", "author", term, "problems_too_late_to_rate"),
        ("archive", "archived", "system", before, "problems_too_early_to_archive"),
        ("archive", "archived", "system", term, None),
    ):
        assert find_refusal(closed, action, target, role, at=at) == rule, (action, at)


def test_a_step_is_not_written_before_the_state_it_starts_from(one_in_each_state):
    closed = one_in_each_state[State.CLOSED]
    step, since = ("reopen", "open", "author"), closed.state_since
    assert find_refusal(closed, *step, at=since - timedelta(minutes=1)) is None
    rule = find_refusal(closed, *step, at=since - timedelta(minutes=6))
    assert rule == "problems_before_its_state"


def test_a_duplicate_is_neither_reopened_nor_rated(one_in_each_state):
    closed = one_in_each_state[State.CLOSED]
    Problem.objects.filter(pk=closed.pk).update(resolution="duplicate")
    for step in (("reopen", "open"), ("rate", "closed")):
        assert find_refusal(closed, *step, "author") == "problems_joined_with_another"


def test_nobody_answers_what_was_never_asked(make_problem, town):
    problem = make_problem("open")
    assert find_refusal(problem, "answer", "open", "author") == "problems_nobody_asked"
    services.ask_author(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        words="Де саме?",
    )
    assert find_refusal(problem, "answer", "open", "author") is None


def test_archived_problem_is_untouchable_but_forgets_people(one_in_each_state):
    archived = Problem.objects.filter(pk=one_in_each_state[State.ARCHIVED].pk)
    changes: tuple[dict[str, Any], ...] = (
        {"title": "Інше"}, {"description": "Інше"}, {"votes": 5}, {"archive_at": None},
        {"rating": 5}, {"is_withdrawn": True, "is_public": False}, {"version": 99},
    )  # fmt: skip
    for change in changes:
        with refused("problems_archived"):
            archived.update(**change)
    assert archived.update(reporter=None, contact_phone="") == 1


def test_content_of_an_archived_problem_is_moved_by_moderators_rows_alone(
    one_in_each_state, author
):
    archived = one_in_each_state[State.ARCHIVED]
    new = {"new": {"title": "А", "description": "Б"}}
    for role in ("author", "moderator"):
        rule = find_refusal(archived, "edit", "archived", role, details=new)
        assert rule == "problems_no_such_edge"
    for action in ("withdraw", "bring_back"):
        rule = find_refusal(archived, action, "archived", "moderator", actor=author.pk)
        assert rule == "problems_not_a_moderator"
        rule = find_refusal(archived, action, "archived", "author")
        assert rule == "problems_no_such_edge"


def test_words_are_hidden_in_the_history_of_the_same_problem(one_in_each_state):
    closed, step = one_in_each_state[State.CLOSED], ("hide_words", "closed", "moderator")
    stranger = one_in_each_state[State.OPEN].history.first().pk
    for details in ({"change": stranger}, {"change": 0}, {}):
        assert find_refusal(closed, *step, details=details) == "problems_no_such_step"


def test_history_and_problems_are_neither_rewritten_nor_deleted(one_in_each_state):
    history = StatusChange.objects.filter(problem=one_in_each_state[State.OPEN])
    attempts = (
        lambda: history.update(words="Інше"),
        lambda: history.update(created_at=timezone.now()),
        lambda: history._raw_delete("default"),
        lambda: Problem.objects.all()._raw_delete("default"),
        lambda: connection.cursor().execute("TRUNCATE problems_statuschange CASCADE"),
        lambda: connection.cursor().execute("TRUNCATE problems_problem CASCADE"),
    )
    for attempt in attempts:
        with refused(RESTRICTED):
            attempt()
    assert history.update(actor=None) == history.count()


def test_only_what_was_never_published_loses_its_words(one_in_each_state):
    for state in (State.OPEN, State.ARCHIVED, State.MODERATION, State.REJECTED):
        history = StatusChange.objects.filter(problem=one_in_each_state[state])
        for values in ({"words": "Інше"}, {"details": {"a": 1}}, {"words": "", "reason": "x"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                history.update(**values)
        if state in UNPUBLISHED:
            assert history.update(words="", details={}) == history.count()
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                history.update(words="", details={"gone": 1})


def test_a_problem_begins_unpublished(town, author):
    for state in set(State.values) - {State.UNCONFIRMED, State.MODERATION}:
        now = timezone.now()
        with refused("problems_state_by_history"):
            Problem.objects.create(
                category=town.categories["rubbish"], title="Назва", description="Опис",
                geom=Point(30.51, 50.415, srid=4326), state=state, state_since=now,
                created_at=now, published_at=now, accepted_at=now, closed_at=now, archive_at=now,
                resolution="solved",
            )  # fmt: skip


def test_voices_are_given_to_living_problems_by_others(one_in_each_state, resident):
    for state, problem in one_in_each_state.items():
        allowed = state in (State.OPEN, State.ACCEPTED)
        for user, may in ((resident, allowed), (problem.reporter, False)):
            problem.followers.filter(user=user).delete()
            rule = None
            try:
                with transaction.atomic():
                    problem.followers.create(user=user, has_voice=True, created_at=timezone.now())
            except DatabaseError as error:
                rule = name_rule(error)
            assert rule == (None if may else "problems_takes_no_voice"), (state, user)
