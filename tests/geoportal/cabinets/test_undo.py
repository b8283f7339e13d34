"""A moderator takes back what they just did, while nobody did anything after it."""

import pytest

from geoportal.cabinets.moderation.undo import find_undoable, undo_last
from geoportal.core.errors import Conflict, NotAllowed
from geoportal.problems import services
from geoportal.problems.models import Assignment, Problem, Question
from geoportal.problems.signals import problem_changed
from layers.models import Feature
from tests.geoportal.problems.conftest import write_user


def test_undoing_a_publication_brings_the_report_back_to_moderation(
    desk, moderator, make_problem, django_capture_on_commit_callbacks
):
    """Two steps, one letter."""
    problem = make_problem("open")
    told = []

    def note(change, **kwargs):
        told.append(change.action)

    problem_changed.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"/moderation/{problem.pk}/undo/")
    finally:
        problem_changed.disconnect(note)
    problem.refresh_from_db()
    assert problem.state == "moderation"
    assert not Assignment.objects.filter(problem=problem, ended_at=None).exists()
    assert not Feature.objects.filter(layer__slug="problems", key=str(problem.pk)).exists()
    steps = list(problem.history.values_list("action", flat=True))
    assert steps[-3:] == ["publish", "retract", "restore"]
    assert told == ["retract"]
    services.publish_problem(actor=moderator, number=problem.pk)
    assert Problem.objects.get(pk=problem.pk).state == "open"


def test_undoing_a_refusal_brings_the_report_back_to_moderation(desk, make_problem):
    problem = make_problem("rejected")
    answer = desk.post(f"/moderation/{problem.pk}/undo/", headers={"Accept": "application/json"})
    assert answer.json()["state"] == "moderation"


def test_undoing_an_edit_puts_the_words_back(moderator, make_problem):
    problem = make_problem("moderation", title="Як було")
    services.edit_problem(
        actor=moderator, number=problem.pk, title="Як стало", description="Інше", words="Так краще."
    )
    undo_last(actor=moderator, number=problem.pk)
    problem.refresh_from_db()
    assert (problem.title, problem.description) == ("Як було", "Третій день не вивозять.")


def test_undoing_a_move_and_a_category_puts_them_back(moderator, town, make_problem):
    problem = make_problem("open")
    services.move_problem(actor=moderator, number=problem.pk, lon=30.51, lat=50.405, words="Там.")
    assert Problem.objects.get(pk=problem.pk).organisation.slug == "tidy"
    undo_last(actor=moderator, number=problem.pk)
    assert Problem.objects.get(pk=problem.pk).organisation.slug == "clean"
    services.recategorise_problem(
        actor=moderator, number=problem.pk, category=town.categories["pothole"], words="Яма."
    )
    undo_last(actor=moderator, number=problem.pk)
    assert Problem.objects.get(pk=problem.pk).category.code == "rubbish"


def test_undoing_a_category_puts_the_answers_back(moderator, town, make_problem):
    Question.objects.create(
        category=town.categories["rubbish"], code="container", title_uk="Номер контейнера"
    )
    problem = make_problem("open", answers={"container": "17"})
    services.recategorise_problem(
        actor=moderator, number=problem.pk, category=town.categories["pothole"], words="Яма."
    )
    assert Problem.objects.get(pk=problem.pk).answers == {}
    undo_last(actor=moderator, number=problem.pk)
    assert Problem.objects.get(pk=problem.pk).answers == {"container": "17"}


def test_what_somebody_did_meanwhile_is_not_taken_back(desk, town, moderator, make_problem):
    problem = make_problem("open")
    services.accept_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"], number=problem.pk
    )
    assert find_undoable(moderator, problem.pk) is None
    with pytest.raises(Conflict):
        undo_last(actor=moderator, number=problem.pk)
    answer = desk.post(f"/moderation/{problem.pk}/undo/", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert Problem.objects.get(pk=problem.pk).state == "accepted"


def test_a_moderator_takes_back_only_what_they_did_themselves(make_problem):
    problem = make_problem("open")
    other = write_user("other", is_moderator=True)
    with pytest.raises(Conflict):
        undo_last(actor=other, number=problem.pk)


def test_residents_take_nothing_back(author, make_problem):
    with pytest.raises(NotAllowed):
        undo_last(actor=author, number=make_problem("open").pk)
