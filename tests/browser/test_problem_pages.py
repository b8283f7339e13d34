"""The pages of problems in a browser: what scripts add, and that all works without them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

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
)

pytestmark = SHARP

MAP = "#problem-map[data-map-state='idle']"
MAP_WAIT_MS = 20_000
# The colour of a text against the ground that lies under it, by WCAG 2.2.
CONTRAST = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = element;
  while (read(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const pair = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
  const [dark, bright] = pair.map((colour) => light(read(colour))).sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}"""


@pytest.fixture
def witness(live_server, town, context) -> Witness:
    """Of a server with the problems' town instead of the map's community."""
    witness = Witness(str(live_server.url))
    witness.watch(context)
    return witness


@pytest.fixture
def problems(town, make_problem) -> dict[str, Problem]:
    """One problem in each state that residents see."""
    long_ago = timezone.now() - timedelta(days=60)
    return {
        "open": make_problem(),
        "accepted": make_problem("accepted"),
        "closed": make_problem("closed"),
        "archived": make_problem("archived", at=long_ago),
    }


@pytest.fixture
def screen(witness: Witness, page: Page) -> Iterator[Page]:
    """At the end nothing outside was asked and nothing complained of."""
    yield page
    assert witness.outside == []
    assert witness.complaints == []


def test_the_list_follows_its_filter_and_the_way_back(screen, witness, problems):
    screen.goto(f"{witness.site}/problems/")
    # What is archived waits until it is asked for.
    expect(screen.locator(".problem-card")).to_have_count(3)
    screen.locator(".state-choice-closed").click()
    expect(screen.locator(".problem-card")).to_have_count(1)
    assert screen.url.endswith("/problems/?state=closed")
    expect(screen.locator(".active-filter")).to_have_count(1)
    screen.locator("#filter-q").fill("верблюд")
    expect(screen.locator(".empty")).to_be_visible()
    expect(screen.locator("[data-count='closed']")).to_have_text("0")
    screen.go_back()
    expect(screen.locator(".problem-card")).to_have_count(1)
    screen.go_back()
    expect(screen.locator(".problem-card")).to_have_count(3)


def test_the_list_and_its_pages_work_without_scripts(
    browser: Browser,
    live_server,
    make_problem,
):
    for _ in range(22):
        make_problem()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/problems/")
    page.locator("a[rel='next']").click()
    expect(page.locator(".problem-card")).to_have_count(2)
    page.locator(".state-choice-open").click()
    page.locator(".filters-find").click()
    expect(page.locator(".problem-card")).to_have_count(20)
    page.locator(".problem-card-title a").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#problem-map")).to_be_hidden()
    expect(page.locator("#share-problem")).to_be_hidden()
    context.close()


def test_a_problem_has_a_small_map_and_a_link_to_copy(screen, witness, problems, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    url = f"{witness.site}/problems/{problems['open'].pk}/"
    screen.goto(url)
    screen.wait_for_selector(MAP, timeout=MAP_WAIT_MS)
    if screen.evaluate("() => !navigator.share"):
        screen.locator("#share-problem").click()
        assert screen.evaluate("() => navigator.clipboard.readText()") == url


def test_the_author_moves_the_pin_by_a_tap(
    screen,
    witness,
    make_problem,
    author,
):
    problem = make_problem("moderation")
    sign_in(screen, author, witness.site)
    screen.goto(f"{witness.site}/problems/{problem.pk}/edit/")
    screen.wait_for_selector(MAP, timeout=MAP_WAIT_MS)
    before = screen.locator("#edit-lon").input_value()
    screen.locator("#problem-map").click(position={"x": 60, "y": 60})
    expect(screen.locator("#edit-lon")).not_to_have_value(before)
    screen.locator("#edit-title").fill("Купа сміття ближче до дороги")
    screen.locator("button[value='save']").click()
    expect(screen.locator("h1")).to_have_text("Купа сміття ближче до дороги")
    problem.refresh_from_db()
    assert problem.geom.x < float(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_have_a_shape_and_words_that_can_be_read(screen, witness, problems, scheme):
    screen.emulate_media(color_scheme=scheme)
    shapes = set()
    for state in problems:
        screen.goto(f"{witness.site}/problems/?state={state}")
        badge = screen.locator(f".problem-card .status-{state}").first
        assert badge.inner_text().strip()
        assert badge.evaluate(CONTRAST) >= 4.5, state
        shapes.add(badge.locator("svg").inner_html())
    assert len(shapes) == 4


def test_nothing_is_wider_than_a_phone(screen, witness, problems, make_problem, author):
    refused = make_problem("rejected")
    sign_in(screen, author, witness.site)
    screen.set_viewport_size(PHONE)
    for path in (
        "",
        "mine/",
        "statistics/",
        f"{problems['closed'].pk}/",
        f"{problems['accepted'].pk}/",
        f"{refused.pk}/",
        f"{refused.pk}/edit/",
    ):
        screen.goto(f"{witness.site}/problems/{path}")
        expect_fits(screen)


def test_the_chart_and_the_tables_are_drawn(screen, witness, problems):
    screen.goto(f"{witness.site}/problems/statistics/")
    expect(screen.locator(".chart-drawing .piece").first).to_be_visible()
    expect(screen.get_by_role("img", name=re.compile("."))).to_have_count(1)
    assert screen.locator(".numbers tbody tr").count() >= 4
