"""Photos and videos of problems over HTTP: who sees which, in parts, kept by no wrong cache."""

import uuid

import pytest
from django.test import Client

from geoportal.problems import services
from geoportal.problems.media.uploads import add_upload
from geoportal.problems.models import Attachment, Problem
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.problems.uploading import photo, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def illustrated(author, make_problem):
    """A problem with a photo, in a state."""

    def make(state: str = "open", **given: object) -> tuple[Problem, Attachment]:
        draft = uuid.uuid4()
        upload = add_upload(actor=author, draft_id=draft, file=photo()).attachment
        problem = make_problem(state, client_request_id=draft, attachments=[upload.pk], **given)
        return problem, Attachment.objects.get(pk=upload.pk)

    return make


def url(attachment: Attachment, part: str = "file") -> str:
    return f"/problems/{attachment.problem_id}/media/{attachment.pk}/{part}"


def test_everyone_sees_a_photo_of_a_public_problem(client, illustrated):
    _problem, attachment = illustrated()
    for part in ("file", "thumbnail"):
        response = client.get(url(attachment, part))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "public, no-cache"
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_it_is_sent_in_parts_and_not_again(client, illustrated):
    _problem, attachment = illustrated()
    part = client.get(url(attachment), headers={"Range": "bytes=0-2"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == b"\xff\xd8\xff"
    kept = client.get(url(attachment), headers={"If-None-Match": part["ETag"]})
    assert kept.status_code == 304


@pytest.mark.parametrize("state", ["moderation", "rejected"])
def test_before_publication_only_the_author_and_moderators_see_it(
    illustrated, author, moderator, town, state
):
    _problem, attachment = illustrated(state)
    for user in (author, moderator):
        response = sign_in(user).get(url(attachment))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-cache"
    for other in (Client(), sign_in(write_user("stranger")), sign_in(town.officers["clean"])):
        assert other.get(url(attachment)).status_code == 404


def test_a_hidden_photo_is_seen_by_moderators_and_the_author(illustrated, author, moderator, town):
    problem, attachment = illustrated()
    services.set_media_hidden(
        actor=moderator, number=problem.pk, attachment=attachment.pk, is_hidden=True, words="Номер."
    )
    for user in (author, moderator):
        response = sign_in(user).get(url(attachment))
        assert response["Cache-Control"] == "private, no-cache"
    for other in (Client(), sign_in(town.officers["clean"])):
        assert other.get(url(attachment, "thumbnail")).status_code == 404


def test_a_photo_of_a_private_category_is_for_who_works_on_it(illustrated, town, author):
    _problem, attachment = illustrated(category="abuse", worker="council")
    assert sign_in(town.officers["council"]).get(url(attachment)).status_code == 200
    assert sign_in(author).get(url(attachment))["Cache-Control"] == "private, no-cache"
    for other in (Client(), sign_in(town.officers["clean"])):
        assert other.get(url(attachment)).status_code == 404


def test_a_photo_sent_to_moderators_before_publication_stays_between_them(
    client, make_problem, author, moderator, town
):
    """The answer's words are theirs alone, and so is what came with it, in Open311 too."""
    problem = make_problem("moderation")
    services.ask_reporter(actor=moderator, number=problem.pk, words="Хто саме?")
    draft = uuid.uuid4()
    attachment = add_upload(actor=author, draft_id=draft, file=photo()).attachment
    services.answer_question(
        actor=author, number=problem.pk, words="Ось.", attachments=[attachment.pk], draft_id=draft
    )
    services.publish_problem(actor=moderator, number=problem.pk)
    attachment.refresh_from_db()
    for user in (author, moderator):
        assert sign_in(user).get(url(attachment))["Cache-Control"] == "private, no-cache"
    for other in (client, sign_in(write_user("stranger")), sign_in(town.officers["clean"])):
        for part in ("file", "thumbnail"):
            assert other.get(url(attachment, part)).status_code == 404
    assert client.get(f"/open311/v2/requests/{problem.pk}.json").json()[0]["media_url"] is None


def test_a_photo_is_not_reached_through_another_problem(client, illustrated, make_problem):
    _problem, attachment = illustrated("moderation")
    other = make_problem("open")
    assert client.get(f"/problems/{other.pk}/media/{attachment.pk}/file").status_code == 404


@pytest.mark.parametrize("processing", ["waiting", "failed"])
def test_what_is_not_cleaned_is_served_to_nobody(illustrated, author, processing):
    _problem, attachment = illustrated()
    Attachment.objects.filter(pk=attachment.pk).update(processing=processing)
    assert sign_in(author).get(url(attachment)).status_code == 404


def test_other_parts_and_methods_are_refused(client, illustrated):
    _problem, attachment = illustrated()
    assert client.get(url(attachment, "original")).status_code == 404
    assert client.post(url(attachment)).status_code == 405
