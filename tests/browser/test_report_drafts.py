"""Drafts of reports in a browser that several people use."""

import pytest
from playwright.sync_api import Page, expect

from geoportal.accounts.models import User
from tests.browser.reporting import PASSWORD, ReportPage, write_person, write_photo

READ_ALL = """async () => {
  const base = await new Promise((resolve, reject) => {
    const request = indexedDB.open("geoportal-report", 1);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const table = base.transaction("photos").objectStore("photos");
  const photos = await new Promise((resolve) => {
    table.getAll().onsuccess = ({ target }) => resolve(target.result);
  });
  base.close();
  return [JSON.stringify({ ...localStorage, ...sessionStorage }), photos.map(({ name }) => name)];
}"""


@pytest.fixture
def people(standing_reporting) -> tuple[User, User]:
    return write_person("resident", first_name="Оля"), write_person("second")


@pytest.fixture
def form(witness, page: Page, people) -> ReportPage:
    """The form in the one browser of all, opened by a visitor."""
    page.set_viewport_size({"width": 1280, "height": 900})
    return ReportPage(page, witness.site)


def sign_in(form: ReportPage, user: User, *, via_form: bool = False) -> None:
    """As a person does; `via_form`: the page of signing in is open already."""
    if not via_form:
        form.page.goto(f"{form.site}/accounts/login/?next=/data/")
    form.page.locator("[name='login']").fill(user.email)
    form.page.locator("[name='password']").fill(PASSWORD)
    leads_to = "/problems/new/?draft=" if via_form else "/data/"
    # The form takes the draft off the address as soon as it has read it.
    with form.page.expect_request(lambda request: leads_to in request.url):
        form.page.locator("main button[type='submit']").click()
    form.page.wait_for_url(lambda address: "/accounts/login/" not in address)


def sign_out(form: ReportPage) -> None:
    form.page.goto(f"{form.site}/data/")
    form.page.locator("form.account button").click()
    form.page.wait_for_url(f"{form.site}/")


def lose_session(form: ReportPage) -> None:
    """It has expired, or the server has forgotten it."""
    form.page.context.clear_cookies(name="sessionid")


def write_report(form: ReportPage, tmp_path, *, signed_in: bool = True) -> None:
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"))
    if signed_in:
        form.expect_taken(1)
    else:
        expect(form.page.locator(".media-item[data-state='kept']")).to_have_count(1)
    form.page.wait_for_timeout(500)


def expect_nothing_shown(form: ReportPage) -> None:
    form.expect_step("category")
    expect(form.part("draft-note")).to_be_hidden()
    expect(form.part("drafts")).to_be_hidden()
    expect(form.part("title")).to_have_value("")
    expect(form.part("address")).to_have_value("")
    expect(form.page.locator("#media-list .media-item")).to_have_count(0)


def expect_words_and_photo(form: ReportPage) -> None:
    expect(form.part("title")).to_have_value("Велика яма")
    form.expect_photos("a.jpg")


def expect_kept(form: ReportPage, *, words: bool, photos: list[str]) -> None:
    kept, names = form.page.evaluate(READ_ALL)
    assert ("Велика яма" in kept, names) == (words, photos)


def test_signing_out_deletes_words_and_photos_at_once(form, people, tmp_path):
    sign_in(form, people[0])
    write_report(form, tmp_path)
    expect_kept(form, words=True, photos=["a.jpg"])
    sign_out(form)
    form.page.wait_for_function(
        "() => !Object.values(localStorage).some((each) => each.includes('Велика яма'))"
    )
    form.open()
    expect_nothing_shown(form)
    expect_kept(form, words=False, photos=[])
    sign_in(form, people[1])
    form.open()
    expect_nothing_shown(form)


def test_signing_out_in_another_tab_deletes_what_is_open_in_this_one(form, people, tmp_path):
    sign_in(form, people[0])
    write_report(form, tmp_path)
    other = ReportPage(form.page.context.new_page(), form.site)
    sign_out(other)
    form.part("back").click()
    form.page.wait_for_timeout(500)
    form.open()
    expect_nothing_shown(form)
    expect_kept(form, words=False, photos=[])


def test_an_expired_session_shows_nothing_and_loses_nothing(form, people, tmp_path):
    sign_in(form, people[0])
    write_report(form, tmp_path)
    lose_session(form)
    form.open()
    expect_nothing_shown(form)
    form.part("header-login").click()
    sign_in(form, people[0], via_form=True)
    form.open_draft()
    expect_words_and_photo(form)


def test_the_next_person_deletes_what_an_expired_session_has_left(form, people, tmp_path):
    sign_in(form, people[0])
    write_report(form, tmp_path)
    lose_session(form)
    sign_in(form, people[1])
    form.open()
    expect_nothing_shown(form)
    expect_kept(form, words=False, photos=[])


def test_what_a_visitor_wrote_goes_on_with_who_signs_in_and_leaves_with_him(form, people, tmp_path):
    write_report(form, tmp_path, signed_in=False)
    form.go_on("check")
    form.part("send").click()
    form.page.wait_for_url("**/accounts/login/**")
    sign_in(form, people[0], via_form=True)
    form.expect_step("check")
    form.expect_taken(1)
    expect_words_and_photo(form)
    form.open_draft()
    expect_words_and_photo(form)
    sign_out(form)
    form.open()
    expect_nothing_shown(form)
    expect_kept(form, words=False, photos=[])


def test_a_visitors_draft_outlives_a_reload_and_somebody_signing_out(form, people, tmp_path):
    sign_in(form, people[0])
    sign_out(form)
    write_report(form, tmp_path, signed_in=False)
    form.page.reload()
    expect_words_and_photo(form)
    form.open_draft()
    expect_words_and_photo(form)
