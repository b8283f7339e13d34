"""The link that stops letters, and back."""

import re

import pytest
from django.core import mail, signing
from django.test import Client

from geoportal.notifications.links import SALT, Subscription, build_stop_url
from geoportal.notifications.models import Preference
from geoportal.notifications.selectors import wants_mail
from tests.geoportal.notifications.conftest import SITE, as_sent, list_links
from tests.geoportal.problems.conftest import write_user

AUTHOR = "author@example.org"


@pytest.fixture
def problem(make_problem):
    return make_problem("moderation")


@pytest.fixture
def paths(tell, problem, moderator) -> tuple[str, str]:
    """Of the links in a letter to the author: about this problem, about all."""
    letter = tell("publish_problem", actor=moderator, number=problem.pk)[AUTHOR]
    one, every = (
        link.removeprefix(SITE) for link in list_links(letter) if "/notifications/stop/" in link
    )
    assert as_sent(letter)["List-Unsubscribe"] == f"<{SITE}{one}>"
    return one, every


@pytest.fixture
def stranger() -> Client:
    """Nobody is signed in, and forms are checked as in life."""
    return Client(enforce_csrf_checks=True)


def test_looking_at_the_page_changes_nothing(paths, stranger, problem, author):
    for path in paths:
        response = stranger.get(path)
        assert response.status_code == 200
        assert 'value="stop"' in response.content.decode()
    assert problem.followers.get(user=author).wants_mail
    assert wants_mail(author)


def test_mail_program_stops_letters_of_one_problem_by_one_post(
    paths, stranger, tell, problem, author, work, make_problem, moderator
):
    body = {"List-Unsubscribe": "One-Click"}
    assert stranger.post(paths[0], body).status_code == 200
    assert AUTHOR not in tell("accept_problem", **work(), number=problem.pk)
    other = make_problem("moderation")
    assert AUTHOR in tell("publish_problem", actor=moderator, number=other.pk)


def test_all_letters_are_stopped_and_let_come_again(paths, stranger, tell, problem, author, work):
    page = stranger.post(paths[1], {"wish": "stop"}).content.decode()
    assert not wants_mail(author)
    assert 'value="again"' in page
    assert AUTHOR not in tell("accept_problem", **work(), number=problem.pk)
    stranger.post(paths[1], {"wish": "again"})
    assert wants_mail(author)
    assert AUTHOR in tell("ask_author", **work(), number=problem.pk, words="Де?")


def test_undo_brings_letters_of_the_problem_back(paths, stranger, problem, author):
    stranger.post(paths[0])
    assert not problem.followers.get(user=author).wants_mail
    stranger.post(paths[0], {"wish": "again"})
    assert problem.followers.get(user=author).wants_mail


@pytest.mark.parametrize(
    "token",
    ["x", "x:y:z", signing.dumps([1, 0], salt="another")],
    ids=["one part", "three parts", "signed for another thing"],
)
def test_link_that_was_not_made_here_opens_nothing(db, stranger, token):
    for method in (stranger.get, stranger.post):
        assert method(f"/notifications/stop/{token}/").status_code == 404


def test_links_of_letters_that_went_before_subjects_had_names_still_stop(stranger, author, problem):
    token = signing.dumps([author.pk, problem.pk], salt=SALT)
    assert stranger.post(f"/notifications/stop/{token}/").status_code == 200
    assert not problem.followers.get(user=author).wants_mail


def test_unknown_wish_is_refused(paths, stranger, author):
    assert stranger.post(paths[1], {"wish": "everything"}).status_code == 400
    assert wants_mail(author)


def test_link_of_who_left_changes_nothing(db, stranger):
    path = build_stop_url(Subscription(987654, None)).removeprefix(SITE)
    assert stranger.post(path).status_code == 404
    assert not Preference.objects.exists()


def test_link_does_not_sign_anybody_in_and_tells_no_email(paths, stranger):
    page = stranger.get(paths[1]).content.decode()
    assert AUTHOR not in page
    assert not re.search(r"sessionid", str(stranger.cookies))
    assert signing.loads(paths[1].split("/")[-2], salt=SALT)[1] == 0


def test_letters_about_a_joined_problem_stop_for_the_one_that_stands(
    tell, make_problem, moderator, stranger, author
):
    problem, target = make_problem("open"), make_problem("open", by=write_user("another"))
    letter = tell("merge_problem", actor=moderator, number=problem.pk, into=target.pk)[AUTHOR]
    one = next(link for link in list_links(letter) if "/stop/" in link)
    stranger.post(one.removeprefix(SITE))
    assert not target.followers.get(user=author).wants_mail


def test_signed_in_person_has_a_page_for_all_letters(client, author):
    assert client.get("/notifications/").status_code == 302
    client.force_login(author)
    assert 'value="stop"' in client.get("/notifications/").content.decode()
    assert 'value="again"' in client.post("/notifications/", {"wish": "stop"}).content.decode()
    assert not wants_mail(author)


def test_demo_keeps_letters_as_files(settings, tmp_path, tell, problem, moderator):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    tell("publish_problem", actor=moderator, number=problem.pk)
    written = "".join(path.read_text() for path in (tmp_path / "mail").iterdir())
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in written
    assert mail.outbox == []
