"""Which requests are listed: filters, spans, pages, and what is hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geoportal.problems import services
from geoportal.problems.open311.dialect import write_moment
from tests.geoportal.problems.conftest import NORTH_WEST, SOUTH_EAST, SOUTH_WEST


def list_ids(rows: list[dict[str, str]]) -> set[int]:
    return {int(row["service_request_id"]) for row in rows}


def test_ids_leave_every_other_parameter_out_of_account(ask, make_problem):
    old = make_problem("closed", at=timezone.now() - timedelta(days=300))
    new, other = make_problem("open"), make_problem("open")
    wanted = f"{old.pk}, {new.pk},0,abc,{'9' * 40}"
    assert list_ids(ask("requests", service_request_id=wanted, status="open")) == {old.pk, new.pk}
    assert other.pk not in list_ids(ask("requests", service_request_id=wanted))


def test_lists_of_services_and_statuses_are_separated_by_commas(ask, make_problem):
    rubbish = make_problem("open")
    pothole = make_problem("closed", category="pothole", worker="roads")
    stray = make_problem("open", category="stray")
    assert list_ids(ask("requests", service_code="rubbish,stray")) == {rubbish.pk, stray.pk}
    assert list_ids(ask("requests", service_code=["rubbish", "pothole"])) == {
        rubbish.pk,
        pothole.pk,
    }
    assert list_ids(ask("requests", status="closed")) == {pothole.pk}
    assert list_ids(ask("requests", status="open,closed")) == {rubbish.pk, pothole.pk, stray.pk}
    assert ask("requests", service_code="nothing") == []
    assert len(ask("requests", service_code="", status="")) == 3


def test_without_dates_the_last_ninety_days_are_listed(ask, make_problem):
    now = timezone.now()
    recent = make_problem("open", at=now - timedelta(days=89))
    make_problem("open", at=now - timedelta(days=91))
    assert list_ids(ask("requests")) == {recent.pk}


def test_dates_choose_by_the_time_of_the_report(ask, make_problem):
    moment = datetime(2026, 3, 10, 12, tzinfo=UTC)
    problem = make_problem("open", at=moment)
    for start, end, found in (
        ("2026-03-10T12:00:00Z", "2026-03-11", True),
        ("2026-03-10T14:00:00 02:00", "2026-03-10", True),
        ("2026-03-10", "", True),
        ("", "2026-03-10", True),
        ("2026-03-10T12:00:01Z", "", False),
        ("2026-03-11", "2026-03-20", False),
    ):
        rows = ask("requests", start_date=start, end_date=end)
        assert list_ids(rows) == ({problem.pk} if found else set()), (start, end)


def test_span_of_more_than_ninety_days_is_refused(ask):
    (error,) = ask("requests", 400, start_date="2026-01-01", end_date="2026-06-01")
    assert (error["code"], "90" in error["description"]) == (400, True)


def test_a_whole_last_day_is_given_only_where_a_day_is_named(ask, db):
    assert ask("requests", start_date="2026-01-01", end_date="2026-04-01") == []
    at_noon = {"start_date": "2026-01-01T12:00:00Z"}
    assert ask("requests", **at_noon, end_date="2026-04-01T12:00:00Z") == []
    ask("requests", 400, **at_noon, end_date="2026-04-01T12:00:01Z")
    ask("requests", 400, start_date="2026-01-01", end_date="2026-04-02")


def test_changes_of_a_closed_problem_are_found_too(ask, make_problem, author):
    """The archive, a rating; `updated_datetime` stays when it was closed, as the standard says."""
    rated = make_problem("closed", at=timezone.now() - timedelta(days=5))
    archived = make_problem("closed", at=timezone.now() - timedelta(days=40))
    make_problem("closed", at=timezone.now() - timedelta(days=4))
    began = write_moment(timezone.now() - timedelta(hours=1))
    services.rate_result(actor=author, number=rated.pk, rating=4)
    services.archive_due()
    changed = ask("requests", updated_after=began)
    assert list_ids(changed) == {rated.pk, archived.pk}
    assert {row["updated_datetime"] < began for row in changed} == {True}
    assert rated.pk not in list_ids(ask("requests", updated_before=began))


def test_notes_are_of_the_step_that_led_to_the_state(ask, make_problem, author, town):
    who = {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}
    problem = make_problem("open")

    def read() -> str | None:
        (row,) = ask(f"requests/{problem.pk}")
        return row["status_notes"]  # type: ignore[no-any-return]

    assert read() is None
    services.accept_problem(**who, number=problem.pk, words="Їдемо.")
    assert read() == "Їдемо."
    services.ask_author(**who, number=problem.pk, words="Який ваш під’їзд?")
    assert read() == "Їдемо."
    services.close_problem(**who, number=problem.pk, resolution="solved", words="Вивезли.")
    assert read() == "Вивезли."
    services.reopen_problem(actor=author, number=problem.pk, words="Знову лежить.")
    assert read() is None
    services.accept_problem(**who, number=problem.pk)
    assert read() is None


def test_notes_of_who_passed_it_on_do_not_stay(ask, make_problem, town):
    who = {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}
    problem = make_problem("open")
    services.accept_problem(**who, number=problem.pk, words="Їдемо.")
    services.forward_problem(
        **who, number=problem.pk, to=town.organisations["roads"], words="Це дорога."
    )
    (row,) = ask(f"requests/{problem.pk}")
    assert row["status_notes"] is None


def test_changes_are_found_by_their_time_however_old_the_report(ask, make_problem, moderator):
    began = timezone.now() - timedelta(days=200)
    problem = make_problem("open", at=began)
    services.edit_problem(
        actor=moderator, number=problem.pk, title="Інша назва", description="Опис", words="Уточнено"
    )
    since = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert list_ids(ask("requests", updated_after=since)) == {problem.pk}
    assert ask("requests", updated_before=since) == []


def test_place_chooses_by_circle_and_by_box(ask, make_problem):
    north, south = make_problem("open"), make_problem("open", place=SOUTH_EAST)
    lon, lat = NORTH_WEST
    near = ask("requests", lat=lat, long=lon, radius=300)
    assert list_ids(near) == {north.pk}
    assert list_ids(ask("requests", lat=lat, long=lon, radius=5000)) == {north.pk, south.pk}
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    assert list_ids(ask("requests", bbox=box)) == {north.pk}


def test_circle_has_the_radius_in_metres(ask, make_problem):
    """From 0.001° of latitude away, which is 111 m."""
    problem = make_problem("open")
    lon, lat = NORTH_WEST
    assert ask("requests", lat=lat + 0.001, long=lon, radius=105) == []
    assert list_ids(ask("requests", lat=lat + 0.001, long=lon, radius=118)) == {problem.pk}


def test_pages_do_not_overlap_and_end_empty(ask, make_problem):
    numbers = {make_problem("open").pk for _ in range(3)}
    first, second = (ask("requests", page=page, page_size=2) for page in (1, 2))
    assert (len(first), len(second)) == (2, 1)
    assert list_ids(first) | list_ids(second) == numbers
    assert ask("requests", page=3, page_size=2) == []
    assert ask("requests", page=10**30) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"), ("page", "-1"), ("page", "x"), ("page_size", "0"), ("status", "started"),
        ("start_date", "yesterday"), ("end_date", "0001-01-01"), ("lat", "50"), ("lat", "north"),
        ("lat", "nan"), ("long", "181"), ("radius", "5"), ("bbox", "1,2,3"), ("bbox", "3,2,1,4"),
        ("updated_after", "9999-12-31T23:59:59-14:00"),
    ],
)  # fmt: skip
def test_parameters_that_cannot_be_are_refused_in_the_standards_form(ask, db, name, value):
    (error,) = ask("requests", 400, **{name: value})
    assert error["code"] == 400
    assert name in error["description"] or name == "radius"


def test_unpublished_and_private_problems_are_listed_nowhere(ask, make_problem):
    hidden = [
        make_problem("moderation"),
        make_problem("rejected"),
        make_problem("open", category="abuse"),
    ]
    assert ask("requests") == []
    assert ask("requests", service_request_id=",".join(str(each.pk) for each in hidden)) == []
    for problem in hidden:
        (error,) = ask(f"requests/{problem.pk}", 404)
        assert error["code"] == 404


def test_words_between_moderator_and_author_stay_private_after_publication(
    ask, make_problem, moderator
):
    problem = make_problem("rejected")
    services.restore_problem(actor=moderator, number=problem.pk)
    services.publish_problem(actor=moderator, number=problem.pk)
    (told,) = ask(f"requests/{problem.pk}")
    assert told["status_notes"] is None


def test_as_many_queries_for_many_requests_as_for_one(client, make_problem):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/open311/v2/requests.json?extensions=true")
        return len(queries)

    make_problem("open")
    one = count()
    for place in (SOUTH_WEST, SOUTH_EAST, NORTH_WEST):
        make_problem("accepted" if place == NORTH_WEST else "open", place=place)
    assert count() == one
