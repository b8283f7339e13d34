"""A resident on a phone: from registration to a rated result; and the same without scripts."""

import io
from collections.abc import Iterator

import pytest
from django.core import mail
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from geoportal.accounts.models import User
from geoportal.problems import services
from geoportal.problems.models import Follower, Problem
from tests.browser.conftest import SHARP, Witness
from tests.browser.people import (
    Mailbox,
    Staff,
    expect_fits,
    expect_state,
    find_link,
    hire_staff,
    sign_in,
)
from tests.browser.reporting import (
    HOUSE,
    PASSWORD,
    ReportPage,
    publish_pothole,
    write_person,
    write_photo,
)

pytestmark = SHARP

EMAIL = "resident@example.org"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def staff(community: str, standing_reporting, settings) -> Staff:
    """Of a community whose letters lead to the server under test."""
    settings.SITE_URL = community
    return hire_staff()


@pytest.fixture
def phone(witness: Witness, staff: Staff, page: Page) -> Iterator[Page]:
    """Nothing outside was asked, and nothing complained of."""
    page.set_viewport_size(PHONE)
    yield page
    assert witness.outside == []
    assert witness.complaints == []


def register(page: Page, mailbox: Mailbox, site: str) -> None:
    """Sign up, and follow the link of the letter."""
    page.goto(f"{site}/accounts/signup/")
    for name, value in (
        ("first_name", "Оля"),
        ("last_name", "Гнатюк"),
        ("email", EMAIL),
        ("password1", f"{PASSWORD} 9"),
    ):
        page.locator(f"[name='{name}']").fill(value)
    expect_fits(page)
    page.locator("main form button[type='submit']").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(find_link(mailbox.take(), "/accounts/confirm-email/"))
    expect_fits(page)
    page.locator("main form button[type='submit']").click()
    page.wait_for_url(lambda url: "confirm-email" not in url)


def report_pothole(page: Page, site: str, photo) -> Problem:
    """Through the steps of the form; the place of the photo is offered and left alone."""
    form = ReportPage(page, site)
    form.open()
    form.go_to_photos()
    form.add(photo)
    expect(form.part("media-offer")).to_be_visible()
    expect(page.locator(".media-item[data-state='done']")).to_have_count(1)
    form.go_on("check")
    expect(form.part("before-send")).to_be_hidden()
    expect_fits(page)
    form.part("send").click()
    return form.expect_sent()


def test_resident_registers_reports_is_told_rates_and_stops_the_letters(
    phone, staff, browser: Browser, live_server, tmp_path
):
    site, mailbox = str(live_server.url), Mailbox(EMAIL)
    register(phone, mailbox, site)
    problem = report_pothole(phone, site, write_photo(tmp_path, "yama.jpg", with_place=True))
    number, path = problem.pk, f"/problems/{problem.pk}/"
    assert (problem.state, problem.is_anonymous) == ("moderation", True)
    assert (problem.geom.x, problem.geom.y) == pytest.approx(HOUSE), "not where the photo says"
    phone.locator(f"main a[href='{path}']").click()
    expect_state(phone, "moderation")
    expect_fits(phone)
    picture = phone.locator("a.gallery-link")
    expect(picture).to_have_count(1)
    large = phone.request.get(site + str(picture.get_attribute("href"))).body()
    assert not Image.open(io.BytesIO(large)).getexif(), "the place of the photo is erased"
    with browser.new_context() as stranger:
        assert stranger.request.get(site + path).status == 404

    mail.outbox.clear()
    staff.publish(number)
    letter = mailbox.take()
    assert f"№ {number}" in letter.subject
    assert "КП «Шляхи»" in letter.body
    phone.goto(find_link(letter, path))
    expect_state(phone, "open")
    staff.accept(number)
    phone.goto(find_link(mailbox.take(), path))
    expect_state(phone, "accepted")
    staff.close(number, "Засипали щебенем і закатали.")
    letter = mailbox.take()
    assert "Засипали щебенем і закатали." in letter.body

    phone.goto("about:blank")  # a letter opens a new page
    phone.goto(find_link(letter, f"{path}#rate"))
    expect_state(phone, "closed")
    rate = phone.locator("#rate")
    expect(rate).to_be_in_viewport()
    rate.locator("[name='is_confirmed'][value='1']").check()
    rate.locator(".rating-choice").nth(3).click()
    rate.locator("textarea").fill("Швидко, але без розмітки.")
    rate.locator("button").click()
    rating = phone.locator(".standing-rating")
    expect(rating).to_contain_text("4")
    expect(rating).to_contain_text("Швидко, але без розмітки.")
    expect(phone.locator(".timeline")).to_contain_text("Засипали щебенем і закатали.")
    expect_fits(phone)
    problem.refresh_from_db()
    assert (problem.rating, problem.is_confirmed, problem.state) == (4, True, "closed")
    assert mailbox.list() == [], "nobody is told of what they did themselves"

    phone.goto(find_link(letter, "/notifications/stop/"))
    expect_fits(phone)
    assert Follower.objects.get(problem=problem, user__email=EMAIL).wants_mail
    phone.locator("main button[value='stop']").click()
    expect(phone.locator("main button[value='again']")).to_be_visible()
    assert problem.archive_at is not None
    assert services.archive_due(at=problem.archive_at) == 1
    assert mailbox.list() == []


@pytest.fixture
def plain(browser: Browser, staff: Staff, live_server) -> Iterator[Page]:
    """A browser that runs no scripts."""
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        witness = Witness(str(live_server.url))
        witness.watch(context)
        yield context.new_page()
        assert witness.outside == []


@pytest.fixture
def resident(staff: Staff) -> User:
    return write_person("resident", first_name="Оля")


def expect_wishes_letters(user: User, problem: Problem, *, wants: bool) -> None:
    assert Follower.objects.filter(problem=problem, user=user, wants_mail=True).exists() is wants


def test_without_scripts_a_visitor_reads_signs_in_and_follows(plain, live_server, resident):
    site, problem = str(live_server.url), publish_pothole(*HOUSE)
    plain.goto(f"{site}/problems/")
    plain.locator("#filter-q").fill("аптеки")
    plain.locator(".filters-find").click()
    plain.locator(".problem-card-title a").click()
    expect_state(plain, "open")
    plain.locator(".voices a.button").click()
    sign_in(plain, resident.email)
    expect_state(plain, "open")
    follow, unfollow = (
        plain.locator(f"form[action$='/actions/{name}/'] button") for name in ("follow", "unfollow")
    )
    follow.click()
    expect(plain.locator(".message-success")).to_be_visible()
    expect_wishes_letters(resident, problem, wants=True)
    unfollow.click()
    expect(follow).to_be_visible()
    expect_wishes_letters(resident, problem, wants=False)


def test_without_scripts_a_report_with_a_photo_is_sent_by_the_plain_form(
    plain, live_server, resident, tmp_path
):
    plain.goto(f"{live_server.url}/problems/new/")
    plain.locator("summary", has=plain.locator(".category-mark")).first.click()
    plain.locator("input[name='category'][value='pothole']").check()
    plain.locator("#address").fill("тиха 7")
    plain.locator("button[value='find']").click()
    plain.locator("input[name='place']").first.check()
    plain.locator("#title").fill("Велика яма")
    plain.locator("#description").fill("Вже тиждень.")
    plain.locator(".report-bar button[value='check']").click()
    plain.wait_for_url("**/accounts/login/**")
    sign_in(plain, resident.email)
    plain.wait_for_url("**/problems/new/?draft=*")
    expect(plain.locator(".preview")).to_contain_text("вул. Тиха, 7")
    plain.locator("#files").set_input_files(write_photo(tmp_path, "a.jpg", with_place=True))
    plain.locator("button[value='add']").click()
    expect(plain.locator(".media-item img")).to_have_count(1)
    plain.locator(".report-bar button[value='check']").click()
    expect(plain.locator(".preview-media img")).to_have_count(1)
    plain.locator("button[value='send']").click()
    plain.wait_for_url("**/problems/new/sent/*/")
    problem = Problem.objects.get(reporter=resident)
    plain.locator(f"main a[href='/problems/{problem.pk}/']").click()
    expect_state(plain, "moderation")
    expect(plain.locator("h1")).to_have_text("Велика яма")
    expect(plain.locator("a.gallery-link img")).to_have_count(1)
    assert (problem.geom.x, problem.geom.y) == pytest.approx(HOUSE)
