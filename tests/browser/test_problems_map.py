"""Problems on the residents' map: rings, signs, the filter, the list, the card, joining."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Locator, expect

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.problems import services
from geoportal.problems.models import Category, Problem, Responsibility
from geoportal.problems.services.reporting import Report
from tests.browser.map_page import MapPage
from tests.standing import standing_world

# Two within one cell from afar, one by itself.
PAIR = ((27.067, 50.1815), (27.0675, 50.1818))
ALONE = (27.09, 50.195)
NEAR_PAIR = f"#map=17/{PAIR[0][1]}/{PAIR[0][0]}"


def write_person(name: str, **values: object) -> User:
    user = User.objects.create_user(f"{name}@example.org", "correct horse", **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class Reporter:
    """Reports problems and brings them to a state."""

    def __init__(self) -> None:
        self.author = write_person("author")
        self.moderator = write_person("moderator", is_moderator=True)
        self.officer = write_person("officer")
        self.roads = Organisation.objects.create(
            slug="roads", kind=Organisation.Kind.MUNICIPAL_ENTERPRISE, name_uk="КП «Дороги»",
            name_en="Roads",
        )  # fmt: skip
        Membership.objects.create(
            user=self.officer, organisation=self.roads, role=Membership.Role.OFFICER
        )
        group = Category.objects.create(
            code="streets", title_uk="Вулиці", title_en="Streets", icon="route"
        )
        self.pothole = Category.objects.create(
            code="pothole", parent=group, title_uk="Яма на дорозі", title_en="Pothole"
        )
        self.lamp = Category.objects.create(
            code="lamp", parent=group, title_uk="Не світить ліхтар", title_en="Street light is out"
        )
        Responsibility.objects.create(organisation=self.roads, category=group)

    def report(
        self,
        title: str,
        place: tuple[float, float],
        category: Category,
        state: str = "open",
        days: int = 1,
    ) -> Problem:
        at = timezone.now() - timedelta(days=days)
        problem = services.report_problem(
            actor=self.author,
            report=Report(
                category=category, lon=place[0], lat=place[1], title=title, description="Опис",
                address="вул. Соборна, 1",
            ),
            at=at,
        )  # fmt: skip
        services.publish_problem(actor=self.moderator, number=problem.pk, at=at)
        who = {"actor": self.officer, "organisation": self.roads, "number": problem.pk}
        if state in ("accepted", "closed"):
            services.accept_problem(**who, at=at)
        if state == "closed":
            services.close_problem(**who, resolution="solved", words="Готово.", at=at)
        return problem


@standing_world
def standing_reporter(standing_browsed: None) -> Reporter:
    return Reporter()


@standing_world
def standing_trio(standing_reporter: Reporter) -> list[Problem]:
    """An old open pothole beside an accepted lamp, and a closed pothole elsewhere."""
    reporter = standing_reporter
    return [
        reporter.report("Глибока яма", PAIR[0], reporter.pothole, days=20),
        reporter.report("Темна зупинка", PAIR[1], reporter.lamp, "accepted"),
        reporter.report("Яма біля школи", ALONE, reporter.pothole, "closed"),
    ]


@pytest.fixture
def reporter(standing_reporter: Reporter) -> Reporter:
    return standing_reporter


@pytest.fixture
def three(standing_trio: list[Problem]) -> list[Problem]:
    return standing_trio


def total(map_page: MapPage) -> Locator:
    return map_page.page.locator("#problems-total")


def choose(map_page: MapPage, state: str) -> None:
    map_page.page.locator(f".state-choice-{state}").click()
    map_page.settle()


def test_problems_are_on_when_there_are_any_and_in_no_ordinary_list(three, map_page):
    map_page.open()
    expect(map_page.page.locator("#problems-head .switch")).to_be_checked()
    expect(map_page.page.locator("#layer-switches [data-layer=problems]")).to_have_count(0)
    expect(total(map_page)).to_contain_text("3")
    for state, count in {"open": 1, "accepted": 1, "closed": 1, "archived": 0}.items():
        expect(map_page.page.locator(f"[data-count={state}]")).to_have_text(str(count))


def test_ring_parts_when_it_is_pressed_and_a_sign_opens_the_card(three, map_page):
    map_page.open("#map=13/50.18/27.07")
    middle = ((PAIR[0][0] + PAIR[1][0]) / 2, (PAIR[0][1] + PAIR[1][1]) / 2)
    map_page.click_place(*middle)
    map_page.settle()
    zoom = float(map_page.address().removeprefix("map=").split("/")[0])
    assert zoom >= 16
    map_page.click_place(*PAIR[1])
    map_page.expect_card("Темна зупинка")
    card = map_page.card()
    expect(card.locator(".status.status-accepted")).to_be_visible()
    expect(card).to_contain_text("КП «Дороги»")
    expect(card).to_contain_text("вул. Соборна, 1")
    assert f"feature=problems/{three[1].pk}" in map_page.address()
    details = card.locator(f'.card-actions a[href="/problems/{three[1].pk}/"]')
    expect(details).to_be_visible()


def test_filter_changes_what_is_drawn_counted_and_listed(three, map_page):
    map_page.open(NEAR_PAIR)
    page = map_page.page
    map_page.click_place(*PAIR[1])
    map_page.expect_card("Темна зупинка")
    page.keyboard.press("Escape")
    with page.expect_response(re.compile(r"/problems/tiles/.*state=open")):
        choose(map_page, "open")
    expect(total(map_page)).to_contain_text("1")
    expect(page).to_have_url(re.compile(r"\?state=open#"))
    map_page.click_place(*PAIR[1])
    expect(map_page.card()).to_be_hidden()
    map_page.click_place(*PAIR[0])
    map_page.expect_card("Глибока яма")
    page.keyboard.press("Escape")
    page.locator("#tab-list").click()
    expect(page.locator("#problems-items a")).to_have_count(1)
    expect(page.locator("#problems-items a")).to_contain_text("Глибока яма")
    page.locator("#tab-layers").click()
    page.locator("#problems-reset").click()
    expect(total(map_page)).to_contain_text("3")
    expect(page).not_to_have_url(re.compile("state="))


def test_link_with_a_filter_brings_its_problems_and_survives_reload(three, map_page):
    map_page.open(query="?problems=1&state=closed&category=streets")
    page = map_page.page
    for _ in range(2):
        expect(page.locator(".state-choice-closed input")).to_be_checked()
        expect(page.locator("#problems-category")).to_have_value("streets")
        expect(total(map_page)).to_contain_text("1")
        page.reload()
        map_page.wait()
    page.locator("#tab-list").click()
    expect(page.locator("#problems-items a")).to_have_count(1)
    page.locator("#problems-items a").click()
    map_page.expect_card("Яма біля школи")


def test_period_is_chosen_at_once_or_by_its_days(three, map_page):
    map_page.open()
    page = map_page.page
    page.locator(".problems-more summary").click()
    page.locator("#problems-period").select_option("7")
    expect(total(map_page)).to_contain_text("2")
    expect(page.locator("#problems-dates")).to_be_hidden()
    page.locator("#problems-period").select_option("own")
    page.locator("#problems-dates input[name=from]").fill("2001-01-01")
    page.locator("#problems-dates input[name=to]").fill("2001-12-31")
    page.locator("#problems-dates input[name=to]").press("Tab")
    expect(page.locator("#problems-list")).to_be_attached()
    expect(page).to_have_url(re.compile(r"from=2001-01-01&to=2001-12-31"))
    expect(page.locator("[data-count=open]")).to_have_text("0")


def test_switch_takes_problems_off_the_map_and_is_kept_in_the_address(three, map_page):
    map_page.open(f"{NEAR_PAIR}&layers=problems", query="?problems=1")
    switch = map_page.page.locator("#problems-head .switch")
    switch.uncheck()
    map_page.settle()
    map_page.click_place(*PAIR[1])
    expect(map_page.card()).to_be_hidden()
    expect(map_page.page.locator("#problem-filters")).to_be_hidden()
    map_page.page.reload()
    map_page.wait()
    expect(switch).not_to_be_checked()


def test_list_is_reached_by_keyboard_and_opens_the_card(three, map_page):
    map_page.open(f"{NEAR_PAIR}&layers=problems")
    page = map_page.page
    page.locator("#tab-layers").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#problems-items a").first
    expect(first).to_be_visible()
    expect(page.locator("#problems-items a")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    map_page.expect_card("Глибока яма")
    expect(map_page.card().locator(".overdue")).to_be_visible()
    # The list is drawn anew under the card, as after any movement of the map.
    page.evaluate("document.querySelector('#problems-items a').dataset.old = ''")
    page.set_viewport_size({"width": 1300, "height": 880})
    expect(page.locator("#problems-items a[data-old]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


def sign_in(map_page: MapPage, user: User, client) -> None:
    client.force_login(user)
    map_page.page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": map_page.site}]
    )


def test_resident_joins_from_the_card_and_sees_the_voice_at_once(three, map_page, client):
    sign_in(map_page, write_person("neighbour"), client)
    map_page.open(f"#feature=problems/{three[0].pk}")
    map_page.expect_card("Глибока яма")
    map_page.card().locator(".problem-join").click()
    expect(map_page.page.locator(".message")).to_be_visible()
    expect(map_page.card().locator(".problem-votes")).to_contain_text("1")
    expect(map_page.card().locator(".problem-join")).to_have_count(0)
    assert Problem.objects.get(pk=three[0].pk).votes == 1


def test_visitor_is_led_to_sign_in_and_back_to_the_problem(three, map_page):
    map_page.open(f"#feature=problems/{three[0].pk}")
    map_page.card().locator(".problem-join").click()
    map_page.page.wait_for_url(re.compile(r"/accounts/login/\?next="))
    expect(map_page.page.locator("main input[name=next]").first).to_have_value(
        re.compile(rf"feature=problems/{three[0].pk}")
    )


def test_page_that_comes_back_shows_problems_as_they_are_now(three, reporter, map_page):
    map_page.open(NEAR_PAIR)
    services.accept_problem(actor=reporter.officer, organisation=reporter.roads, number=three[0].pk)
    map_page.page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )
    expect(map_page.page.locator("[data-count=accepted]")).to_have_text("2")
    map_page.settle()
    map_page.click_place(*PAIR[0])
    expect(map_page.card().locator(".status.status-accepted")).to_be_visible()


def test_ring_says_in_words_what_it_holds(three, map_page):
    map_page.open("#map=13/50.18/27.07&layers=problems")
    x, y = map_page.find_pixel((PAIR[0][0] + PAIR[1][0]) / 2, (PAIR[0][1] + PAIR[1][1]) / 2)
    map_page.page.mouse.move(x - 2, y)
    map_page.page.mouse.move(x, y)
    tip = map_page.page.locator(".map-tip")
    expect(tip).to_be_visible()
    expect(tip.locator("p")).to_have_count(2)


def test_portal_without_problems_invites_to_report(map_page):
    map_page.open()
    expect(map_page.page.locator("#problems a")).to_have_attribute("href", "/problems/new/")


def test_phone_shows_the_section_in_the_sheet_and_the_card_over_it(three, phone_page):
    phone_page.open(f"#feature=problems/{three[2].pk}")
    phone_page.expect_card("Яма біля школи")
    box = phone_page.card().locator(".card-actions").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    phone_page.page.keyboard.press("Escape")
    for choice in phone_page.page.locator(".problems-state").all():
        size = choice.bounding_box()
        assert size is not None
        assert size["height"] >= 44


def test_dark_theme_keeps_the_rings(three, map_page):
    map_page.page.emulate_media(color_scheme="light")
    map_page.open(NEAR_PAIR)
    with map_page.page.expect_response(re.compile(r"/tiles/style\.json\?theme=dark")):
        map_page.page.emulate_media(color_scheme="dark")
    map_page.settle()
    map_page.click_place(*PAIR[1])
    map_page.expect_card("Темна зупинка")
