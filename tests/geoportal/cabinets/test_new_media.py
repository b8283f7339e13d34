"""New photos and videos: told of in the queue, shown to everyone or kept hidden."""

import re

from geoportal.problems.models import Attachment, Problem
from tests.geoportal.cabinets.conftest import act


def add_file(problem: Problem, **values: object) -> Attachment:
    given = {"kind": "photo", "file": "a.jpg", "thumbnail": "b.jpg"} | values
    return Attachment.objects.create(problem=problem, owner=problem.reporter, **given)


def test_a_video_that_is_not_ready_is_told_of_in_the_queue_and_on_the_report(desk, make_problem):
    problem = make_problem("moderation")
    add_file(problem, kind="video", processing="waiting", thumbnail="")
    assert "відео ще обробляється" in desk.get("/moderation/").content.decode()
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    assert "Відео ще обробляється. Якщо опублікувати зараз" in page


def test_new_photos_are_listed_shown_or_kept_hidden(desk, make_problem):
    problem = make_problem("open")
    hidden = {"is_hidden": True, "needs_check": True}
    shown, kept, waiting = (
        add_file(problem, **hidden),
        add_file(problem, **hidden),
        add_file(problem, kind="video", processing="waiting", **hidden),
    )
    add_file(problem, is_hidden=True)
    add_file(make_problem("rejected"), **hidden)
    page = desk.get("/moderation/media/").content.decode()
    assert re.findall(r'id="file-(\d+)"', page) == [str(each.pk) for each in (shown, kept, waiting)]
    assert re.search(r'href="/moderation/media/"[^\n]*class="count">3<', page)
    assert page.count('data-action="show"') == 2
    reason = re.search(r'name="words" value="([^"]+)"', page)[1]
    act(desk, problem, "show_media", attachment=shown.pk)
    act(desk, problem, "hide_media", attachment=kept.pk, words=reason)
    for file in (shown, kept):
        file.refresh_from_db()
    assert (shown.is_hidden, shown.needs_check) == (False, False)
    assert (kept.is_hidden, kept.needs_check) == (True, False)
    page = desk.get("/moderation/media/").content.decode()
    assert re.findall(r'id="file-(\d+)"', page) == [str(waiting.pk)]


def test_what_was_never_shown_is_not_shown_by_an_undo(desk, make_problem):
    problem = make_problem("open")
    file = add_file(problem, is_hidden=True, needs_check=True)
    act(desk, problem, "hide_media", attachment=file.pk, words="Обличчя.")
    desk.post(f"/moderation/{problem.pk}/undo/")
    file.refresh_from_db()
    assert file.is_hidden
