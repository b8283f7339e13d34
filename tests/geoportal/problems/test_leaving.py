"""What goes from reports when a person leaves, and when contacts are needed no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geoportal.problems import services
from geoportal.problems.models import Problem
from geoportal.problems.services.reporting import Contact
from tests.geoportal.problems.conftest import write_user


def test_who_leaves_takes_what_was_never_confirmed(make_problem, make_report):
    newcomer = write_user("newcomer", confirmed=False)
    problem = services.report_problem(actor=newcomer, report=make_report())
    services.forget_person(user=newcomer)
    problem.refresh_from_db()
    assert problem.reporter is None
    assert "сміття" not in problem.title + problem.description


@pytest.mark.parametrize("state", ["moderation", "rejected"])
def test_who_leaves_takes_what_was_never_published(make_problem, make_report, author, state):
    problem = make_problem(state)
    services.edit_report(
        actor=author, number=problem.pk, report=make_report(title="Тут живе Іван", description="Х")
    )
    services.edit_report(actor=author, number=problem.pk, report=make_report())
    assert "Іван" in str(list(problem.history.values("details")))
    services.forget_person(user=author)
    problem.refresh_from_db()
    assert (problem.reporter, problem.due_at, problem.answers) == (None, None, {})
    said = [problem.title, problem.description, *problem.history.values_list("words", "details")]
    assert not any(word in str(said) for word in ("сміття", "Іван", "Образа"))


def test_who_leaves_leaves_what_was_once_published(make_problem, moderator, author):
    problem = make_problem("open")
    services.retract_problem(actor=moderator, number=problem.pk, reason="mistake", words="Ой.")
    services.forget_person(user=author)
    problem.refresh_from_db()
    assert "сміття" in problem.title
    assert problem.history.last().words == "Ой."


def test_reports_of_others_stay_when_the_owner_of_their_key_leaves(author, make_report):
    problem = services.report_problem(
        actor=author, report=make_report(), contact=Contact(), source=Problem.Source.OPEN311
    )
    services.forget_person(user=author)
    problem.refresh_from_db()
    assert "сміття" in problem.title


@pytest.mark.parametrize(("days", "kept"), [(364, "Іван"), (366, "")])
def test_contacts_go_a_year_after_the_archive(make_report, moderator, town, days, kept):
    at = timezone.now() - timedelta(days=40)
    problem = services.report_problem(
        actor=moderator, report=make_report(), contact=Contact(name="Іван", phone="1"), at=at
    )
    who = {"organisation": town.organisations["clean"], "actor": town.officers["clean"]}
    services.publish_problem(actor=moderator, number=problem.pk, at=at)
    services.accept_problem(**who, number=problem.pk, at=at)
    services.close_problem(
        **who, number=problem.pk, resolution="solved", words="Готово.", at=at + timedelta(hours=1)
    )
    services.archive_due()
    services.forget_contacts(at=timezone.now() + timedelta(days=days))
    problem.refresh_from_db()
    assert (problem.state, problem.contact_name) == ("archived", kept)
    assert bool(problem.contact_phone) == bool(kept)


def test_contacts_of_a_problem_that_lives_stay(make_report, moderator, settings):
    problem = services.report_problem(
        actor=moderator, report=make_report(), contact=Contact(name="Іван")
    )
    assert services.forget_contacts(at=timezone.now() + timedelta(days=9999)) == 0
    services.reject_problem(actor=moderator, number=problem.pk, reason="not_local", words="Ні.")
    settings.PROBLEM_CONTACT_DAYS = 0
    assert services.forget_contacts(at=timezone.now() + timedelta(days=9999)) == 0
