"""Answers and reopenings with photos through a plain form: kept, cleaned, never sent twice."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from geoportal.problems import services
from geoportal.problems.models import Attachment, Problem
from tests.geoportal.problems.conftest import write_user


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def asked(town, make_problem) -> Problem:
    problem: Problem = make_problem("accepted")
    services.ask_author(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        words="Покажіть, де саме.",
    )
    return problem


def draw_photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "olive").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def send(client, problem: Problem, action: str, **fields: object):
    url = f"/problems/{problem.pk}/actions/{action}/files/"
    return client.post(url, fields, follow=True)


def test_an_answer_brings_its_photos(sign_in, author, asked):
    page = send(
        sign_in(author),
        asked,
        "answer",
        words="Ось тут.",
        files=[draw_photo(), draw_photo("2.jpg")],
    ).content.decode()
    photos = list(asked.attachments.all())
    assert [photo.purpose for photo in photos] == ["answer", "answer"]
    assert {photo.change.action for photo in photos} == {"answer"}
    for photo in photos:
        assert f"/problems/{asked.pk}/media/{photo.pk}/thumbnail" in page


def test_a_reopening_brings_its_photo(sign_in, author, make_problem):
    problem = make_problem("closed")
    send(sign_in(author), problem, "reopen", words="Знову.", files=[draw_photo()])
    problem.refresh_from_db()
    assert problem.state == "open"
    assert problem.attachments.get().purpose == "reopening"


def test_a_bad_file_is_refused_and_the_rest_is_kept(sign_in, author, asked):
    client = sign_in(author)
    script = SimpleUploadedFile("photo.jpg", b"<?php echo 1;", "image/jpeg")
    page = send(client, asked, "answer", words="Мої слова", files=[draw_photo(), script])
    text = page.content.decode()
    assert "neither a photo nor a video" in text
    assert "Мої слова" in text
    kept = Attachment.objects.get()
    assert re.search(rf'name="attachments" value="{kept.pk}" checked', text)
    draft = re.search(r'name="draft_id" value="([^"]+)"', text)[1]
    send(client, asked, "answer", words="Мої слова", draft_id=draft, attachments=[kept.pk])
    kept.refresh_from_db()
    assert (kept.problem, kept.purpose) == (asked, "answer")


def test_refused_words_keep_the_photo_that_was_sent(sign_in, author, asked):
    text = send(sign_in(author), asked, "answer", words=" ", files=[draw_photo()]).content.decode()
    kept = Attachment.objects.get()
    assert kept.problem is None
    assert f'value="{kept.pk}" checked' in text


def test_photos_of_somebody_else_are_not_taken(sign_in, author, asked):
    stranger = write_user("stranger")
    foreign = Attachment.objects.create(
        owner=stranger,
        draft_id="6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        kind=Attachment.Kind.PHOTO,
    )
    send(
        sign_in(author),
        asked,
        "answer",
        words="Ось.",
        draft_id=str(foreign.draft_id),
        attachments=[foreign.pk],
    )
    foreign.refresh_from_db()
    assert foreign.problem is None


def test_only_actions_that_take_photos_are_there(sign_in, author, asked):
    client = sign_in(author)
    for action in ("rate", "join", "nothing"):
        assert send(client, asked, action, files=[draw_photo()]).status_code == 404
    assert Attachment.objects.count() == 0


def test_a_problem_that_is_not_seen_takes_no_files(sign_in, visitor, make_problem):
    problem = make_problem("moderation")
    for client in (visitor, sign_in(write_user("stranger"))):
        assert send(client, problem, "answer", files=[draw_photo()]).status_code == 404
    assert Attachment.objects.count() == 0


def test_a_visitor_is_sent_to_sign_in_and_nothing_is_kept(visitor, asked):
    response = visitor.post(
        f"/problems/{asked.pk}/actions/answer/files/", {"words": "Я.", "files": [draw_photo()]}
    )
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    assert Attachment.objects.count() == 0
