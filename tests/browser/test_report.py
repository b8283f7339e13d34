"""«Повідомити» in a real browser: the steps, what is offered, and that nothing is ever lost."""

import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from geoportal.accounts.models import User
from geoportal.problems.models import Problem
from tests.browser.reporting import (
    HOUSE,
    IDLE,
    PASSWORD,
    ReportPage,
    publish_pothole,
    write_person,
    write_photo,
)
from tests.geoportal.media import making

REPORTS = "**/api/v1/problems/reports/"


@pytest.fixture
def resident(standing_reporting) -> User:
    return write_person("resident", first_name="Оля")


@pytest.fixture
def visitors_form(witness, page: Page, resident) -> Iterator[ReportPage]:
    """The form on a phone, of somebody who has not signed in; nothing outside was asked."""
    page.set_viewport_size({"width": 390, "height": 844})
    yield ReportPage(page, witness.site)
    assert witness.outside == []


@pytest.fixture
def form(visitors_form: ReportPage, resident: User) -> ReportPage:
    """The same after signing in."""
    visitors_form.sign_in(resident)
    return visitors_form


def test_a_report_goes_through_all_steps(form, tmp_path, witness):
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"), write_photo(tmp_path, "b.jpg"))
    form.expect_photos("a.jpg", "b.jpg")
    form.page.locator(".media-item").nth(1).get_by_role("button").first.click()
    form.expect_photos("b.jpg", "a.jpg")
    form.expect_taken(2)
    form.go_on("check")
    preview = form.part("preview")
    for text in ("Велика яма", "Вже тиждень.", "вул. Тиха, 7", "Яма"):
        expect(preview).to_contain_text(text)
    expect(preview.locator(".preview")).not_to_contain_text("Оля")
    form.part("shows_name").check()
    expect(preview.locator(".preview")).to_contain_text("Оля")
    form.part("send").click()
    problem = form.expect_sent()
    assert (problem.category.code, problem.state) == ("pothole", "moderation")
    assert (problem.geom.x, problem.geom.y) == pytest.approx(HOUSE)
    assert problem.address == "вул. Тиха, 7"
    assert not problem.is_anonymous
    assert [each.original_name for each in problem.attachments.all()] == ["b.jpg", "a.jpg"]
    assert witness.complaints == []


def test_what_is_missing_is_said_where_it_is(form):
    form.open()
    form.part("next").click()
    expect(form.part("error-category")).to_be_visible()
    form.choose_category("газ", "gas")
    stop = form.page.locator(".leaf .danger:visible")
    expect(stop).to_contain_text("Телефонуйте 104.")
    expect(stop.get_by_role("link", name="104")).to_have_attribute("href", "tel:104")
    form.page.locator("input[name='answer-gas-where']").first.check()
    form.part("next").click()
    expect(form.part("error-danger-gas")).to_be_visible()
    form.expect_step("category")
    stop.get_by_label("Я вже подзвонив").check()
    form.go_on("place")
    form.part("next").click()
    expect(form.part("error-place")).to_be_visible()
    form.expect_step("place")


def test_a_reload_in_the_middle_keeps_words_place_and_photos(form, tmp_path):
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"))
    form.expect_taken(1)
    form.page.wait_for_timeout(500)
    form.page.reload()
    form.expect_step("media")
    expect(form.part("draft-note")).to_contain_text("Велика яма")
    form.part("draft-go-on").click()
    expect(form.part("draft-note")).to_be_hidden()
    form.expect_photos("a.jpg")
    form.go_on("check")
    expect(form.part("preview")).to_contain_text("Велика яма")
    form.part("send").click()
    assert form.expect_sent().attachments.count() == 1


def test_back_of_the_browser_goes_one_step_back(form):
    form.open()
    form.choose_category()
    form.go_on("place")
    form.page.go_back()
    form.expect_step("category")
    expect(form.page.locator("input[value='pothole']")).to_be_checked()


def test_a_visitor_signs_in_at_the_end_and_loses_nothing(visitors_form, tmp_path):
    form = visitors_form
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"))
    expect(form.page.locator(".media-item[data-state='kept']")).to_have_count(1)
    form.go_on("check")
    form.part("send").click()
    form.page.wait_for_url("**/accounts/login/**")
    form.page.locator("[name='login']").fill("resident@example.org")
    form.page.locator("[name='password']").fill(PASSWORD)
    # The form takes the draft off the address as soon as it has read it.
    with form.page.expect_request(lambda request: "/problems/new/?draft=" in request.url):
        form.page.locator("main button[type='submit']").click()
    form.page.wait_for_url(lambda address: "/accounts/login/" not in address)
    form.expect_step("check")
    form.expect_taken(1)
    form.part("send").click()
    problem = form.expect_sent()
    assert (problem.title, problem.attachments.count()) == ("Велика яма", 1)


def test_without_connection_it_waits_and_is_sent_once(form):
    form.open()
    form.go_to_photos()
    form.go_on("check")
    form.page.context.set_offline(True)
    form.part("send").click()
    expect(form.part("bar-note").locator(".is-bad")).to_be_visible()
    assert not Problem.objects.exists()
    form.page.context.set_offline(False)
    assert form.expect_sent().title == "Велика яма"


def test_an_answer_that_was_lost_makes_no_second_report(form):
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    form.open()
    form.go_to_photos()
    form.go_on("check")
    form.page.route(REPORTS, lose_the_first)
    form.part("send").click()
    expect(form.part("bar-note").locator(".is-bad")).to_be_visible()
    assert Problem.objects.count() == 1
    form.part("send").click()
    form.expect_sent()
    assert lost == [201]


def test_the_place_of_a_photo_is_offered_and_never_taken_silently(form, tmp_path):
    form.open()
    form.go_to_photos()
    chosen = form.part("lon").input_value()
    form.add(write_photo(tmp_path, "a.jpg", with_place=True))
    offer = form.part("media-offer")
    expect(offer).to_be_visible()
    assert form.part("lon").input_value() == chosen
    offer.get_by_role("button").first.click()
    expect(offer).to_be_hidden()
    assert float(form.part("lon").input_value()) == pytest.approx(making.KYIV[0], abs=1e-3)
    expect(form.page.locator("#messages .message")).to_contain_text(re.compile("меж|outside"))
    form.part("next").click()
    form.expect_step("place")
    expect(form.part("error-place")).to_be_visible()


def test_a_photo_of_72_megapixels_is_made_smaller_in_the_browser_and_upright(form, tmp_path):
    """Taken on its side: the head says that it is to be turned."""
    picture = making.draw_corners(9000, 8000)
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "large.jpg").write_bytes(making.save(picture, "JPEG", exif=exif.tobytes()))
    form.open()
    form.go_to_photos()
    form.add(tmp_path / "large.jpg")
    form.expect_taken(1)
    form.go_on("check")
    form.part("send").click()
    (attachment,) = form.expect_sent().attachments.all()
    assert attachment.original_name == "large.jpg"
    assert attachment.height > attachment.width


def test_a_problem_nearby_is_shown_and_joined_instead(form):
    problem = publish_pothole(HOUSE[0] + 0.0004, HOUSE[1])
    form.open()
    form.choose_category()
    form.go_on("place")
    form.choose_address()
    expect(form.page.locator("#bar-note .bar-link")).to_be_visible()
    form.go_on("words")
    similar = form.part("similar")
    expect(similar).to_contain_text("Яма біля аптеки")
    similar.get_by_role("button").click()
    expect(similar.locator(".similar-joined")).to_be_visible()
    problem.refresh_from_db()
    assert problem.votes == 1


def test_a_point_that_was_moved_stays_moved_after_a_reload(form):
    form.open("?category=pothole&lon=30.5&lat=50.45")
    form.go_on("place")
    form.choose_address()
    expect(form.part("bar-note")).to_contain_text("КП «Шляхи»")
    form.page.wait_for_timeout(500)
    form.page.reload()
    form.expect_step("place")
    assert float(form.part("lon").input_value()) == pytest.approx(HOUSE[0])


def test_a_place_outside_is_refused_at_once(form):
    form.open("?category=pothole&lon=30.5&lat=50.45")
    form.go_on("place")
    expect(form.part("bar-note").locator(".is-bad")).to_be_visible()
    form.part("next").click()
    form.expect_step("place")


def test_a_tap_and_the_arrows_of_the_keyboard_move_the_pin(form):
    publish_pothole(*HOUSE)
    with form.page.expect_response(
        lambda answer: "/problems/tiles/" in answer.url and answer.status == 200
    ):
        form.open(f"?map=16/{HOUSE[1]}/{HOUSE[0]}")
        form.choose_category()
        form.go_on("place")
    form.page.wait_for_selector(IDLE, timeout=20_000)
    form.part("report-map").click(position={"x": 190, "y": 150})
    expect(form.part("lon")).not_to_have_value("")
    expect(form.part("bar-note").locator(".is-main")).to_be_visible()
    before = float(form.part("lon").input_value())
    form.page.locator("#report-map canvas").focus()
    form.page.keyboard.press("ArrowRight")
    expect(form.part("lon")).not_to_have_value(f"{before:.7f}")
    assert float(form.part("lon").input_value()) > before


def test_my_location_is_taken_when_it_is_asked_for(form):
    form.page.context.grant_permissions(["geolocation"])
    form.page.context.set_geolocation({"longitude": HOUSE[0], "latitude": HOUSE[1] + 0.0001})
    form.open()
    form.choose_category()
    form.go_on("place")
    expect(form.part("lon")).to_have_value("")
    form.part("locate-me").click()
    expect(form.part("address")).to_have_value("вул. Тиха, 7")


def test_without_the_map_the_address_list_is_enough(form):
    form.page.route("**/js/report/pin_map.*.mjs", lambda route: route.abort())
    form.open()
    form.choose_category()
    form.go_on("place")
    expect(form.part("report-map-box")).to_be_hidden()
    form.choose_address()
    form.go_on("words")


def test_numbers_of_people_are_pointed_out_with_their_place(form):
    form.open()
    form.choose_category()
    form.go_on("place")
    form.choose_address()
    form.go_on("words")
    form.write(description="😀 Дзвоніть 067 123 45 67, Іван")
    notes = form.part("text-notes")
    expect(notes.locator("mark")).to_have_text("067 123 45 67")
    notes.get_by_role("button").click()
    chosen = form.page.evaluate(
        "() => { const f = document.getElementById('description');"
        " return f.value.slice(f.selectionStart, f.selectionEnd); }"
    )
    assert chosen == "067 123 45 67"


def test_a_bad_file_is_refused_and_the_rest_stays(form, tmp_path):
    bad = tmp_path / "bad.jpg"
    bad.write_text("#!/bin/sh\n")
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"), bad)
    refused = form.page.locator(".media-item[data-state='refused']")
    expect(refused).to_contain_text("bad.jpg")
    form.go_on("check")
    form.part("send").click()
    form.expect_step("media")
    refused.get_by_role("button").last.click()
    form.expect_photos("a.jpg")
    form.go_on("check")
    form.part("send").click()
    assert form.expect_sent().attachments.count() == 1


def expect_new(form):
    form.expect_step("category")
    expect(form.part("draft-note")).to_be_hidden()
    expect(form.part("title")).to_have_value("")
    expect(form.page.locator("#media-list .media-item")).to_have_count(0)


def test_beginning_anew_leaves_the_draft_in_a_list(form, tmp_path):
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"))
    form.expect_taken(1)
    form.page.reload()
    form.part("draft-again").click()
    form.page.wait_for_selector("#drafts:visible")
    expect_new(form)
    expect(form.part("notices")).to_be_hidden()
    form.part("notices-show").click()
    expect(form.part("notices")).to_be_visible()
    row = form.part("drafts").locator(".draft-row")
    expect(row).to_contain_text(["вул. Тиха, 7 · 1 фото"])
    row.get_by_role("button").click()
    row.get_by_role("button", name="Повернути").click()
    form.open_draft()
    form.expect_step("media")
    form.expect_photos("a.jpg")
    form.open()
    row.get_by_role("button").click()
    form.open()
    expect(form.part("drafts")).to_be_hidden()
    expect_new(form)


def test_a_report_about_a_place_is_never_mixed_with_an_earlier_one(form, tmp_path):
    form.open()
    form.go_to_photos()
    form.page.wait_for_timeout(500)
    lon, lat = HOUSE[0] + 0.0005, HOUSE[1]
    form.open(f"?lon={lon}&lat={lat}&address=Лікарня")
    expect_new(form)
    expect(form.part("address")).to_have_value("Лікарня")
    form.choose_category()
    form.go_on("place")
    form.go_on("words")
    expect(form.part("title")).to_have_value("")
    form.write("Темно біля лікарні")
    form.page.wait_for_timeout(500)
    form.open()
    expect(form.part("drafts").locator(".draft-row strong")).to_have_text(
        ["Темно біля лікарні", "Велика яма"]
    )
    form.open_draft()
    expect(form.part("address")).to_have_value("вул. Тиха, 7")


def test_the_map_leads_here_with_its_view(map_page, resident):
    map_page.open("#map=15/50.18/27.07")
    map_page.page.locator("#zoom-in").click()
    map_page.settle()
    # The form reads the view from its address, and takes it off there.
    with map_page.page.expect_request(re.compile(r"/problems/new/\?map=16")):
        map_page.page.locator("#report").click()
    expect(map_page.page).to_have_url(re.compile("/problems/new/#step-category"))
