"""What is private of problems stands on no public page, feed, table or file."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from geoportal.problems import services
from geoportal.problems.models import Attachment, Problem, Question
from geoportal.problems.services.reporting import Contact
from tests.geoportal.problems.conftest import write_user

SECRETS = {
    "title of a private category": "Таємнакатегорія",
    "unpublished title": "Щенеопубліковане",
    "refused title": "Відхиленаназва",
    "words of a refusal": "Причинавідмови",
    "taken from publication": "Знятазпублікації",
    "internal note": "Службованотатка",
    "caller's name": "Заявникпрізвище",
    "caller's phone": "380671112233",
    "caller's e-mail": "caller-secret@example.net",
    "author's name": "Прихованеіпрізвище",
    "author's e-mail": "author@example.org",
    "officer's name": "Прізвищепрацівника",
    "answer that is not public": "Закритавідповідь",
    "text before a correction": "Попереднійтекст",
    "question of a moderator before publication": "Питаннямодератора",
    "answer before publication": "Відповідьавтора",
    "words to the moderators": "Словамодераторам",
}


@pytest.fixture
def secrets(town, author, moderator, make_problem, make_report) -> dict[str, Problem]:
    """Public problems that have something private, and problems that are private themselves."""
    for user, name in ((author, "author's name"), (town.officers["clean"], "officer's name")):
        user.first_name, user.last_name = "Іван", SECRETS[name]
        user.save()
    Question.objects.create(
        category=town.categories["rubbish"], code="inside", title_uk="Код дверей", is_public=False
    )
    answers = {"inside": SECRETS["answer that is not public"]}
    hidden = make_problem(category="abuse", title=SECRETS["title of a private category"])
    waiting = make_problem("moderation", title=SECRETS["unpublished title"])
    refused = make_problem("moderation", title=SECRETS["refused title"])
    services.reject_problem(
        actor=moderator, number=refused.pk, reason="slander", words=SECRETS["words of a refusal"]
    )
    retracted = make_problem(title=SECRETS["taken from publication"])
    services.retract_problem(actor=moderator, number=retracted.pk, reason="slander", words="Так.")

    before = SECRETS["text before a correction"]
    shown = make_problem("moderation", answers=answers, is_anonymous=True, description=before)
    services.ask_reporter(
        actor=moderator,
        number=shown.pk,
        words=SECRETS["question of a moderator before publication"],
    )
    services.answer_question(
        actor=author, number=shown.pk, words=SECRETS["answer before publication"]
    )
    services.reject_problem(
        actor=moderator, number=shown.pk, reason="slander", words=SECRETS["words of a refusal"]
    )
    services.resubmit_report(
        actor=author, number=shown.pk, words=SECRETS["words to the moderators"]
    )
    services.publish_problem(actor=moderator, number=shown.pk)
    services.edit_problem(
        actor=moderator, number=shown.pk, title=shown.title, description="Виправлено.",
        words="Прибрано зайве.",
    )  # fmt: skip
    clean = {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}
    services.accept_problem(**clean, number=shown.pk)
    services.add_note(**clean, number=shown.pk, words=SECRETS["internal note"])

    called = services.report_problem(
        actor=moderator,
        report=make_report(),
        contact=Contact(
            name=SECRETS["caller's name"],
            phone=SECRETS["caller's phone"],
            email=SECRETS["caller's e-mail"],
        ),
    )
    services.publish_problem(actor=moderator, number=called.pk)
    for problem in (shown, hidden, waiting):
        add_photo(problem, author, is_hidden=problem == shown)
    return {
        "shown": shown,
        "called": called,
        "hidden": hidden,
        "waiting": waiting,
        "refused": refused,
        "retracted": retracted,
    }


def add_photo(problem: Problem, owner, *, is_hidden: bool) -> Attachment:
    return Attachment.objects.create(
        problem=problem,
        owner=owner,
        kind=Attachment.Kind.PHOTO,
        file="problems/x.jpg",
        thumbnail="problems/x-small.jpg",
        is_hidden=is_hidden,
    )


def list_public_urls(problems: dict[str, Problem]) -> Iterator[str]:
    yield from (
        "/",
        "/problems/",
        "/problems/?sort=votes",
        "/problems/?sort=deadline",
        "/problems/?q=" + "сміття",
        "/problems/?overdue=1",
        "/problems/feed.atom",
        "/problems/statistics/",
        "/data/problems.csv",
        "/data/problems.geojson",
        "/ogc/collections/problems/items",
        "/organisations/clean/",
        "/organisations/council/",
        "/layers/problems/",
    )
    for table in ("months", "organisations", "categories", "territories"):
        yield f"/problems/statistics/{table}.csv"
    for name in ("shown", "called"):
        yield f"/problems/{problems[name].pk}/"
        yield f"/layers/problems/{problems[name].pk}/"
    for secret in SECRETS.values():
        yield f"/problems/?q={secret}"


def read(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return b"".join(response).decode() if response.streaming else response.content.decode()


def list_leaks(client: Client, problems: dict[str, Problem], allowed: str = "") -> list[str]:
    """Which secret stands where; what the page only repeats from its own address is no leak."""
    leaks = []
    for url in list_public_urls(problems):
        text = read(client, url)
        for name, secret in SECRETS.items():
            if secret in text and secret not in url and secret != allowed:
                leaks.append(f"{name} at {url}")
    return leaks


def test_a_visitor_is_told_nothing_private(visitor, secrets):
    assert list_leaks(visitor, secrets) == []


def test_a_resident_is_told_nothing_private(sign_in, secrets):
    assert list_leaks(sign_in(write_user("neighbour")), secrets) == []


def test_an_officer_of_another_organisation_is_told_nothing_private(sign_in, town, secrets):
    assert list_leaks(sign_in(town.officers["roads"]), secrets) == []


def test_private_problems_are_not_there_for_residents(visitor, sign_in, secrets):
    for client in (visitor, sign_in(write_user("neighbour"))):
        for name in ("hidden", "waiting", "refused", "retracted"):
            number = secrets[name].pk
            assert client.get(f"/problems/{number}/").status_code == 404
            assert f"/problems/{number}/" not in read(client, "/problems/")
            assert f"/problems/{number}/" not in read(client, "/problems/feed.atom")
            assert f'data-number="{number}"' not in read(client, f"/problems/?q={number}")


def test_hidden_photos_are_neither_shown_nor_linked(visitor, sign_in, author, secrets):
    shown = secrets["shown"]
    photo = shown.attachments.get()
    link = f"/problems/{shown.pk}/media/{photo.pk}/"
    for url in (f"/problems/{shown.pk}/", "/problems/", "/problems/feed.atom"):
        assert link not in read(visitor, url)
    assert link in read(sign_in(author), f"/problems/{shown.pk}/")


def test_numbers_count_only_what_is_public(visitor, secrets):
    text = read(visitor, "/problems/statistics/organisations.csv")
    assert [line.split(",")[1] for line in text.strip().splitlines()[1:]] == ["2"]
    assert "Abuse" not in read(visitor, "/problems/statistics/categories.csv")
    assert "Found: 2 problems" in read(visitor, "/problems/")


def test_who_works_on_it_reads_what_is_internal(sign_in, town, secrets):
    page = read(sign_in(town.officers["clean"]), f"/problems/{secrets['shown'].pk}/")
    for name in ("internal note", "officer's name", "answer that is not public", "author's name"):
        assert SECRETS[name] in page, name
    called = read(sign_in(town.officers["clean"]), f"/problems/{secrets['called'].pk}/")
    assert SECRETS["caller's phone"] in called


def test_the_author_reads_what_was_said_before_publication(sign_in, author, secrets):
    page = read(sign_in(author), f"/problems/{secrets['shown'].pk}/")
    assert SECRETS["words of a refusal"] in page
    assert SECRETS["question of a moderator before publication"] in page
    assert SECRETS["internal note"] not in page
    assert SECRETS["officer's name"] not in page


def test_a_deleted_account_leaves_no_name(visitor, make_problem, author):
    author.first_name, author.last_name = "Олена", "Коваль"
    author.save()
    problem = make_problem(is_anonymous=False)
    author.deleted_at = timezone.now()
    author.save()
    assert "Коваль" not in read(visitor, f"/problems/{problem.pk}/")
