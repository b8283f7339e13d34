"""The life of a problem from a pin to the archive, through the services."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from geoportal.core.errors import Conflict, NotAllowed, VersionMismatch
from geoportal.problems import services
from geoportal.problems.models import (
    Follower,
    Problem,
    RoutingDecision,
    StatusChange,
)
from geoportal.problems.routing.deciding import OutsideCommunity
from layers.models import Feature
from tests.geoportal.problems.conftest import (
    OUTSIDE,
    SOUTH_EAST,
    SOUTH_WEST,
    write_user,
)


def find_feature(problem: Problem) -> Feature | None:
    return Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).first()


def test_report_goes_from_moderation_to_the_archive(make_problem, town):
    problem = make_problem("archived")
    assert problem.state == "archived"
    assert [change.action for change in problem.history.all()] == [
        "report", "publish", "accept", "close", "archive",
    ]  # fmt: skip
    feature = find_feature(problem)
    assert feature.properties["status"] == "archived"
    assert feature.properties["organisation_slug"] == "clean"
    assert feature.internal == {}


def test_nothing_is_public_before_publication(make_problem):
    for state in ("moderation", "rejected"):
        assert find_feature(make_problem(state)) is None


def test_who_has_not_confirmed_waits_and_then_goes_to_moderation(make_report):
    newcomer = write_user("newcomer", confirmed=False)
    problem = services.report_problem(actor=newcomer, report=make_report())
    assert (problem.state, problem.due_at) == ("unconfirmed", None)
    assert services.confirm_reports(user=newcomer) == 1
    problem.refresh_from_db()
    assert problem.state == "moderation"
    assert problem.due_at is not None


def test_problem_goes_to_whose_area_holds_it(make_problem):
    north, south = make_problem("open"), make_problem("open", place=SOUTH_WEST)
    assert north.organisation.slug == "clean"
    assert south.organisation.slug == "tidy"
    decision = south.decisions.get()
    assert {each["key"] for each in decision.territories} == {"town", "west", "south"}
    assert [each["organisation_name"] for each in decision.candidates if each["wins"]] == [
        "КП «council»", "КП «tidy»",
    ]  # fmt: skip
    roles = {each.organisation.slug: each.role for each in south.assignments.all()}
    assert roles == {"tidy": "executor", "council": "controller"}


def test_outside_the_community_is_refused_with_a_reason(make_report, author):
    with pytest.raises(OutsideCommunity):
        services.report_problem(actor=author, report=make_report(place=OUTSIDE))
    assert not Problem.objects.exists()


def test_nobody_responsible_leaves_it_to_the_dispatcher(make_problem, moderator, town):
    problem = make_problem("open", category="stray")
    assert problem.organisation is None
    assert not problem.assignments.exists()
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations["council"]
    )
    problem.refresh_from_db()
    assert problem.organisation.slug == "council"


def test_moderator_publishes_only_what_was_read(make_report, author, moderator):
    problem = services.report_problem(actor=author, report=make_report())
    seen = Problem.objects.get(pk=problem.pk).version
    services.edit_report(
        actor=author, number=problem.pk, report=make_report(title="Інша назва проблеми")
    )
    with pytest.raises(VersionMismatch):
        services.publish_problem(actor=moderator, number=problem.pk, expected_version=seen)
    assert find_feature(problem) is None


def test_moving_the_pin_routes_again_and_opens_what_the_old_one_took(make_problem, moderator, town):
    problem = make_problem("accepted")
    services.move_problem(
        actor=moderator, number=problem.pk, lon=SOUTH_EAST[0], lat=SOUTH_EAST[1], words="Не там."
    )
    problem.refresh_from_db()
    assert (problem.state, problem.organisation.slug) == ("open", "tidy")
    assert problem.accepted_at is None
    assert "accepted_on" not in find_feature(problem).properties
    change = problem.history.last()
    assert change.details["from_organisation"] == town.organisations["clean"].pk
    assert change.details["to_organisation"] == town.organisations["tidy"].pk
    ended = problem.assignments.get(organisation__slug="clean")
    assert ended.ended_as == "rerouted"
    causes = [each.cause for each in RoutingDecision.objects.filter(problem=problem)]
    assert causes == ["publication", "place"]


def test_changing_the_category_routes_again(make_problem, moderator, town):
    problem = make_problem("open")
    services.recategorise_problem(
        actor=moderator,
        number=problem.pk,
        category=town.categories["pothole"],
        words="Це про дорогу.",
    )
    problem.refresh_from_db()
    assert problem.organisation.slug == "roads"


def test_a_private_category_is_never_public(make_problem, moderator, town):
    problem = make_problem("open", category="abuse", worker="council")
    assert not problem.is_public
    assert find_feature(problem) is None
    shown = make_problem("open")
    services.recategorise_problem(
        actor=moderator, number=shown.pk, category=town.categories["abuse"], words="Не публічне."
    )
    assert find_feature(shown) is None


def test_a_public_problem_is_not_joined_with_one_that_its_followers_cannot_see(
    make_problem, moderator, town
):
    private = make_problem("open", category="abuse", worker="council")
    shown, waiting = make_problem("open"), make_problem("moderation")
    for problem in (shown, waiting):
        with pytest.raises(Conflict, match=str(private.pk)):
            services.merge_problem(actor=moderator, number=problem.pk, into=private.pk)
        problem.refresh_from_db()
        assert problem.merged_into is None
    services.merge_problem(actor=moderator, number=private.pk, into=shown.pk)
    assert Problem.objects.get(pk=private.pk).merged_into == shown


def test_several_organisations_take_it_each_for_something(make_problem, town):
    problem = make_problem("accepted")
    services.accept_problem(
        actor=town.officers["council"],
        organisation=town.organisations["council"],
        number=problem.pk,
    )
    taken = {each.organisation.slug: each.purpose for each in problem.assignments.all()}
    assert taken == {"clean": "solution", "council": "control"}
    with pytest.raises(Conflict):
        services.close_problem(
            actor=town.officers["council"],
            organisation=town.organisations["council"],
            number=problem.pk,
            resolution="solved",
            words="Контроль не закриває.",
        )


def test_forwarding_by_the_only_one_who_took_it_opens_it(make_problem, town):
    problem = make_problem("accepted")
    services.forward_problem(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        to=town.organisations["roads"],
        words="Це на проїжджій частині.",
    )
    problem.refresh_from_db()
    assert (problem.state, problem.organisation.slug) == ("open", "roads")
    assert "accepted_on" not in find_feature(problem).properties
    with pytest.raises(NotAllowed):
        services.accept_problem(
            actor=town.officers["clean"],
            organisation=town.organisations["clean"],
            number=problem.pk,
        )


def test_passing_on_by_who_only_controls_gives_the_executor_no_more_time(make_problem, town):
    problem = make_problem("open")
    services.forward_problem(
        actor=town.officers["council"],
        organisation=town.organisations["council"],
        number=problem.pk,
        to=town.organisations["roads"],
        words="Контролює відділ доріг.",
        at=problem.published_at + timedelta(days=8),
    )
    due_at = problem.due_at
    problem.refresh_from_db()
    assert (problem.due_at, problem.organisation.slug) == (due_at, "clean")


def test_a_pause_is_not_counted_twice_when_the_terms_begin_anew(make_problem, town, author):
    problem = make_problem("accepted")
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.ask_author(**who, number=problem.pk, words="Де?", at=problem.accepted_at)
    passed_on = problem.accepted_at + timedelta(days=20)
    services.forward_problem(
        **who, number=problem.pk, to=town.organisations["roads"], words="Дорога.", at=passed_on
    )
    before = Problem.objects.get(pk=problem.pk).due_at
    services.answer_question(actor=author, number=problem.pk, words="Тут.", at=passed_on)
    problem.refresh_from_db()
    assert problem.due_at == before


def test_the_clock_goes_on_when_who_was_asked_has_left(make_problem, town, author):
    problem = make_problem("accepted")
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.ask_author(**who, number=problem.pk, words="Де?", at=problem.accepted_at)
    with time_machine.travel(problem.accepted_at + timedelta(days=7, hours=1), tick=False):
        services.forget_person(user=author)
    left = Problem.objects.get(pk=problem.pk)
    assert (left.asked_at, left.reporter) == (None, None)
    assert timedelta(days=7) <= left.due_at - problem.due_at <= timedelta(days=10, hours=1)


def test_published_anew_it_is_accepted_anew(make_problem, moderator, town):
    """Taken from publication while in work: neither the acceptance nor the promise stands."""
    problem = make_problem("accepted")
    at = problem.accepted_at + timedelta(hours=1)
    services.retract_problem(
        actor=moderator, number=problem.pk, reason="mistake", words="Ще раз.", at=at
    )
    services.restore_problem(actor=moderator, number=problem.pk, at=at)
    services.publish_problem(actor=moderator, number=problem.pk, at=at)
    problem.refresh_from_db()
    assert (problem.state, problem.accepted_at) == ("open", None)
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.accept_problem(**who, number=problem.pk, at=at)
    problem.refresh_from_db()
    assert (problem.accepted_at, problem.due_at) == (at, problem.solution_due_at)


def test_merging_keeps_followers_and_adds_their_voices(make_problem, moderator, author):
    standing = make_problem("open")
    second, third = write_user("second"), write_user("third")
    duplicate = make_problem("open", by=second)
    services.join_problem(actor=third, number=duplicate.pk)
    services.merge_problem(actor=moderator, number=duplicate.pk, into=standing.pk)
    standing.refresh_from_db()
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.resolution) == ("closed", "duplicate")
    assert standing.votes == 2
    assert {each.user for each in standing.followers.all()} == {author, second, third}
    assert find_feature(duplicate).properties["merged_into"] == standing.pk
    assert find_feature(standing).properties["votes"] == 2


def test_joining_twice_is_one_voice_and_the_author_has_none(make_problem, author):
    problem, other = make_problem("open"), write_user("other")
    for _ in range(2):
        services.join_problem(actor=other, number=problem.pk)
    problem.refresh_from_db()
    assert problem.votes == 1
    with pytest.raises(Conflict):
        services.join_problem(actor=author, number=problem.pk)
    with pytest.raises(NotAllowed):
        services.join_problem(actor=write_user("x", confirmed=False), number=problem.pk)


def test_sending_twice_makes_one_report(make_report, author):
    request = make_report(client_request_id="6f4d7f2c-6a53-4cc2-9a41-0f6ecf2f0001")
    first = services.report_problem(actor=author, report=request)
    assert services.report_problem(actor=author, report=request) == first
    with pytest.raises(Conflict):
        services.report_problem(actor=write_user("thief"), report=request)
    assert StatusChange.objects.count() == 1


def test_a_merge_by_mistake_gives_the_voices_back(make_problem, moderator, author):
    standing = make_problem("open")
    second = write_user("second")
    duplicate = make_problem("moderation", by=second)
    services.merge_problem(actor=moderator, number=duplicate.pk, into=standing.pk)
    standing.refresh_from_db()
    assert standing.votes == 1
    services.restore_problem(actor=moderator, number=duplicate.pk)
    standing.refresh_from_db()
    assert standing.votes == 0
    assert {each.user for each in standing.followers.all()} == {author}


def test_a_voice_given_after_a_merge_stays_when_it_is_taken_back(make_problem, moderator):
    standing = make_problem("open")
    second, third = write_user("second"), write_user("third")
    duplicate = make_problem("moderation", by=second)
    Follower.objects.create(problem=duplicate, user=third, created_at=timezone.now())
    services.merge_problem(actor=moderator, number=duplicate.pk, into=standing.pk)
    services.join_problem(actor=third, number=standing.pk)
    services.restore_problem(actor=moderator, number=duplicate.pk)
    standing.refresh_from_db()
    assert standing.votes == 1
    assert standing.followers.get(user=third).has_voice
    assert not standing.followers.filter(user=second).exists()


def test_what_was_joined_or_archived_is_not_followed(make_problem, moderator):
    standing, duplicate = make_problem("open"), make_problem("open")
    services.merge_problem(actor=moderator, number=duplicate.pk, into=standing.pk)
    other = write_user("other")
    for problem in (duplicate, make_problem("archived")):
        with pytest.raises(Conflict):
            services.follow_problem(actor=other, number=problem.pk)
        assert not problem.followers.filter(user=other).exists()


def test_a_publication_taken_back_and_refused_may_be_sent_again(make_problem, moderator, author):
    problem = make_problem("open")
    why = {"reason": "personal_data", "words": "На фото видно людину."}
    services.retract_problem(actor=moderator, number=problem.pk, **why)
    services.restore_problem(actor=moderator, number=problem.pk)
    services.reject_problem(actor=moderator, number=problem.pk, **why)
    services.resubmit_report(actor=author, number=problem.pk)
    problem.refresh_from_db()
    assert problem.state == "moderation"
