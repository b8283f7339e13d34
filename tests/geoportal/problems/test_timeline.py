"""The history in words, and what each reader is told of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from geoportal.problems import services
from geoportal.problems.forms.abilities import is_waiting_for_author, list_abilities
from geoportal.problems.history.standing import describe_standing
from geoportal.problems.history.timeline import Reader, build_headline, list_events, read_as
from geoportal.problems.models import Problem, Responsibility
from geoportal.problems.routing.assignments import list_in_force
from geoportal.problems.routing.explanation import find_explanation
from geoportal.problems.templatetags.problem_display import due_of_what
from geoportal.problems.workflow import EDGES, INTERNAL
from layers.models import Feature
from tests.geoportal.problems.conftest import SOUTH_EAST, write_user
from tests.geoportal.problems.test_reassignment import move_border

NOBODY = AnonymousUser()
EVERYONE, AUTHOR, STAFF = Reader(), Reader(is_author=True), Reader(sees_internal=True)
MODERATOR = Reader(sees_internal=True, sees_hidden=True)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def clean(town):
    return {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}


def list_headlines(problem: Problem, reader: Reader = EVERYONE) -> list[str]:
    return [event.headline for event in list_events(problem, reader)]


def test_a_life_is_told_in_order(make_problem, author):
    problem = make_problem("closed")
    services.rate_result(actor=author, number=problem.pk, rating=4, words="Добре")
    assert list_headlines(problem) == [
        "Reported",
        "Published",
        "Accepted for solution",
        "Closed: solved",
        "The author confirmed the result and rated it 4 of 5",
    ]


def test_organisations_are_named_where_a_problem_was_passed_on(town, make_problem, clean):
    problem = make_problem("accepted")
    services.forward_problem(
        **clean, number=problem.pk, to=town.organisations["roads"], words="Це на дорозі."
    )
    event = list_events(problem, EVERYONE)[-1]
    assert event.headline == "Passed to: КП «roads»"
    assert (event.who, event.words) == ("КП «clean»", "Це на дорозі.")


def test_a_move_that_changes_the_executor_says_to_whom(moderator, make_problem):
    problem = make_problem()
    services.move_problem(
        actor=moderator, number=problem.pk, lon=SOUTH_EAST[0], lat=SOUTH_EAST[1], words="Тут."
    )
    assert list_headlines(problem)[-1] == "The place was corrected; passed to: КП «tidy»"


def test_what_was_said_before_publication_stays_between_author_and_moderators(
    moderator, author, make_problem
):
    problem = make_problem("moderation")
    services.reject_problem(actor=moderator, number=problem.pk, reason="slander", words="Грубо.")
    services.resubmit_report(actor=author, number=problem.pk)
    services.publish_problem(actor=moderator, number=problem.pk)
    assert list_headlines(problem) == ["Reported", "Published"]
    assert "Not published: slander or insult" in list_headlines(problem, AUTHOR)
    assert list_headlines(problem, STAFF) == ["Reported", "Published"]
    assert len(list_headlines(problem, MODERATOR)) == 4


@pytest.mark.parametrize("action", INTERNAL)
def test_internal_rows_are_for_staff(make_problem, clean, action):
    problem = make_problem("accepted", at=timezone.now() - timedelta(days=80))
    services.add_note(**clean, number=problem.pk, words="Чекаємо на деталі.")
    services.remind_overdue()
    for reader in (EVERYONE, AUTHOR):
        assert action not in {event.action for event in list_events(problem, reader)}
    assert action in {event.action for event in list_events(problem, STAFF)}


def test_every_action_of_the_table_has_words(town, make_problem):
    """No row of any history is told by its code."""
    problem = make_problem()
    change = problem.history.last()
    for action in {edge.action for edge in EDGES}:
        change.action, change.reason, change.details = action, "", {"planned_on": "2027-01-02"}
        assert build_headline(change, {}) not in ("", action)


def test_officers_are_named_to_staff_only(town, make_problem):
    officer = town.officers["clean"]
    officer.first_name, officer.last_name = "Петро", "Сила"
    officer.save()
    problem = make_problem("accepted")
    assert [event.who for event in list_events(problem, EVERYONE)][-1] == "КП «clean»"
    assert [event.who for event in list_events(problem, STAFF)][-1] == "КП «clean» · Петро Сила"


@pytest.mark.parametrize("rows", [1, 12])
def test_a_history_costs_three_queries(make_problem, clean, django_assert_max_num_queries, rows):
    problem = make_problem("accepted")
    for _ in range(rows):
        services.add_note(**clean, number=problem.pk, words="Нотатка.")
    with django_assert_max_num_queries(3):
        list_events(problem, STAFF)


def test_readers_are_told_by_who_they_are(town, make_problem, author, moderator):
    problem = make_problem()
    assert read_as(NOBODY, problem) == Reader()
    assert read_as(author, problem) == Reader(is_author=True)
    assert read_as(moderator, problem) == Reader(sees_internal=True, sees_hidden=True)
    assert read_as(town.officers["clean"], problem) == Reader(sees_internal=True)
    assert read_as(town.officers["roads"], problem) == Reader()


# Where it stands


def stand(problem: Problem):
    problem.refresh_from_db()
    return describe_standing(problem, list(list_in_force(problem)))


@pytest.mark.parametrize(
    ("state", "now", "then"),
    [
        ("moderation", "Only you and the moderators", "A moderator decides by"),
        ("rejected", "A moderator did not publish", "send it again"),
        ("open", "Published and given to: КП «clean»", "to be accepted by"),
        ("accepted", "In work: КП «clean»", "A solution or an explanation is due by"),
        ("closed", "Solved on", "can open it again until"),
    ],
)
def test_each_state_says_what_comes_next(make_problem, state, now, then):
    standing = stand(make_problem(state))
    assert now in standing.now
    assert then in standing.then
    assert standing.late == ""


def test_a_promise_takes_the_place_of_the_term(make_problem, clean):
    problem = make_problem("accepted")
    day = timezone.localdate() + timedelta(days=50)
    services.announce_date(**clean, number=problem.pk, planned_on=day, words="Закупівля.")
    assert f"promises to do it by {day.day} {day:%B %Y}" in stand(problem).then


def test_lateness_is_counted_from_the_last_day_in_time(make_problem):
    problem = make_problem()
    Problem.objects.filter(pk=problem.pk).update(
        due_at=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    )
    assert stand(problem).late == "The deadline passed 1 day ago."


def test_nobody_becomes_late_while_the_author_is_asked(make_problem, clean):
    problem = make_problem("accepted")
    services.ask_author(**clean, number=problem.pk, words="Де саме?")
    Problem.objects.filter(pk=problem.pk).update(
        asked_at=timezone.now() - timedelta(days=9), due_at=timezone.now() - timedelta(days=8)
    )
    assert stand(problem).late == ""
    assert "the deadline stands still" in stand(problem).then


def test_a_question_does_not_hide_that_it_is_late(make_problem, clean):
    problem = make_problem("accepted", at=timezone.now() - timedelta(days=80))
    services.ask_author(**clean, number=problem.pk, words="Де саме?")
    assert "The deadline passed" in stand(problem).late
    assert "after the deadline had passed" in stand(problem).then


def test_control_alone_is_no_work(make_problem, town):
    problem = make_problem()
    services.accept_problem(
        actor=town.officers["council"], organisation=town.organisations["council"],
        number=problem.pk,
    )  # fmt: skip
    standing = stand(problem)
    assert standing.now == ("Under control of: КП «council». Nobody has taken it for solution yet.")
    assert "It is to be accepted by" in standing.then
    assert due_of_what(problem) == "Acceptance"
    clean = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.accept_problem(**clean, number=problem.pk)
    assert stand(problem).now == "In work: КП «clean»."
    assert due_of_what(problem) == "Solution or explanation"


def test_nobody_responsible_is_said(make_problem):
    problem = make_problem(category="stray")
    assert "a dispatcher chooses one" in stand(problem).now


# Why this organisation


def explain(problem: Problem, *layers: str, full: bool = False):
    return find_explanation(NOBODY, problem, layers, full=full)


def test_the_rule_that_won_is_told_with_its_territory(make_problem):
    problem = make_problem()
    text = " ".join(explain(problem, "service_areas_waste").sentences)
    assert "“North” (service_areas_waste); there КП «clean» answers for “Waste”" in text
    assert "Controls the work: КП «council»" in text
    assert explain(problem).candidates == ()


def test_a_territory_of_staff_in_an_open_layer_is_not_named(make_problem, town):
    problem = make_problem()
    Feature.objects.filter(layer=town.waste_areas, key="north").update(visibility="staff")
    text = " ".join(explain(problem, "service_areas_waste").sentences)
    assert "North" not in text
    assert "КП «clean» answers for this category at this place" in text


def test_a_rule_for_the_whole_community_says_so(make_problem):
    problem = make_problem(category="pothole", worker="roads")
    text = " ".join(explain(problem).sentences)
    assert "КП «roads» answers for “Pothole” in the whole community" in text


def test_no_rule_is_explained_too(make_problem):
    assert "a dispatcher chooses" in explain(make_problem(category="stray")).sentences[0]


def test_a_near_border_names_who_is_across(town, moderator, make_problem):
    problem = make_problem("moderation", place=(30.51, 50.41003))
    services.publish_problem(actor=moderator, number=problem.pk, border_confirmed=True)
    text = " ".join(explain(problem, "service_areas_waste").sentences)
    assert "“South” is 3 m away; there КП «tidy» would answer" in text
    assert "A moderator checked on which side" in text


def test_a_problem_passed_on_by_hand_says_with_whom_it_is(town, make_problem, clean):
    problem = make_problem("accepted")
    services.forward_problem(
        **clean, number=problem.pk, to=town.organisations["roads"], words="Це ваше."
    )
    problem.refresh_from_db()
    assert "now it is with: КП «roads»" in explain(problem).sentences[-1]


def test_a_side_that_a_moderator_chose_is_told_as_a_choice(moderator, make_problem):
    problem = make_problem("moderation", place=(30.51, 50.41003))
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    text = " ".join(explain(problem, "service_areas_waste").sentences)
    assert "a moderator looked and counted it to the territory “South”" in text
    assert "The place lies in" not in text
    assert "“North” is 3 m away; there КП «clean» would answer" in text


def test_a_problem_that_stayed_with_who_took_it_was_not_passed_on(town, make_problem):
    problem = make_problem("accepted")
    move_border(town.waste_areas, 50.4199)
    services.reassign_problems(cause="territory")
    problem.refresh_from_db()
    text = " ".join(explain(problem, "service_areas_waste").sentences)
    assert "there КП «tidy» answers" in text
    assert "КП «clean» had taken the problem before, so it stays with them" in text
    assert "passed on" not in text


def test_a_change_of_who_controls_is_told_as_that(town, make_problem):
    problem = make_problem()
    Responsibility.objects.filter(role="controller").delete()
    services.reassign_problems()
    headline = list_events(problem, EVERYONE)[-1].headline
    assert headline == "Others consider or control it now"


def test_before_publication_there_is_nothing_to_explain(make_problem):
    assert explain(make_problem("moderation")) is None


# What may be done


def test_abilities_of_a_visitor_and_of_the_author(make_problem, author):
    problem = make_problem()
    assert list_abilities(NOBODY, problem).may_join
    own = list_abilities(author, problem)
    assert (own.is_author, own.may_join, own.follows, own.may_edit) == (True, False, True, False)


def test_a_closed_problem_is_rated_and_opened_again_until_the_last_moment(make_problem, author):
    problem = make_problem("closed")
    just_before = problem.archive_at - timedelta(seconds=1)
    assert list_abilities(author, problem, just_before).may_reopen
    assert not list_abilities(author, problem, problem.archive_at).may_reopen
    assert not list_abilities(write_user("other"), problem).may_rate
    assert is_waiting_for_author(problem)


def test_offered_actions_are_those_that_the_services_take(make_problem, author):
    """What is offered for each state is done without a refusal."""
    offers = {
        "may_resubmit": lambda p: services.resubmit_report(actor=author, number=p.pk),
        "may_rate": lambda p: services.rate_result(actor=author, number=p.pk, rating=5),
        "may_reopen": lambda p: services.reopen_problem(actor=author, number=p.pk, words="Знову."),
    }
    for state in ("moderation", "rejected", "open", "accepted", "closed"):
        for name, run in offers.items():
            problem = make_problem(state)
            if getattr(list_abilities(author, problem), name):
                run(problem)


def test_actions_that_wait_for_nobody_are_not_offered(make_problem, author):
    problem = make_problem("accepted")
    assert not list_abilities(author, problem).may_answer
    assert not is_waiting_for_author(problem)
