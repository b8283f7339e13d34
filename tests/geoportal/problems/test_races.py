"""People act on one problem at the same moment; real connections, real commits."""

import itertools
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest
from django.contrib.gis.geos import Polygon
from django.db import connection, transaction

from geoportal.core.errors import Conflict, DomainError, VersionMismatch
from geoportal.problems import services
from geoportal.problems.models import Assignment, Problem, StatusChange
from layers.models import Changeset, Feature
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.geoportal.problems.conftest import EAST, MIDDLE_LAT, SOUTH, WEST, write_user
from tests.geoportal.problems.test_reassignment import move_border

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each on its own connection; a refusal is a result."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return work()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def list_refusals(results: Sequence[object]) -> list[object]:
    return [result for result in results if isinstance(result, DomainError)]


def require_consistent(problem: Problem) -> Problem:
    """State, history, public feature and versions say the same."""
    problem = Problem.objects.get(pk=problem.pk)
    history = list(problem.history.order_by("pk"))
    for earlier, later in itertools.pairwise(history):
        assert earlier.to_state == later.from_state
    assert history[-1].to_state == problem.state
    assert problem.version == len(history)
    feature = Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).first()
    assert (feature is not None) == problem.is_shown
    if feature is not None:
        assert feature.properties["status"] == problem.state
        assert feature.properties["title"] == problem.title
        assert feature.properties["votes"] == problem.votes
    return problem


@pytest.mark.parametrize("turn", range(3))
def test_two_organisations_accept_at_the_same_moment(make_problem, town, turn):
    problem = make_problem("open")
    results = at_once(
        *(
            lambda slug=slug: services.accept_problem(
                actor=town.officers[slug],
                organisation=town.organisations[slug],
                number=problem.pk,
            )
            for slug in ("clean", "council")
        )
    )
    assert list_refusals(results) == []
    problem = require_consistent(problem)
    assert problem.state == "accepted"
    accepted = Assignment.objects.filter(problem=problem, accepted_at__isnull=False)
    assert {each.organisation.slug for each in accepted} == {"clean", "council"}
    assert problem.organisation.slug == "clean"
    assert problem.accepted_at == accepted.get(organisation=problem.organisation).accepted_at


def test_the_same_organisation_accepts_once(make_problem, town):
    problem = make_problem("open")
    results = at_once(
        *[
            lambda: services.accept_problem(
                actor=town.officers["clean"],
                organisation=town.organisations["clean"],
                number=problem.pk,
            )
        ]
        * 4
    )
    assert [type(refusal) for refusal in list_refusals(results)] == [Conflict] * 3
    assert problem.history.filter(action="accept").count() == 1
    require_consistent(problem)


@pytest.mark.parametrize("turn", range(4))
def test_a_moderator_publishes_while_the_author_edits(make_report, author, moderator, turn):
    problem = services.report_problem(actor=author, report=make_report())
    version = Problem.objects.get(pk=problem.pk).version
    published, edited = at_once(
        lambda: services.publish_problem(
            actor=moderator, number=problem.pk, expected_version=version
        ),
        lambda: services.edit_report(
            actor=author, number=problem.pk, report=make_report(title="Зовсім інша назва")
        ),
    )
    problem = require_consistent(problem)
    if isinstance(published, DomainError):
        assert isinstance(published, VersionMismatch)
        assert (problem.state, problem.title) == ("moderation", "Зовсім інша назва")
    else:
        assert isinstance(edited, Conflict)
        assert (problem.state, problem.title) == ("open", "Купа сміття біля контейнера")


def test_the_same_report_sent_five_times_in_parallel_is_one(make_report, author):
    report = make_report(client_request_id=uuid.uuid4())
    results = at_once(*[lambda: services.report_problem(actor=author, report=report)] * 5)
    assert list_refusals(results) == []
    assert len({result.pk for result in results}) == 1
    assert Problem.objects.count() == 1
    assert StatusChange.objects.count() == 1
    assert results[0].followers.count() == 1


def test_the_first_publications_make_one_layer(make_report, author, moderator):
    reported = [services.report_problem(actor=author, report=make_report()) for _ in range(4)]
    results = at_once(
        *(
            lambda number=problem.pk: services.publish_problem(actor=moderator, number=number)
            for problem in reported
        )
    )
    assert list_refusals(results) == []
    assert Feature.objects.filter(layer__slug="problems").count() == 4


def test_voices_given_at_once_are_all_counted(make_problem):
    problem = make_problem("open")
    people = [write_user(f"neighbour-{number}") for number in range(6)]
    at_once(
        *(
            lambda user=user: services.join_problem(actor=user, number=problem.pk)
            for user in [*people, people[0]]
        )
    )
    assert require_consistent(problem).votes == 6


def test_two_problems_merged_into_each_other_do_not_lock_up(make_problem, moderator):
    first, second = make_problem("open"), make_problem("open")
    results = at_once(
        lambda: services.merge_problem(actor=moderator, number=first.pk, into=second.pk),
        lambda: services.merge_problem(actor=moderator, number=second.pk, into=first.pk),
    )
    assert len(list_refusals(results)) == 1
    merged = [each for each in (first, second) if require_consistent(each).state == "closed"]
    assert len(merged) == 1


def test_borders_change_while_people_work(make_problem, town, settings):
    problems = [make_problem("open") for _ in range(6)]
    area = Polygon.from_bbox((WEST, SOUTH, EAST, 50.4199))
    area.srid = 4326
    strip = Polygon.from_bbox((WEST, 50.4199, EAST, MIDDLE_LAT + 0.01))
    strip.srid = 4326

    def move_border() -> None:
        rows = [
            StagedRow("south", area.hexewkb.decode(), "{}"),
            StagedRow("north", strip.hexewkb.decode(), "{}"),
        ]
        apply_changeset(layer=town.waste_areas, rows=rows, kind=Changeset.Kind.IMPORT)
        services.reassign_problems(layer=town.waste_areas, touched=["north", "south"])

    at_once(
        move_border,
        *(
            lambda number=problem.pk: services.accept_problem(
                actor=town.officers["clean"],
                organisation=town.organisations["clean"],
                number=number,
            )
            for problem in problems
        ),
    )
    for problem in problems:
        problem = require_consistent(problem)
        holder = "clean" if problem.state == "accepted" else "tidy"
        assert problem.organisation.slug == holder
        executors = problem.assignments.filter(ended_at=None, role="executor")
        assert [each.organisation.slug for each in executors] == [holder]


def test_taking_a_merge_back_and_merging_the_other_way_do_not_lock_up(make_problem, moderator):
    for _ in range(3):
        first, second = make_problem("open"), make_problem("moderation")
        services.merge_problem(actor=moderator, number=second.pk, into=first.pk)
        at_once(
            partial(services.merge_problem, actor=moderator, number=first.pk, into=second.pk),
            partial(services.restore_problem, actor=moderator, number=second.pk),
        )
        assert require_consistent(second).state == "moderation"


def wait_until_somebody_waits() -> None:
    """Another connection waits for a lock, or has nothing to wait for."""
    for _ in range(40):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


@pytest.mark.parametrize("act", ["publish", "recategorise", "reopen"])
def test_new_borders_do_not_miss_what_is_decided_by_the_old_ones(
    make_problem, make_report, author, moderator, town, act
):
    """Routed by the old borders, not committed yet when the new ones are joined."""
    number = make_problem(
        {"publish": "moderation", "recategorise": "open", "reopen": "closed"}[act],
        **({"category": "stray"} if act == "recategorise" else {}),
    ).pk
    works = {
        "publish": lambda: services.publish_problem(actor=moderator, number=number),
        "recategorise": lambda: services.recategorise_problem(
            actor=moderator, number=number, category=town.categories["rubbish"], words="Сміття."
        ),
        "reopen": lambda: services.reopen_problem(actor=author, number=number, words="Знову."),
    }
    decided = Event()

    def decide() -> None:
        with transaction.atomic():
            works[act]()
            decided.set()
            wait_until_somebody_waits()

    def join() -> None:
        decided.wait(timeout=20)
        move_border(town.waste_areas, 50.4199)
        services.reassign_problems(layer=town.waste_areas, touched=["north", "south"])

    at_once(decide, join)
    problem = require_consistent(Problem.objects.get(pk=number))
    assert problem.territories.get(layer=town.waste_areas).key == "south"
    assert problem.organisation.slug == "tidy"
