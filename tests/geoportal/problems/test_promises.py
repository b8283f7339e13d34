"""What an author was told of who will see the report stands, whatever is switched later."""

import pytest
from django.db import IntegrityError, transaction

from geoportal.problems import services
from geoportal.problems.categories.answer_words import list_answers
from geoportal.problems.models import Category, Problem, Question
from layers.models import Feature
from tests.geoportal.problems.test_admin import change_category


def is_on_map(problem: Problem) -> bool:
    return Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).exists()


@pytest.fixture
def plate(town) -> Question:
    return Question.objects.create(
        category=town.categories["waste"], code="plate", title_uk="Номер авто", is_public=False
    )


def test_a_category_that_becomes_public_shows_only_what_is_reported_from_then_on(
    client, administrator, make_problem, town
):
    before = make_problem("open", category="abuse", worker="council")
    client.force_login(administrator)
    assert change_category(client, town.categories["abuse"], is_public="on").status_code == 302
    town.categories["abuse"].refresh_from_db()
    after = make_problem("open", category="abuse", worker="council")
    assert (is_on_map(before), is_on_map(after)) == (False, True)


def test_a_report_that_was_promised_private_stays_so_at_publication(make_problem, moderator, town):
    waiting = make_problem("moderation", category="abuse", worker="council")
    Category.objects.filter(code="abuse").update(is_public=True)
    services.publish_problem(actor=moderator, number=waiting.pk)
    assert not is_on_map(waiting)


def test_a_public_category_does_not_publish_what_was_promised_private(
    client, make_problem, moderator, town
):
    problem = make_problem("open", category="abuse", worker="council")
    services.recategorise_problem(
        actor=moderator, number=problem.pk, category=town.categories["rubbish"], words="Сміття."
    )
    assert not is_on_map(problem)
    client.force_login(moderator)
    page = client.get(f"/moderation/{problem.pk}/").content.decode()
    assert "не публікується: так обіцяно автору" in page


def test_what_was_public_comes_back_from_a_private_category(make_problem, moderator, town):
    problem = make_problem("open")
    for code, shown in (("abuse", False), ("rubbish", True)):
        services.recategorise_problem(
            actor=moderator, number=problem.pk, category=town.categories[code], words="Інша."
        )
        assert is_on_map(problem) == shown


def test_the_author_chooses_a_public_category_anew(make_problem, author, make_report):
    problem = make_problem("moderation", category="abuse")
    services.edit_report(actor=author, number=problem.pk, report=make_report(category="abuse"))
    assert Problem.objects.get(pk=problem.pk).private_promised
    services.edit_report(actor=author, number=problem.pk, report=make_report())
    problem.refresh_from_db()
    assert (problem.is_public, problem.private_promised) == (True, False)


def test_an_edit_within_a_category_that_became_public_keeps_the_promise(
    make_problem, author, make_report, town
):
    problem = make_problem("moderation", category="abuse")
    Category.objects.filter(code="abuse").update(is_public=True)
    town.categories["abuse"].refresh_from_db()
    services.edit_report(actor=author, number=problem.pk, report=make_report(category="abuse"))
    assert not Problem.objects.get(pk=problem.pk).is_public


def test_an_answer_given_as_private_stays_private(make_problem, plate):
    before = make_problem("open", answers={"plate": "АА1234АА"})
    Question.objects.update(is_public=True)
    after = make_problem("open", answers={"plate": "ВВ4321ВВ"})
    assert list_answers(before, with_private=False) == []
    assert [each.is_public for each in list_answers(before, with_private=True)] == [False]
    assert [each.text for each in list_answers(after, with_private=False)] == ["ВВ4321ВВ"]


def test_an_edit_keeps_an_answer_that_was_private(make_problem, plate, author, make_report):
    problem = make_problem("moderation", answers={"plate": "АА1234АА"})
    Question.objects.update(is_public=True)
    report = make_report(answers={"plate": "АА1234АА"})
    services.edit_report(actor=author, number=problem.pk, report=report)
    assert Problem.objects.get(pk=problem.pk).private_answers == ["plate"]


def test_the_database_keeps_the_promise(make_problem):
    problem = make_problem("open", category="abuse", worker="council")
    refused = pytest.raises(IntegrityError, match="problems_problem_public_as_promised")
    with refused, transaction.atomic():
        Problem.objects.filter(pk=problem.pk).update(is_public=True)
