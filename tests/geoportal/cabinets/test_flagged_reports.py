"""Everything that one key publishes is read first; what is flagged in it needs a second yes."""

import re

import pytest

from geoportal.problems import services
from geoportal.problems.models import Problem, Question
from geoportal.problems.personal_data.flagged import (
    FlaggedText,
    find_flagged,
    list_published_texts,
)
from layers.models import Feature
from tests.geoportal.cabinets.conftest import act

pytestmark = pytest.mark.django_db
PHONE, OBSCENE = "067 111-11-11", "хуйня"
JSON = {"Accept": "application/json"}


@pytest.fixture
def questions(town):
    ask = Question.objects.create
    rubbish = town.categories["rubbish"]
    ask(category=town.categories["waste"], code="where", title_uk="Де саме", datatype="string")
    ask(category=rubbish, code="more", title_uk="Ще", datatype="text")
    ask(category=rubbish, code="count", title_uk="Скільки", datatype="number")
    ask(category=rubbish, code="who", title_uk="Хто", datatype="string", is_public=False)


@pytest.fixture
def rude(questions, make_problem, author):
    """Obscene and personal in every place that becomes public; private in one that does not."""
    author.first_name, author.last_name = "Курва", "Петренко"
    author.save()
    return make_problem(
        "moderation",
        title="Пиздець якась яма",
        description=f"Дзвоніть {PHONE}",
        address="Тиха 7, olia@example.org",
        answers={
            "where": f"{OBSCENE} біля школи", "more": "050 222-22-22", "count": "380673333333",
            "who": "067 444-44-44",
        },
        is_anonymous=False,
    )  # fmt: skip


EVERYTHING = {
    "Пиздець", PHONE, "olia@example.org", OBSCENE, "050 222-22-22", "380673333333", "Курва",
}  # fmt: skip


def list_marked(page: str) -> set[str]:
    return set(re.findall(r"<mark[^>]*>([^<]+)</mark>", page))


@pytest.mark.parametrize("path", ["", "{}/", "{}/preview/"])
def test_all_that_becomes_public_is_shown_and_marked_wherever_it_is_decided(desk, rude, path):
    page = desk.get(f"/moderation/{path.format(rude.pk)}").content.decode()
    assert list_marked(page) == EVERYTHING
    assert "4 ознаки персональних даних" in page
    assert "3 нецензурні слова" in page
    for question in ("Де саме", "Ще", "Скільки", "Хто"):
        assert f"<dt>{question}</dt>" in page


def test_the_feature_and_the_page_publish_nothing_that_is_not_looked_through(
    rude, desk, client, moderator
):
    """Whatever text of a person stands in public is among those that the moderator reads."""
    services.publish_problem(actor=moderator, number=rude.pk, flags_confirmed=True)
    texts = list_published_texts(Problem.objects.get(pk=rude.pk))
    feature = Feature.objects.get(layer__slug="problems", key=str(rude.pk))
    for name in ("title", "description", "address"):
        assert feature.properties[name] == texts[name]
    page = client.get(f"/problems/{rude.pk}/").content.decode()
    for word in EVERYTHING:
        assert word in page
        assert any(word in text for text in texts.values())
    assert "067 444-44-44" not in page


def test_a_key_alone_does_not_publish_it(desk, rude):
    url = f"/problems/{rude.pk}/actions/publish/"
    refused = desk.post(url, {"expected_version": rude.version}, headers=JSON)
    document = refused.json()
    assert (refused.status_code, document["type"]) == (400, "urn:geoportal:flagged-text")
    assert set(document["errors"]) == {
        "title", "description", "address", "author", "answer:where", "answer:more", "answer:count",
    }  # fmt: skip
    assert "Де саме: нецензурне слово «хуйня»" in document["detail"]
    rude.refresh_from_db()
    assert (rude.state, rude.version) == ("moderation", 1)
    fields = {"expected_version": rude.version, "flags_confirmed": "1"}
    assert desk.post(url, fields, headers=JSON).status_code == 200
    assert Problem.objects.get(pk=rude.pk).is_shown


@pytest.mark.parametrize("path", ["", "{}/"])
def test_without_scripts_the_page_asks_a_second_time(desk, rude, path):
    here = f"/moderation/{path.format(rude.pk)}"
    assert 'name="flags_confirmed"' not in desk.get(here).content.decode()
    answer = act(desk, rude, "publish", expected_version=rude.version, next=here)
    page = desk.get(answer.url).content.decode()
    assert "Пиздець" in page
    assert 'name="flags_confirmed" value="1"' in page
    assert Problem.objects.get(pk=rude.pk).state == "moderation"
    act(desk, rude, "publish", expected_version=rude.version, flags_confirmed="1", next=here)
    assert Problem.objects.get(pk=rude.pk).state == "open"


def test_a_yes_is_for_what_was_read(desk, rude, author, make_report):
    """The author changed the report after it was read."""
    services.edit_report(
        actor=author, number=rude.pk, report=make_report(title=f"Інша {OBSCENE} тут")
    )
    fields = {"expected_version": rude.version, "flags_confirmed": "1"}
    url = f"/problems/{rude.pk}/actions/publish/"
    assert desk.post(url, fields, headers=JSON).status_code == 412


def test_the_service_itself_refuses(rude, moderator):
    with pytest.raises(FlaggedText):
        services.publish_problem(actor=moderator, number=rude.pk)


def test_nothing_flagged_is_published_by_one_yes(desk, questions, make_problem):
    problem = make_problem("moderation", answers={"where": "Біля школи", "who": "067 444-44-44"})
    page = desk.get("/moderation/").content.decode()
    assert list_marked(page) == set()
    assert "Біля школи" in page
    act(desk, problem, "publish")
    assert Problem.objects.get(pk=problem.pk).state == "open"


def test_what_is_only_passed_on_is_not_asked_about(make_problem, moderator):
    problem = make_problem("moderation", category="abuse", description=f"Він: {PHONE}")
    services.publish_problem(actor=moderator, number=problem.pk)
    assert Problem.objects.get(pk=problem.pk).state == "open"


def test_a_report_sent_again_is_asked_about_again(rude, moderator, author):
    services.reject_problem(actor=moderator, number=rude.pk, reason="obscenity", words="Мат.")
    services.resubmit_report(actor=author, number=rude.pk)
    with pytest.raises(FlaggedText):
        services.publish_problem(actor=moderator, number=rude.pk)


def test_a_moderators_own_correction_is_asked_about_where_it_is_new(desk, make_problem):
    problem = make_problem("open")
    fields = {"title": f"{OBSCENE} тут", "description": problem.description, "words": "Так."}
    url = f"/problems/{problem.pk}/actions/edit/"
    refused = desk.post(url, fields, headers=JSON)
    assert list(refused.json()["errors"]) == ["title"]
    assert desk.post(url, fields | {"flags_confirmed": "1"}, headers=JSON).status_code == 200
    again = fields | {"description": "Інший опис."}
    assert desk.post(url, again, headers=JSON).status_code == 200, "the title stood before"


def test_before_publication_a_correction_is_nobodys_business(desk, make_problem):
    problem = make_problem("moderation")
    fields = {"title": f"{OBSCENE} тут", "description": "Опис.", "words": "Так."}
    url = f"/problems/{problem.pk}/actions/edit/"
    assert desk.post(url, fields, headers=JSON).status_code == 200


def test_both_the_words_and_the_text_are_asked_about_and_it_ends(desk, make_problem):
    problem = make_problem("open")
    here = f"/moderation/{problem.pk}/"
    fields = {"title": f"{OBSCENE} тут", "description": "Опис.", "words": PHONE, "next": here}
    for confirmed in ({}, {"words_confirmed": "1"}):
        act(desk, problem, "edit", **fields, **confirmed)
        page = desk.get(here).content.decode()
        assert Problem.objects.get(pk=problem.pk).title != fields["title"]
    given = dict.fromkeys(re.findall(r'name="(\w+_confirmed)" value="1"', page), "1")
    assert set(given) >= {"words_confirmed", "flags_confirmed"}
    act(desk, problem, "edit", **fields, **given)
    assert Problem.objects.get(pk=problem.pk).title == fields["title"]


def test_an_address_a_category_and_a_return_are_asked_about_too(
    desk, questions, make_problem, moderator, town
):
    problem = make_problem("open", category="stray")
    Problem.objects.filter(pk=problem.pk).update(answers={"where": OBSCENE})
    lon, lat = problem.geom.x, problem.geom.y
    move = {"lon": lon, "lat": lat, "address": f"Тиха, {PHONE}", "words": "Тут."}
    recategorise = {"category": "rubbish", "words": "Сміття."}
    for action, fields, field in (
        ("move", move, "address"), ("recategorise", recategorise, "answer:where"),
    ):  # fmt: skip
        url = f"/problems/{problem.pk}/actions/{action}/"
        refused = desk.post(url, fields, headers=JSON)
        assert list(refused.json()["errors"]) == [field]
        assert desk.post(url, fields | {"flags_confirmed": "1"}, headers=JSON).status_code == 200
    done = make_problem("closed")
    Problem.objects.filter(pk=done.pk).update(answers={"where": OBSCENE})
    services.withdraw_problem(actor=moderator, number=done.pk, reason="obscenity", words="Мат.")
    url = f"/problems/{done.pk}/actions/bring_back/"
    assert list(desk.post(url, headers=JSON).json()["errors"]) == ["answer:where"]
    assert desk.post(url, {"flags_confirmed": "1"}, headers=JSON).status_code == 200


def test_taking_a_correction_back_asks_nothing(desk, make_problem, moderator):
    problem = make_problem("moderation", description=f"Дзвоніть {PHONE}")
    services.publish_problem(actor=moderator, number=problem.pk, flags_confirmed=True)
    services.edit_problem(
        actor=moderator, number=problem.pk, title=problem.title, description="Опис.", words="Так."
    )
    desk.post(f"/moderation/{problem.pk}/undo/")
    assert PHONE in Problem.objects.get(pk=problem.pk).description


def test_obscene_words_of_an_officer_are_asked_about(clean, make_problem):
    problem = make_problem("accepted")
    fields = {"organisation": "clean", "resolution": "solved", "words": f"Ваша {OBSCENE} вивезена"}
    url = f"/problems/{problem.pk}/actions/close/"
    refused = clean.post(url, fields, headers=JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["words"])
    assert clean.post(url, fields | {"words_confirmed": "1"}, headers=JSON).status_code == 200


def test_many_are_closed_at_once_only_with_words_that_are_meant(clean, make_problem):
    problem = make_problem("accepted")
    fields = {
        "action": "close", "numbers": problem.pk, "resolution": "solved", "words": OBSCENE,
    }  # fmt: skip
    clean.post("/cabinet/clean/bulk/", fields)
    assert Problem.objects.get(pk=problem.pk).state == "accepted"
    clean.post("/cabinet/clean/bulk/", fields | {"words_confirmed": "1"})
    assert Problem.objects.get(pk=problem.pk).state == "closed"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_queue_reads_its_questions_at_once(
    desk, questions, make_problem, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make_problem("moderation", answers={"where": f"Біля школи {number}"})
    with django_assert_max_num_queries(32):
        desk.get("/moderation/")


def test_the_name_of_a_file_is_published_nowhere(client, make_problem, author):
    from geoportal.problems.models import Attachment

    problem = make_problem("open")
    Attachment.objects.create(
        problem=problem, owner=author, kind="photo", file="a.jpg", thumbnail="b.jpg",
        original_name=f"{PHONE}.jpg", content_type="image/jpeg", size=1,
    )  # fmt: skip
    for url in (f"/problems/{problem.pk}/", "/problems/", "/moderation/"):
        assert PHONE not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        "х\u200bу\u200bйня",
        "ху\u00adйня",
        "ху\u0301йня",
        "х\u0336у\u0336йня",
        "067\u200b 111-11\u200d-11",
    ],
)
def test_what_nobody_sees_hides_nothing(hidden):
    text = f"Тут {hidden} і {PHONE}"
    found = find_flagged(text)
    assert [one.text for one in found] == [hidden, PHONE]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_sign_that_nobody_sees_joins_no_two_numbers():
    text = "0671111111\u200b0502222222"
    assert [one.text for one in find_flagged(text)] == ["0671111111", "0502222222"]


def test_what_was_said_while_it_was_not_public_is_looked_through_too(
    client, author, make_problem, moderator
):
    """Words that are not public are not asked about when they are said."""
    problem = make_problem("closed")
    change = {"actor": moderator, "number": problem.pk}
    services.withdraw_problem(**change, reason="obscenity", words=f"Через {OBSCENE}.")
    client.force_login(author)
    url = f"/problems/{problem.pk}/actions/reopen/"
    said = client.post(url, {"words": f"Дзвоніть {PHONE}"}, headers=JSON)
    assert said.status_code == 200
    with pytest.raises(FlaggedText) as refused:
        services.bring_back_problem(**change)
    row = problem.history.get(action="reopen")
    assert list(refused.value.extra["errors"]) == [f"words:{row.pk}"]
    assert f"Історія: номер телефону «{PHONE}»" in str(refused.value.message)
    services.set_words_hidden(**change, change=row.pk, is_hidden=True, words="Телефон.")
    services.bring_back_problem(**change)
    assert Problem.objects.get(pk=problem.pk).is_shown


def test_what_an_officer_said_of_what_was_only_passed_on_is_looked_through_when_it_is_published(
    make_problem, moderator, town
):
    problem = make_problem("moderation")
    change = {"actor": moderator, "number": problem.pk}
    services.recategorise_problem(**change, category=town.categories["abuse"], words="Так.")
    services.publish_problem(**change)
    services.accept_problem(
        actor=town.officers["council"], number=problem.pk, purpose="solution",
        organisation=town.organisations["council"], words=f"Потерпіла: {PHONE}",
    )  # fmt: skip
    services.retract_problem(**change, reason="mistake", words="Помилка.")
    services.restore_problem(**change)
    services.recategorise_problem(**change, category=town.categories["rubbish"], words="Ні.")
    with pytest.raises(FlaggedText):
        services.publish_problem(**change)


def test_the_words_by_which_it_becomes_public_again_are_asked_about(desk, make_problem):
    problem = make_problem("open")
    url = f"/problems/{problem.pk}/actions/recategorise/"
    desk.post(url, {"category": "abuse", "words": "Скарга на людину."}, headers=JSON)
    assert not Problem.objects.get(pk=problem.pk).is_public
    back = {"category": "rubbish", "words": f"Ні, не {PHONE}"}
    refused = desk.post(url, back, headers=JSON)
    assert list(refused.json()["errors"]) == ["words"]
    assert desk.post(url, back | {"flags_confirmed": "1"}, headers=JSON).status_code == 200
