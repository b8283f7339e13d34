"""The last day on which an author may open a problem again, Kyiv's midnight, and the archive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import APIResponse, Locator, Page, expect

from geoportal.accounts.models import User
from geoportal.problems import services
from geoportal.problems.forms.actions import list_actions
from geoportal.problems.models import Problem, StatusChange
from tests.browser.conftest import SHARP
from tests.browser.people import (
    Staff,
    close_pothole,
    expect_fits,
    expect_state,
    hire_staff,
    sign_in,
)
from tests.browser.reporting import (
    HOUSE,
    ReportPage,
    publish_pothole,
    write_person,
    write_photo,
)
from tests.standing import standing_world

pytestmark = SHARP

KYIV = ZoneInfo("Europe/Kyiv")
# 25 days with the end of summer time among them; the last one ends at 22:00 UTC.
CLOSED_AT = datetime(2026, 10, 20, 14, 5, tzinfo=KYIV)
LAST_DAY = datetime(2026, 11, 14, 11, 0, tzinfo=KYIV)
LAST_MOMENT = datetime(2026, 11, 14, 23, 59, 30, tzinfo=KYIV)
TOO_LATE = datetime(2026, 11, 15, 0, 0, 10, tzinfo=KYIV)
# What is about one's own letters changes nothing of the problem.
ACTIONS = sorted(set(list_actions()) - {"follow", "unfollow"})
# What must not be public may leave the archive: photos, words of a step, the problem as a whole.
REMOVING = {"hide_media", "show_media", "hide_words", "show_words", "withdraw", "bring_back"}
Fields = dict[str, str | float | bool]
FIELDS: Fields = {
    "words": "Ще не зроблено.", "title": "Інша назва", "description": "Інші слова.",
    "organisation": "works", "to": "council", "role": "reviewer", "category": "gas",
    "reason": "slander", "resolution": "solved", "purpose": "control", "planned_on": "2026-12-01",
    "rating": "5", "is_confirmed": "1", "lon": "27.07", "lat": "50.18", "attachment": "1",
    "border_confirmed": "1",
}  # fmt: skip


@dataclass
class Closing:
    author: User
    staff: Staff
    problem: Problem


@standing_world
def standing_closing(standing_reporting: None) -> Closing:
    author, staff = write_person("resident", first_name="Оля"), hire_staff()
    return Closing(author, staff, close_pothole(author, staff, CLOSED_AT))


@pytest.fixture
def author(community: str, standing_closing: Closing, settings) -> User:
    settings.SITE_URL = community
    return standing_closing.author


@pytest.fixture
def staff(standing_closing: Closing) -> Staff:
    return standing_closing.staff


@pytest.fixture
def problem(standing_closing: Closing) -> Problem:
    return standing_closing.problem


@pytest.fixture
def form(witness, page: Page) -> Iterator[ReportPage]:
    """On a phone; nothing outside was asked, and nothing complained of."""
    page.set_viewport_size({"width": 390, "height": 844})
    yield ReportPage(page, witness.site)
    assert witness.outside == []
    assert witness.complaints == []


def open_as(form: ReportPage, user: User, problem: Problem) -> None:
    form.sign_in(user)
    form.page.goto(f"{form.site}/problems/{problem.pk}/")


def fill_in(form: ReportPage, words: str, photo) -> Locator:
    """The form of reopening; its button."""
    box = form.part("reopen")
    box.locator("summary").click()
    box.locator("textarea").fill(words)
    box.locator("[name='files']").set_input_files(photo)
    return box.locator("button[type='submit']")


@pytest.mark.parametrize("moment", [LAST_DAY, LAST_MOMENT], ids=["by day", "before midnight"])
def test_on_the_25th_day_the_author_opens_it_again_with_words_and_a_photo(
    form, problem, author, tmp_path, time_machine, moment
):
    time_machine.move_to(moment)
    open_as(form, author, problem)
    expect(form.part("reopen")).to_contain_text("14 листопада 2026")
    fill_in(form, "Щебінь вимило дощем.", write_photo(tmp_path, "a.jpg", with_place=True)).click()
    expect_state(form.page, "open")
    expect_fits(form.page)
    history = form.page.locator(".timeline")
    expect(history).to_contain_text("Щебінь вимило дощем.")
    expect(history.locator("a.gallery-link")).to_have_count(1)
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == ("open", 1)
    assert [each.purpose for each in problem.attachments.all()] == ["reopening"]


def test_on_the_26th_day_there_is_no_form_even_before_the_archive(
    form, problem, author, time_machine
):
    time_machine.move_to(TOO_LATE)
    open_as(form, author, problem)
    expect_state(form.page, "closed")
    expect(form.part("reopen")).to_have_count(0)


@pytest.mark.parametrize("is_archived", [False, True], ids=["closed", "archived"])
def test_form_left_open_over_midnight_is_refused_and_becomes_a_new_report(
    form, problem, author, tmp_path, time_machine, is_archived
):
    time_machine.move_to(LAST_MOMENT)
    open_as(form, author, problem)
    button = fill_in(form, "Щебінь вимило дощем.", write_photo(tmp_path, "a.jpg"))
    time_machine.move_to(TOO_LATE)
    if is_archived:
        assert services.archive_due() == 1
    button.click()
    expect_state(form.page, "archived" if is_archived else "closed")
    expect_fits(form.page)
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == ("archived" if is_archived else "closed", 0)
    kept = form.part("too-late")
    carried = re.compile(rf"^Щебінь вимило дощем\.\s+\D*{problem.pk}\.$")
    told = form.page.locator(".message-error").inner_text()
    assert len(told) > 60, told
    expect(kept.locator("textarea")).to_have_value(carried)
    expect(kept.locator("img")).to_have_count(1)
    kept.locator("button").click()
    form.expect_step("check")
    expect(form.page.locator(".media-item[data-state='done']")).to_have_count(1)
    expect(form.part("description")).to_have_value(carried)
    form.part("send").click()
    form.page.wait_for_url("**/problems/new/sent/*/")
    anew = Problem.objects.exclude(pk=problem.pk).get()
    assert (anew.title, anew.address) == (problem.title, problem.address)
    assert anew.category == problem.category
    assert [each.purpose for each in anew.attachments.all()] == ["report"]


def test_words_wait_for_who_was_signed_out_meanwhile(form, problem, author, tmp_path, time_machine):
    time_machine.move_to(LAST_DAY)
    open_as(form, author, problem)
    button = fill_in(form, "Щебінь вимило дощем.", write_photo(tmp_path, "a.jpg"))
    form.page.context.clear_cookies(name="sessionid")
    button.click()
    form.page.wait_for_url("**/accounts/login/**")
    sign_in(form.page, author.email)
    box = form.part("reopen")
    expect(box.locator("textarea")).to_have_value("Щебінь вимило дощем.")
    box.locator("button[type='submit']").click()
    expect_state(form.page, "open")


def test_archive_offers_forms_to_nobody(form, problem, author, staff, time_machine):
    time_machine.move_to(TOO_LATE)
    services.archive_due()
    reader = write_person("neighbour")
    for user in (author, staff.moderator, staff.officer, reader):
        open_as(form, user, problem)
        expect_state(form.page, "archived")
        expect(form.page.locator("main form")).to_have_count(0)
    open_as(form, staff.officer, problem)
    form.page.goto(f"{form.site}/cabinet/works/{problem.pk}/")
    expect(form.page.locator("main [action*='/actions/']")).to_have_count(0)
    open_as(form, staff.moderator, problem)
    form.page.goto(f"{form.site}/moderation/{problem.pk}/")
    offered = form.page.locator("main [action*='/actions/']")
    expect(offered.first).to_be_attached()
    urls = offered.evaluate_all("forms => forms.map((form) => form.getAttribute('action'))")
    assert {url.rstrip("/").rpartition("/")[2] for url in urls} <= REMOVING


def test_archive_refuses_whatever_is_sent_by_anybody_with_words(
    form, problem, author, staff, time_machine
):
    time_machine.move_to(TOO_LATE)
    services.archive_due()
    other = publish_pothole(HOUSE[0] + 0.002, HOUSE[1])
    before = list(StatusChange.objects.values_list("pk", flat=True))
    statuses: dict[str, set[int]] = {action: set() for action in ACTIONS}
    for user in (author, staff.moderator, staff.officer, other.reporter):
        open_as(form, user, problem)
        for action in ACTIONS:
            if action in REMOVING and user == staff.moderator:
                continue
            answer = post(form, problem, action, {"into": other.pk})
            told = (user.email, action, answer.text())
            assert answer.status in (400, 403, 409), told
            assert len(answer.json()["detail"]) > 10, told
            statuses[action].add(answer.status)
    refused = {action for action in ACTIONS if 409 in statuses[action]}
    assert set(ACTIONS) - refused - REMOVING == set()
    assert list(StatusChange.objects.values_list("pk", flat=True)) == before


def post(form: ReportPage, problem: Problem, action: str, more: Fields) -> APIResponse:
    """As a program of the person who has signed in would, with every field filled in."""
    (token,) = (each for each in form.page.context.cookies() if each["name"] == "csrftoken")
    return form.page.request.post(
        f"{form.site}/problems/{problem.pk}/actions/{action}/",
        headers={"Accept": "application/json", "X-CSRFToken": token["value"]},
        form=FIELDS | more,
    )
