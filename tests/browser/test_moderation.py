"""A moderator at the queue: by keyboard, on the map, on a phone, without scripts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from geoportal.problems import services
from geoportal.problems.models import Problem
from tests.browser.conftest import SHARP, Witness
from tests.browser.working_places import (  # noqa: F401
    PHONE,
    author,
    expect_chosen,
    expect_fits,
    make_problem,
    make_report,
    moderator,
    sign_in,
    standing_town,
    town,
    wait_for_map,
)

pytestmark = SHARP

AT_THE_BORDER = (30.51, 50.410036)


@pytest.fixture
def reports(live_server, make_problem) -> list[Problem]:
    """Three reports on moderation, the most overdue first."""
    now = timezone.now()
    return [
        make_problem("moderation", at=now - timedelta(days=days), title=title, place=place)
        for days, title, place in (
            (20, "Найдавніша скарга", (30.511, 50.416)),
            (10, "Середня скарга", (30.515, 50.417)),
            (0, "Свіжа скарга", (30.535, 50.415)),
        )
    ]


@pytest.fixture
def desk(live_server, reports, moderator, context, page: Page) -> Iterator[Page]:
    """The queue, open on a wide screen; at the end nothing outside was asked."""
    witness = Witness(str(live_server.url))
    witness.watch(context)
    sign_in(page, moderator, witness.site)
    page.goto(f"{witness.site}/moderation/")
    yield page
    assert witness.outside == []
    refused = ("400", "409", "412")
    complaints = [text for text in witness.complaints if not any(code in text for code in refused)]
    assert complaints == []


def read_state(problem: Problem) -> str:
    return Problem.objects.get(pk=problem.pk).state


def test_what_is_flagged_is_published_by_a_key_only_after_a_second_yes(desk, reports):
    flagged = reports[0]
    Problem.objects.filter(pk=flagged.pk).update(description="Тут хуйня. Дзвоніть 067 123-45-67.")
    desk.reload()
    wait_for_map(desk)
    expect(desk.locator(f"#report-{flagged.pk} mark")).to_have_text(["хуйня", "067 123-45-67"])
    expect(desk.locator("#preview mark")).to_have_text(["хуйня", "067 123-45-67"])
    dialog = desk.locator("#flags-dialog")
    for _again in range(2):
        desk.keyboard.press("p")
        expect(dialog).to_be_visible()  # its words of the first time are there before
        expect(dialog).to_contain_text("067 123-45-67")
        desk.keyboard.press("p")
        desk.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
    assert read_state(flagged) == "moderation"
    desk.keyboard.press("p")
    dialog.get_by_role("button", name="Усе одно опублікувати").click()
    expect(desk.locator("#done-bar")).to_contain_text("Найдавніша скарга")
    assert read_state(flagged) == "open"


def test_an_answer_that_comes_late_changes_nothing_of_what_is_being_decided(desk, reports):
    """The dialog of the third report is open when the server says that the first is published."""
    wait_for_map(desk)
    first, _second, third = reports
    held = []
    desk.route(f"**/problems/{first.pk}/actions/publish/", lambda route: held.append(route))
    desk.keyboard.press("p")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.locator("#reject-whose")).to_contain_text(third.title)
    held.pop().continue_()
    expect(desk.locator(f"#report-{first.pk}")).to_have_count(0)
    expect_chosen(desk, third.pk)
    desk.keyboard.press("2")
    expect(desk.locator(f"#report-{third.pk}")).to_have_count(0)
    assert [read_state(each) for each in reports] == ["open", "moderation", "rejected"]


def test_a_late_question_asks_nothing_while_another_is_being_decided(desk, reports):
    wait_for_map(desk)
    first, second, _third = reports
    Problem.objects.filter(pk=first.pk).update(description="Тут хуйня.")
    held = []
    desk.route(f"**/problems/{first.pk}/actions/publish/", lambda route: held.append(route))
    desk.keyboard.press("p")
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.locator("#reject-whose")).to_contain_text(second.title)
    held.pop().continue_()
    expect(desk.locator("#done-bar")).to_contain_text("хуйня")
    expect(desk.locator("#flags-dialog")).to_be_hidden()
    desk.keyboard.press("2")
    expect(desk.locator(f"#report-{second.pk}")).to_have_count(0)
    assert [read_state(first), read_state(second)] == ["moderation", "rejected"]


def test_queue_is_worked_through_by_keyboard_and_the_last_decision_is_undone(desk, reports):
    wait_for_map(desk)
    first, second, third = reports
    expect_chosen(desk, first.pk)
    expect(desk.locator("#preview")).to_contain_text("КП «clean»")
    desk.keyboard.press("j")
    expect_chosen(desk, second.pk)
    desk.keyboard.press("k")
    expect_chosen(desk, first.pk)
    desk.keyboard.press("p")
    expect(desk.locator("#done-bar")).to_contain_text("Найдавніша скарга")
    expect_chosen(desk, second.pk)
    assert read_state(first) == "open"
    expect(desk.locator("[data-count=moderation]")).to_have_text("2")
    desk.keyboard.press("r")
    expect(desk.locator("#reject-dialog")).to_be_visible()
    desk.keyboard.press("2")
    expect(desk.locator("#done-bar")).to_contain_text("Середня скарга")
    expect_chosen(desk, third.pk)
    rejected = Problem.objects.get(pk=second.pk)
    assert (rejected.state, rejected.history.last().reason) == ("rejected", "slander")
    assert rejected.history.last().words
    desk.keyboard.press("u")
    expect(desk.locator(f"#report-{second.pk}")).to_be_visible()
    assert read_state(second) == "moderation"
    expect(desk.locator("[data-count=moderation]")).to_have_text("2")


def test_keys_are_shown_and_do_nothing_while_a_field_is_filled_in(desk, reports, live_server):
    desk.keyboard.press("?")
    expect(desk.locator("#keys-dialog")).to_be_visible()
    expect(desk.locator("#keys-list kbd").first).to_have_text("j")
    desk.keyboard.press("Escape")
    desk.keyboard.press("e")
    desk.wait_for_url(f"**/moderation/{reports[0].pk}/#edit")
    title = desk.locator("#edit input[name=title]")
    expect(title).to_be_focused()
    title.fill("")
    desk.keyboard.type("pr1")
    expect(title).to_have_value("pr1")
    assert read_state(reports[0]) == "moderation"


def test_ukrainian_layout_presses_the_same_keys(desk, reports):
    expect_chosen(desk, reports[0].pk)
    desk.evaluate(
        "() => document.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'о', code: 'KeyJ', bubbles: true}))"
    )
    expect_chosen(desk, reports[1].pk)


def test_pin_is_moved_on_the_map_before_publication(desk, reports):
    desk.keyboard.press("m")
    desk.wait_for_url(f"**/moderation/{reports[0].pk}/#move")
    wait_for_map(desk)
    expect(desk.locator("#move-hint")).to_be_visible()
    before = desk.locator("#move-form [name=lon]").input_value()
    box = desk.locator("#work-map").bounding_box()
    desk.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6)
    expect(desk.locator("#move-form [name=lon]")).not_to_have_value(before)
    desk.locator("#move-form button[type=submit]").click()
    expect(desk.locator("#done-bar")).to_be_visible()
    assert Problem.objects.get(pk=reports[0].pk).geom.x != pytest.approx(float(before), abs=1e-6)


def test_near_a_border_the_queue_leads_to_the_question_whose_it_is(
    desk,
    make_problem,
    live_server,
):
    problem = make_problem(
        "moderation", place=AT_THE_BORDER, at=timezone.now() - timedelta(days=40)
    )
    desk.reload()
    expect_chosen(desk, problem.pk)
    desk.keyboard.press("p")
    desk.wait_for_url(f"**/moderation/{problem.pk}/#publish")
    sides = desk.locator(".sides input[type=radio]")
    expect(sides).to_have_count(2)
    sides.nth(1).check()
    desk.locator("#publish button[type=submit]").click()
    expect(desk.locator("#done-bar")).to_be_visible()
    published = Problem.objects.get(pk=problem.pk)
    assert (published.state, published.organisation.slug) == ("open", "tidy")


def test_text_that_the_author_changed_meanwhile_is_shown_and_nothing_is_decided(
    desk,
    reports,
    author,
    make_report,
):
    expect_chosen(desk, reports[0].pk)
    services.edit_report(
        actor=author, number=reports[0].pk, report=make_report(title="Зовсім інший текст")
    )
    desk.keyboard.press("p")
    expect(desk.locator(f"#report-{reports[0].pk}")).to_contain_text("Зовсім інший текст")
    expect(desk.locator("#done-bar.is-refused")).to_be_visible()
    assert read_state(reports[0]) == "moderation"


def test_duplicate_is_joined_from_the_queue(desk, reports, make_problem):
    standing = make_problem("open", place=(30.5111, 50.4161), title="Вже повідомили")
    desk.reload()
    expect(desk.locator("#preview #near")).to_contain_text("Вже повідомили")
    desk.locator("#preview form[data-action=merge] button").click()
    expect(desk.locator("#done-bar")).to_contain_text("Найдавніша скарга")
    assert Problem.objects.get(pk=reports[0].pk).merged_into == standing


def test_queue_fits_a_phone(desk, reports):
    desk.set_viewport_size(PHONE)
    for path in ("", "dispatch/", "all/", f"{reports[0].pk}/"):
        desk.goto(f"{desk.url.split('/moderation/')[0]}/moderation/{path}")
        expect_fits(desk)


def test_everything_is_decided_without_scripts(live_server, reports, moderator, browser: Browser):
    site = str(live_server.url)
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, moderator, site)
        page.goto(f"{site}/moderation/")
        page.locator(f"#report-{reports[0].pk} form[data-action=publish] button").click()
        expect(page.locator("#done-bar")).to_contain_text("Найдавніша скарга")
        assert read_state(reports[0]) == "open"
        page.locator("#done-bar button").click()
        assert read_state(reports[0]) == "moderation"
        page.goto(f"{site}/moderation/{reports[1].pk}/")
        page.locator("#reject .reason-form[data-key='4'] summary").click()
        page.locator("#reject .reason-form[data-key='4'] button").click()
        expect(page.locator("#done-bar")).to_contain_text("Середня скарга")
        rejected = Problem.objects.get(pk=reports[1].pk)
        assert rejected.history.last().reason == "personal_data"
