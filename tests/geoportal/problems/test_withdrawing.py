"""Content leaves public view after closing, and from the archive, and comes back."""

import html
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from geoportal.core.errors import Conflict, NotAllowed, NotFound
from geoportal.notifications.notices import Notice
from geoportal.notifications.subjects.problems.subject import ProblemSubject
from geoportal.problems import services
from geoportal.problems.history.timeline import Reader, list_events, read_as
from geoportal.problems.models import Problem, StatusChange
from layers.models import Feature

SECRET = "Іван із квартири 7"
HIDDEN = "Текст приховав модератор"


@pytest.fixture
def desk(client: Client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def told(make_problem, town) -> Problem:
    """Closed with words that name a neighbour, more than a term of the archive ago."""
    before = timezone.now() - timedelta(days=40)
    problem = make_problem("accepted", at=before)
    services.close_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"],
        number=problem.pk, resolution="solved", words=SECRET, at=before + timedelta(days=1),
    )  # fmt: skip
    return Problem.objects.get(pk=problem.pk)


def act(client: Client, problem: Problem, action: str, **fields: object):
    url = f"/problems/{problem.pk}/actions/{action}/"
    return client.post(url, fields, headers={"Accept": "application/json"})


def hide(moderator, problem: Problem) -> StatusChange:
    row = problem.history.get(words=SECRET)
    services.set_words_hidden(
        actor=moderator, number=problem.pk, change=row.pk, is_hidden=True, words="Чужі дані."
    )
    return row


def list_public_texts(problem: Problem) -> list[str]:
    """What a visitor is told of the problem, wherever it stands."""
    visitor = Client()
    urls = (
        f"/problems/{problem.pk}/",
        "/problems/",
        "/problems/feed.atom",
        f"/api/v1/problems/{problem.pk}/card/",
        f"/open311/v2/requests/{problem.pk}.json",
        "/open311/v2/requests.xml",
        "/data/problems.csv",
        "/data/problems.geojson",
        f"/ogc/collections/problems/items/{problem.pk}",
    )
    return [read(visitor.get(url)) for url in urls]


def read(answer: Any) -> str:
    """The text with its letters as people read them."""
    assert answer.status_code in (200, 404)
    text = (b"".join(answer) if answer.streaming else answer.content).decode()
    if "json" in answer["Content-Type"]:
        return json.dumps(json.loads(text), ensure_ascii=False)
    return html.unescape(text)


@pytest.mark.parametrize("state", ["closed", "archived"])
def test_a_problem_leaves_public_view_and_comes_back(desk, make_problem, author, town, state):
    problem = make_problem(state, title=SECRET)
    assert f"/problems/{problem.pk}/actions/withdraw/" in page_of(desk, problem)
    answer = act(desk, problem, "withdraw", reason="personal_data", words="Чужі дані.")
    assert (answer.status_code, answer.json()["state"]) == (200, state)
    assert not any(SECRET in text for text in list_public_texts(problem))
    assert Client().get(f"/problems/{problem.pk}/").status_code == 404
    for user in (author, town.officers["clean"]):
        client = Client()
        client.force_login(user)
        assert client.get(f"/problems/{problem.pk}/").status_code == 200
    assert f"/problems/{problem.pk}/actions/bring_back/" in page_of(desk, problem)
    assert act(desk, problem, "bring_back").status_code == 200
    assert any(SECRET in text for text in list_public_texts(problem))
    assert [each.action for each in problem.history.order_by("pk")][-2:] == [
        "withdraw", "bring_back",
    ]  # fmt: skip


def page_of(desk: Client, problem: Problem) -> str:
    return desk.get(f"/moderation/{problem.pk}/").content.decode()


def test_a_removal_is_taken_back_as_the_last_decision(desk, make_problem):
    problem = make_problem("archived")
    act(desk, problem, "withdraw", reason="slander", words="Образа.")
    desk.post(f"/moderation/{problem.pk}/undo/")
    assert Problem.objects.get(pk=problem.pk).is_shown


def test_a_removal_stays_through_reopening_and_switches_of_the_category(
    make_problem, moderator, author, town
):
    problem = make_problem("closed")
    services.withdraw_problem(actor=moderator, number=problem.pk, reason="slander", words="Образа.")
    services.reopen_problem(actor=author, number=problem.pk, words="Знову тут.")
    services.refresh_visibility(category=town.categories["rubbish"])
    assert not Problem.objects.get(pk=problem.pk).is_public
    services.bring_back_problem(actor=moderator, number=problem.pk)
    assert Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).exists()


def test_what_was_promised_private_does_not_come_back_as_public(make_problem, moderator):
    problem = make_problem("closed", category="abuse", worker="council")
    services.withdraw_problem(actor=moderator, number=problem.pk, reason="slander", words="Образа.")
    services.bring_back_problem(actor=moderator, number=problem.pk)
    assert not Problem.objects.get(pk=problem.pk).is_public


def test_why_it_was_removed_is_between_moderators_and_the_author(make_problem, moderator, town):
    problem = make_problem("closed")
    services.withdraw_problem(actor=moderator, number=problem.pk, reason="slander", words=SECRET)
    services.bring_back_problem(actor=moderator, number=problem.pk)
    told = {
        who: SECRET in [event.words for event in list_events(problem, reader)]
        for who, reader in (
            ("everyone", Reader()),
            ("author", Reader(is_author=True)),
            ("holder", read_as(town.officers["clean"], problem)),
            ("moderator", read_as(moderator, problem)),
        )
    }
    assert told == {"everyone": False, "author": True, "holder": False, "moderator": True}


def test_a_moderator_takes_words_out_of_the_text(desk, make_problem):
    problem = make_problem("closed", description=SECRET)
    fields = {"title": "Сміття біля контейнера", "description": "Не вивозять.", "words": "Дані."}
    assert act(desk, problem, "edit", **fields).status_code == 200
    problem.refresh_from_db()
    assert (problem.state, problem.description) == ("closed", "Не вивозять.")
    texts = list_public_texts(problem)
    assert not any(SECRET in text for text in texts)
    assert "Не вивозять." in texts[0]
    assert problem.history.last().details["description"] == SECRET
    desk.post(f"/moderation/{problem.pk}/undo/")
    problem.refresh_from_db()
    assert problem.description == SECRET


def test_the_text_of_an_archived_problem_is_not_written_anew(desk, make_problem):
    problem = make_problem("archived", description=SECRET)
    fields = {"title": "Сміття біля контейнера", "description": "Не вивозять.", "words": "Дані."}
    assert act(desk, problem, "edit", **fields).status_code == 409
    assert Problem.objects.get(pk=problem.pk).description == SECRET


def test_words_of_a_step_are_hidden_everywhere_and_shown_again(desk, told, author, town):
    row = told.history.get(words=SECRET)
    texts = list_public_texts(told)
    assert sum(SECRET in text for text in texts) == 3  # the page and Open311 twice
    assert act(desk, told, "hide_words", change=row.pk, words="Чужі дані.").status_code == 200
    texts = list_public_texts(told)
    assert not any(SECRET in text for text in texts)
    assert HIDDEN in texts[0]
    for user in (author, town.officers["clean"]):
        client = Client()
        client.force_login(user)
        assert SECRET not in client.get(f"/problems/{told.pk}/").content.decode()
    cabinet = Client()
    cabinet.force_login(town.officers["clean"])
    assert SECRET not in cabinet.get(f"/cabinet/clean/{told.pk}/").content.decode()
    assert SECRET in page_of(desk, told)
    assert act(desk, told, "show_words", change=row.pk).status_code == 200
    assert SECRET in list_public_texts(told)[0]


def test_words_of_an_archived_problem_are_hidden_too(moderator, told):
    services.archive_due()
    hide(moderator, told)
    assert not any(SECRET in text for text in list_public_texts(told))


def test_words_of_a_rating_are_hidden_where_the_result_stands(moderator, author, make_problem):
    problem = make_problem("closed")
    services.rate_result(actor=author, number=problem.pk, rating=1, words=SECRET)
    assert SECRET in list_public_texts(problem)[0]
    hide(moderator, problem)
    assert SECRET not in list_public_texts(problem)[0]


def test_a_letter_that_waited_does_not_quote_hidden_words(moderator, author, told):
    change = hide(moderator, told)
    written = ProblemSubject().write(
        Notice(
            email=author.email, kind="author", about="", user=author,
            details={"change": change.pk, "moved": []},
        )
    )  # fmt: skip
    assert written is not None
    assert SECRET not in str(written)
    assert HIDDEN in str(written)


def test_hiding_twice_and_hiding_nothing_are_refused(moderator, told, author, make_problem):
    row = hide(moderator, told)
    with pytest.raises(Conflict):
        hide(moderator, told)
    given = {"is_hidden": True, "words": "Дані."}
    silent = told.history.get(action="accept")
    strange = make_problem("closed").history.get(action="close")
    for change in (silent.pk, strange.pk, 0):
        with pytest.raises(NotFound):
            services.set_words_hidden(actor=moderator, number=told.pk, change=change, **given)
    with pytest.raises(NotAllowed):
        services.set_words_hidden(actor=author, number=told.pk, change=row.pk, **given)


def test_a_photo_of_an_archived_problem_is_hidden(moderator, make_problem, author):
    problem = make_problem("archived")
    picture = problem.attachments.create(
        owner=author, kind="photo", file="a.jpg", thumbnail="b.jpg", purpose="report"
    )
    services.set_media_hidden(
        actor=moderator, number=problem.pk, attachment=picture.pk, is_hidden=True, words="Обличчя."
    )
    picture.refresh_from_db()
    assert picture.is_hidden


def test_notes_before_publication_stay_with_moderators(make_problem, moderator, author, town):
    problem = make_problem("moderation")
    services.add_note(actor=moderator, number=problem.pk, words="Перевірити автора.")
    services.ask_reporter(actor=moderator, number=problem.pk, words="Де саме?")
    services.answer_question(actor=author, number=problem.pk, words="Моя адреса – Лісова, 3.")
    services.publish_problem(actor=moderator, number=problem.pk)
    services.add_note(actor=moderator, number=problem.pk, words="Зверніть увагу.")
    problem.refresh_from_db()
    read = {
        user: [event.words for event in list_events(problem, read_as(user, problem)) if event.words]
        for user in (town.officers["clean"], author, moderator)
    }
    assert read[town.officers["clean"]] == ["Зверніть увагу."]
    assert read[author] == ["Де саме?", "Моя адреса – Лісова, 3."]
    assert len(read[moderator]) == 4
