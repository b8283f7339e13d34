"""Photos and videos that no moderator has seen are shown to nobody but those who work on them."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.test import Client

from geoportal.core.errors import Conflict, VersionMismatch
from geoportal.media.videos import CleanVideo
from geoportal.problems import services
from geoportal.problems.media import video_jobs
from geoportal.problems.media.uploads import add_upload
from geoportal.problems.models import Attachment, Problem
from layers.models import Feature
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.problems.uploading import photo, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(author):
    """A video of a problem, as it waits for its job."""

    def add(problem: Problem) -> Attachment:
        original = default_storage.save("problems/incoming/x", ContentFile(b"video"))
        return Attachment.objects.create(
            problem=problem, owner=author, kind="video", processing="waiting", file=original
        )

    return add


@pytest.fixture
def finish(monkeypatch):
    """Run the job of a video without FFmpeg."""

    def clean(source, folder, *, name=""):
        target = folder / "clean.mp4"
        target.write_bytes(b"clean")
        return CleanVideo(target, "video/mp4", b"\xff\xd8poster", 1.0, 64, 48)

    monkeypatch.setattr(video_jobs, "clean_video", clean)

    def run(video: Attachment) -> None:
        video_jobs.prepare_video.func(video.pk)
        video.refresh_from_db()
        assert video.processing == "ready"

    return run


def media_url(attachment: Attachment) -> str:
    return f"/problems/{attachment.problem_id}/media/{attachment.pk}/thumbnail"


def read_media_url(problem: Problem) -> object:
    return Client().get(f"/open311/v2/requests/{problem.pk}.json").json()[0]["media_url"]


def test_a_video_that_becomes_ready_after_publication_is_shown_to_nobody_by_itself(
    make_problem, moderator, author, town, video, finish
):
    problem = make_problem("moderation")
    waiting = video(problem)
    services.publish_problem(actor=moderator, number=problem.pk)
    finish(waiting)
    assert (waiting.is_hidden, waiting.needs_check) == (True, True)
    for client in (Client(), sign_in(write_user("stranger"))):
        assert client.get(media_url(waiting)).status_code == 404
        assert media_url(waiting) not in client.get(f"/problems/{problem.pk}/").content.decode()
    for user in (author, moderator, town.officers["clean"]):
        response = sign_in(user).get(media_url(waiting))
        assert response["Cache-Control"] == "private, no-cache"
    assert read_media_url(problem) is None
    assert "thumbnail" not in Feature.objects.get(layer__slug="problems").properties


def test_what_a_moderator_shows_is_seen_by_everyone(make_problem, moderator, video, finish):
    problem = make_problem("moderation")
    waiting = video(problem)
    services.publish_problem(actor=moderator, number=problem.pk)
    show = {"actor": moderator, "number": problem.pk, "attachment": waiting.pk}
    with pytest.raises(Conflict):
        services.set_media_hidden(**show, is_hidden=False)
    finish(waiting)
    services.set_media_hidden(**show, is_hidden=False)
    waiting.refresh_from_db()
    assert not waiting.needs_check
    assert Client().get(media_url(waiting))["Cache-Control"] == "public, no-cache"
    assert Feature.objects.get(layer__slug="problems").properties["thumbnail"]


def test_what_is_kept_hidden_is_hidden_from_holders_too(
    make_problem, moderator, author, town, video, finish
):
    problem = make_problem("moderation")
    waiting = video(problem)
    services.publish_problem(actor=moderator, number=problem.pk)
    finish(waiting)
    services.set_media_hidden(
        actor=moderator, number=problem.pk, attachment=waiting.pk, is_hidden=True, words="Обличчя."
    )
    assert sign_in(town.officers["clean"]).get(media_url(waiting)).status_code == 404
    assert sign_in(author).get(media_url(waiting)).status_code == 200


def test_a_video_that_became_ready_meanwhile_stops_the_publication(
    make_problem, moderator, video, finish
):
    problem = make_problem("moderation")
    waiting = video(problem)
    seen = problem.version
    finish(waiting)
    with pytest.raises(VersionMismatch):
        services.publish_problem(actor=moderator, number=problem.pk, expected_version=seen)
    problem.refresh_from_db()
    services.publish_problem(actor=moderator, number=problem.pk, expected_version=problem.version)
    waiting.refresh_from_db()
    assert not waiting.is_hidden


@pytest.mark.parametrize("action", ["answer", "reopen"])
def test_photos_of_later_steps_wait_for_a_moderator(make_problem, author, moderator, town, action):
    problem = make_problem("closed" if action == "reopen" else "accepted")
    clean = {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}
    draft = uuid.uuid4()
    added = add_upload(actor=author, draft_id=draft, file=photo()).attachment
    given = {"actor": author, "number": problem.pk, "attachments": [added.pk], "draft_id": draft}
    if action == "answer":
        services.ask_author(**clean, number=problem.pk, words="Де саме?")
        services.answer_question(**given, words="Ось тут.")
    else:
        services.reopen_problem(**given, words="Знову.")
    added.refresh_from_db()
    assert added.needs_check
    page = Client().get(f"/problems/{problem.pk}/").content.decode()
    assert media_url(added) not in page
    assert Client().get(media_url(added)).status_code == 404
    assert read_media_url(problem) is None
    for user in (author, town.officers["clean"]):
        assert sign_in(user).get(media_url(added)).status_code == 200
    assert media_url(added) in sign_in(author).get(f"/problems/{problem.pk}/").content.decode()
    services.set_media_hidden(
        actor=moderator, number=problem.pk, attachment=added.pk, is_hidden=False
    )
    assert media_url(added) in Client().get(f"/problems/{problem.pk}/").content.decode()


def test_photos_of_the_organisation_are_public_at_once(make_problem, town):
    problem = make_problem("accepted")
    officer, draft = town.officers["clean"], uuid.uuid4()
    after = add_upload(actor=officer, draft_id=draft, file=photo()).attachment
    services.close_problem(
        actor=officer, organisation=town.organisations["clean"], number=problem.pk,
        resolution="solved", words="Вивезли.", attachments=[after.pk], draft_id=draft,
    )  # fmt: skip
    after.refresh_from_db()
    assert Client().get(media_url(after)).status_code == 200


def test_the_database_knows_that_what_was_not_checked_is_hidden(make_problem, video):
    waiting = video(make_problem("moderation"))
    with pytest.raises(IntegrityError):
        Attachment.objects.filter(pk=waiting.pk).update(needs_check=True, is_hidden=False)
