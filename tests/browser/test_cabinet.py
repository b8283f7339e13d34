"""An officer and a starosta in their cabinets: on a wide screen, on a phone, without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geoportal.accounts.models import User
from geoportal.problems.models import Problem
from tests.browser.conftest import SHARP, Witness
from tests.browser.working_places import (  # noqa: F401
    PHONE,
    author,
    expect_fits,
    make_problem,
    make_report,
    moderator,
    sign_in,
    standing_town,
    town,
    wait_for_map,
    write_photo,
)

pytestmark = SHARP

UPLOAD_WAIT_MS = 30_000
Open = Callable[[User, str], Page]


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def open_cabinet(live_server, town, context, page: Page) -> Iterator[Open]:
    """A page of a cabinet for a person; at the end nothing outside was asked or complained of."""
    witness = Witness(str(live_server.url))
    witness.watch(context)

    def open_page(user: User, path: str) -> Page:
        sign_in(page, user, witness.site)
        page.goto(f"{witness.site}/cabinet/{path}")
        return page

    yield open_page
    assert witness.outside == []
    assert witness.complaints == []


def get(problem: Problem) -> Any:
    return Problem.objects.get(pk=problem.pk)


def test_officer_accepts_and_closes_with_a_photo_on_a_phone(
    open_cabinet,
    standing_town,
    town,
    make_problem,
    tmp_path,
):
    problem = make_problem("open", title="Купа гілок")
    page = open_cabinet(town.officers["clean"], "")
    page.set_viewport_size(PHONE)
    expect_fits(page)
    page.get_by_role("link", name="Купа гілок").click()
    expect_fits(page)
    page.locator("#accept button[type=submit]").click()
    expect(page.locator("#close")).to_be_visible()
    assert get(problem).state == "accepted"
    page.locator("#close input[value=solved]").check()
    page.locator("#close textarea").fill("Вивезли зранку.")
    page.locator("#photos").set_input_files(write_photo(tmp_path))
    expect(page.locator("#uploads img")).to_have_count(1, timeout=UPLOAD_WAIT_MS)
    expect_fits(page)
    page.locator("#close button[type=submit]").click()
    expect(page.locator(".status-closed").first).to_be_visible()
    closed = get(problem)
    assert (closed.state, closed.resolution) == ("closed", "solved")
    assert closed.attachments.get().purpose == "after"


def test_selected_problems_are_forwarded_together_and_refusals_are_told(
    open_cabinet,
    standing_town,
    town,
    make_problem,
):
    first, second, kept = (make_problem("open", title=f"Скарга {n}") for n in "абв")
    page = open_cabinet(town.officers["clean"], "clean/?tab=to-accept")
    expect(page.locator("#bulk-form")).to_be_hidden()
    page.locator("#select-all").check()
    expect(page.locator("#bulk-count")).to_have_text("3")
    page.locator(f"input[name=numbers][value='{kept.pk}']").uncheck()
    page.locator("#bulk-action").select_option("forward")
    expect(page.locator("[name=planned_on]")).to_be_hidden()
    page.locator("#bulk-form [name=to]").select_option("tidy")
    page.locator("#bulk-words").fill("Це ваша зона.")
    page.locator("#bulk-form button[type=submit]").click()
    expect(page.locator("#outcomes li")).to_have_count(2)
    assert get(first).organisation.slug == get(second).organisation.slug == "tidy"
    assert get(kept).organisation.slug == "clean"
    page.locator(f"input[name=numbers][value='{kept.pk}']").check()
    page.locator("#bulk-action").select_option("forward")
    page.locator("#bulk-form [name=to]").select_option("tidy")
    page.locator("#bulk-form button[type=submit]").click()
    expect(page.locator("#outcomes .outcome-refused")).to_have_count(1)
    expect(page.locator(f"input[name=numbers][value='{kept.pk}']")).to_be_checked()
    expect(page.locator("#bulk-form [name=to]")).to_have_value("tidy")


def test_the_map_holds_the_same_problems_as_the_table_and_leads_to_the_row(
    open_cabinet,
    standing_town,
    town,
    make_problem,
):
    problem = make_problem("open", title="Одна на карті")
    make_problem("open", place=(30.51, 50.405), title="Чужа скарга")
    page = open_cabinet(town.officers["clean"], "clean/?tab=to-accept")
    wait_for_map(page)
    box = page.locator("#work-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f"#row-{problem.pk}.is-chosen")).to_be_visible()


def test_prepared_words_fill_the_field(open_cabinet, town, make_problem):
    problem = make_problem("accepted")
    page = open_cabinet(town.officers["clean"], "clean/templates/")
    page.locator("aside [name=title]").fill("Вивезли")
    page.locator("aside [name=words]").fill("Сміття вивезли, дякуємо.")
    page.locator("aside button[value=add]").click()
    expect(page.locator("details.piece summary")).to_contain_text("Вивезли")
    page = open_cabinet(town.officers["clean"], f"clean/{problem.pk}/")
    page.locator("#close .chip").click()
    expect(page.locator("#close textarea")).to_have_value("Сміття вивезли, дякуємо.")


def test_starosta_sees_the_territory_on_the_map_and_in_numbers(
    open_cabinet,
    standing_town,
    town,
    make_problem,
):
    inside = make_problem("open", title="На заході")
    make_problem("open", place=(30.53, 50.405), title="На сході")
    page = open_cabinet(town.officers["starosta"], "")
    wait_for_map(page)
    expect(page.locator(".territory")).to_contain_text("West")
    expect(page.locator(".problems-table tbody tr")).to_have_count(1)
    expect(page.locator("#bulk-form")).to_have_count(0)
    page.get_by_role("link", name="На заході").click()
    expect(page.locator(".actions-list")).to_have_count(0)
    page.locator("form[action$='/follow/'] button").click()
    expect(page.locator("form[action$='/unfollow/'] button")).to_be_visible()
    assert inside.followers.filter(user=town.officers["starosta"]).exists()
    page.set_viewport_size(PHONE)
    page.goto(page.url.split("/cabinet/")[0] + "/cabinet/starosta/")
    expect_fits(page)


def test_a_problem_is_accepted_and_closed_without_scripts(
    live_server,
    standing_town,
    town,
    make_problem,
    browser: Browser,
    tmp_path,
):
    problem = make_problem("open", title="Купа гілок")
    site = str(live_server.url)
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, town.officers["clean"], site)
        page.goto(f"{site}/cabinet/clean/{problem.pk}/")
        page.locator("#accept button[type=submit]").click()
        page.locator("#close input[value=solved]").check()
        page.locator("#close textarea").fill("Вивезли.")
        page.locator("#photos").set_input_files(write_photo(tmp_path))
        page.locator("#close button[type=submit]").click()
        expect(page.locator(".status-closed").first).to_be_visible()
        assert get(problem).attachments.count() == 1
        page.goto(f"{site}/cabinet/clean/?tab=closed")
        expect(page.locator(".problems-table tbody tr")).to_have_count(1)
