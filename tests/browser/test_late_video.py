"""A video that is still being prepared when its report is published: seen by nobody unchecked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geoportal.accounts.models import User
from geoportal.problems import services
from geoportal.problems.media import video_jobs
from geoportal.problems.models import Attachment, Problem
from tests.browser.reporting import WAIT_MS, ReportPage, write_person
from tests.browser.working_places import sign_in
from tests.geoportal.media import making
from tests.queue import NO_WORKER


@pytest.fixture(autouse=True)
def no_worker(settings, tmp_path) -> None:
    """Jobs wait until the test runs them."""
    settings.TASKS = NO_WORKER
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def moderator(standing_reporting) -> User:
    return write_person("moderator", is_moderator=True)


@pytest.fixture
def form(witness, page: Page, moderator) -> Iterator[ReportPage]:
    form = ReportPage(page, witness.site)
    form.sign_in(write_person("resident"))
    yield form
    assert witness.outside == []
    assert witness.complaints == []


def send_with_video(form: ReportPage, folder: Path) -> Problem:
    film = making.make_video(folder / "film.mp4", *making.H264, "-c:a", "aac", *making.PLACE)
    form.open()
    form.go_to_photos()
    form.add(film)
    form.expect_photos("film.mp4")
    form.page.wait_for_selector(".media-item[data-state='waiting']", timeout=WAIT_MS)
    form.go_on("check")
    form.part("send").click()
    return form.expect_sent()


def test_a_moderator_sees_a_late_video_before_everyone_else(
    form, moderator, browser: Browser, tmp_path
):
    problem = send_with_video(form, tmp_path)
    video = problem.attachments.get()
    assert video.processing == Attachment.Processing.WAITING

    desk_context = browser.new_context(locale="en-US", viewport={"width": 1400, "height": 900})
    desk = desk_context.new_page()
    sign_in(desk, moderator, form.site)
    desk.goto(f"{form.site}/moderation/")
    expect(desk.locator(f"#report-{problem.pk}")).to_contain_text("відео ще обробляється")
    services.publish_problem(actor=moderator, number=problem.pk)

    video_jobs.prepare_video.func(video.pk)
    visitor_context = browser.new_context(locale="en-US")
    visitor = visitor_context.new_page()
    visitor.goto(f"{form.site}/problems/{problem.pk}/")
    expect(visitor.locator("video")).to_have_count(0)
    form.page.goto(f"{form.site}/problems/{problem.pk}/")
    expect(form.page.locator("video")).to_have_count(1)

    desk.goto(f"{form.site}/moderation/media/")
    desk.wait_for_selector(f"#file-{video.pk}.is-chosen")
    assert desk.locator("video").evaluate(
        "video => new Promise((done) => {"
        " video.addEventListener('loadedmetadata', () => done(video.videoWidth));"
        " video.addEventListener('error', () => done(0)); video.load(); video.preload = 'auto'; })"
    )
    desk.keyboard.press("s")
    expect(desk.locator("#files .empty")).to_be_visible()
    visitor.reload()
    expect(visitor.locator("video")).to_have_count(1)
    assert b"+50.4501" not in Path(Attachment.objects.get(pk=video.pk).file.path).read_bytes()
    desk_context.close()
    visitor_context.close()
