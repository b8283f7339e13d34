"""Words that everyone will read: personal data in them has to be meant."""

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory

from geoportal.core.errors import InvalidInput
from geoportal.problems import services
from geoportal.problems.forms import kept_forms
from geoportal.problems.models import Problem
from geoportal.problems.personal_data.public_words import (
    PersonalDataFound,
    are_words_public,
    require_considered,
)
from geoportal.problems.personal_data.withheld import find_withheld
from geoportal.problems.services.reporting import Contact
from tests.geoportal.problems.conftest import Town, write_user
from tests.geoportal.problems.uploading import sign_in

pytestmark = pytest.mark.django_db
PHONE = "067 123-45-67"


@pytest.fixture
def named(author, make_problem):
    """A problem of an author who hid their name, in a state."""
    author.first_name, author.last_name = "Марія", "Ковальська"
    author.save()

    def make(state: str = "accepted"):
        return make_problem(state, is_anonymous=True)

    return make


def act(client: Client, problem: Problem, action: str, **fields: object):
    url = f"/problems/{problem.pk}/actions/{action}/"
    return client.post(url, fields, headers={"Accept": "application/json"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Пані Ковальській передзвонили.", ["Ковальській"]),
        ("Дякуємо Марії за повідомлення", ["Марії"]),
        ("МАРІЄ КОВАЛЬСЬКА, зроблено", ["МАРІЄ", "КОВАЛЬСЬКА"]),
        ("Їздили до Маріуполя, коваль зайнятий", []),
    ],
)
def test_a_hidden_name_is_found_in_any_case(named, text, found):
    assert [one.text for one in find_withheld(text, named())] == found


def test_a_name_that_is_shown_is_no_secret(author, make_problem):
    author.last_name = "Ковальська"
    author.save()
    assert find_withheld("Пані Ковальська", make_problem("open", is_anonymous=False)) == []


def test_contacts_of_a_caller_are_found(make_report, moderator):
    contact = Contact(name="Богдан Сич", phone="+380 44 222-33-44", email="sych@example.org")
    problem = services.report_problem(actor=moderator, report=make_report(), contact=contact)
    text = "Сичу: 2223344, 044 222 33 44, SYCH@example.org"
    assert [one.text for one in find_withheld(text, problem)] == [
        "Сичу", "044 222 33 44", "SYCH@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "action", "public"),
    [
        ("moderation", "reject", False),
        ("moderation", "edit", False),
        ("moderation", "ask_reporter", False),
        ("moderation", "publish", True),
        ("open", "edit", True),
        ("open", "retract", False),
        ("accepted", "close", True),
        ("accepted", "note", False),
        ("closed", "rate", True),
        ("closed", "reopen", True),
        ("open", "join", False),
    ],
)
def test_which_words_everyone_reads(make_problem, state, action, public):
    assert are_words_public(make_problem(state), action) is public


def test_nobody_but_the_workers_reads_of_a_private_category(make_problem):
    assert not are_words_public(make_problem("open", category="abuse", worker="council"), "close")


def test_an_officer_is_asked_before_personal_data_becomes_public(named, town: Town):
    problem, client = named(), sign_in(town.officers["clean"])
    fields = {"organisation": "clean", "words": f"Пані Ковальська, {PHONE}. Де саме?"}
    refused = act(client, problem, "ask", **fields)
    assert refused.status_code == 400
    document = refused.json()
    assert document["type"].endswith("personal-data")
    assert PHONE in document["errors"]["words"]
    assert "Ковальська" in document["errors"]["words"]
    problem.refresh_from_db()
    assert problem.asked_at is None
    assert act(client, problem, "ask", **fields, words_confirmed="1").status_code == 200


def test_the_form_comes_back_filled_in_with_a_way_to_send_it_so(author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    words = f"Дякую, мій номер {PHONE}"
    fields = {
        "words": words,
        "rating": "5",
        "is_confirmed": "1",
        "next": f"/problems/{problem.pk}/",
    }
    url = f"/problems/{problem.pk}/actions/rate/"
    page = client.post(url, fields, follow=True).content.decode()
    assert words in page
    assert 'name="words_confirmed" value="1"' in page
    problem.refresh_from_db()
    assert problem.rating is None
    client.post(url, fields | {"words_confirmed": "1"})
    rated = Problem.objects.get(pk=problem.pk)
    assert (rated.rating, rated.rating_words) == (5, words)


def test_a_stranger_learns_nothing_by_guessing_names(named):
    problem, stranger = named(), write_user("stranger")
    for words in ("Ковальська", "Петренко"):
        refused = act(sign_in(stranger), problem, "answer", words=words)
        assert refused.json()["type"].endswith("not-allowed")
        checked = sign_in(stranger).post(
            "/api/v1/problems/check-text/",
            {"words": words, "problem": problem.pk},
            content_type="application/json",
        )
        assert checked.json()["message"] == ""


def test_who_works_on_it_is_told_of_the_hidden_name_while_writing(named, town: Town):
    checked = sign_in(town.officers["clean"]).post(
        "/api/v1/problems/check-text/",
        {"words": "Пані Ковальська", "problem": named().pk},
        content_type="application/json",
    )
    assert "Ковальська" in checked.json()["message"]


def test_an_organisation_may_write_its_own_number(make_problem, town: Town):
    organisation, officer = town.organisations["clean"], town.officers["clean"]
    organisation.phone = "(067) 123 45 67, 067 765 43 21"
    organisation.save()
    problem = make_problem("accepted")
    fields = QueryDict(mutable=True)
    fields.update({"organisation": "clean", "words": f"Телефон диспетчера: {PHONE}"})
    require_considered(officer, problem, "ask", fields)
    fields["words"] = "Телефон майстра: 050 765 43 21"
    with pytest.raises(PersonalDataFound):
        require_considered(officer, problem, "ask", fields)


def test_a_kept_form_and_all_of_them_have_a_limit(client, author):
    request = RequestFactory().post("/", {"words": "а" * 15_000, "more": "б" * 15_000, "to": "x"})
    request.session, request.user = client.session, author
    for number in range(kept_forms.FORMS_MAX + 3):
        kept_forms.keep_form(request, number, "rate", InvalidInput("Ні."))
    kept = {name: form for name, form in request.session.items() if "problem_form" in name}
    assert len(kept) == kept_forms.FORMS_MAX
    newest = kept_forms.take_form(request, kept_forms.FORMS_MAX + 2, "rate")
    assert (len(str(newest["words"])), newest["to"], "more" in newest) == (15_000, "x", False)
    assert kept_forms.take_form(request, 0, "rate") == {}
