"""The author changes a report before it is published."""

from geoportal.problems import services
from geoportal.problems.models import Problem
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.web.reading import read


def fill_in(problem: Problem, **changes: str) -> dict[str, str]:
    return {
        "category": "rubbish",
        "lon": str(problem.geom.x),
        "lat": str(problem.geom.y),
        "title": problem.title,
        "description": problem.description,
        "address": "",
        "expected_version": str(problem.version),
        "do": "save",
    } | changes


def test_the_author_changes_a_refused_report_and_sends_it_again(sign_in, author, make_problem):
    problem, client = make_problem("rejected"), sign_in(author)
    url = f"/problems/{problem.pk}/edit/"
    assert "Save and send again" in read(client, url)
    given = fill_in(problem, title="Купа сміття, ввічливо", shows_name="on", do="resubmit")
    assert client.post(url, given).status_code == 303
    problem.refresh_from_db()
    assert (problem.title, problem.state) == ("Купа сміття, ввічливо", "moderation")
    assert not problem.is_anonymous


def test_a_change_that_is_refused_keeps_what_was_written(sign_in, author, make_problem):
    problem, client = make_problem("moderation"), sign_in(author)
    given = fill_in(problem, title="Яма", description="Дуже довге пояснення", lon="99")
    response = client.post(f"/problems/{problem.pk}/edit/", given)
    text = response.content.decode()
    assert response.status_code == 400
    assert "Дуже довге пояснення" in text
    assert 'value="Яма"' in text
    assert "From 5 to 120 letters" in text
    problem.refresh_from_db()
    assert problem.title == "Купа сміття біля контейнера"


def test_a_report_outside_the_community_is_refused_with_the_place_kept(
    sign_in, author, make_problem
):
    problem = make_problem("moderation")
    given = fill_in(problem, lon="30.9", lat="50.9")
    response = sign_in(author).post(f"/problems/{problem.pk}/edit/", given)
    assert "outside the community" in response.content.decode()
    assert 'value="30.9"' in response.content.decode()


def test_somebody_was_faster_and_nothing_is_overwritten(sign_in, author, moderator, make_problem):
    problem, client = make_problem("moderation"), sign_in(author)
    given = fill_in(problem, title="Моя нова назва")
    services.edit_problem(
        actor=moderator, number=problem.pk, title="Назва модератора",
        description=problem.description, words="Виправлено.",
    )  # fmt: skip
    response = client.post(f"/problems/{problem.pk}/edit/", given)
    assert response.status_code == 400
    assert "Моя нова назва" in response.content.decode()
    problem.refresh_from_db()
    assert problem.title == "Назва модератора"


def test_only_the_author_changes_it_and_only_before_publication(
    visitor, sign_in, author, moderator, make_problem
):
    waiting, published = make_problem("moderation"), make_problem()
    assert visitor.get(f"/problems/{waiting.pk}/edit/").status_code == 302
    assert sign_in(moderator).get(f"/problems/{waiting.pk}/edit/").status_code == 403
    assert sign_in(write_user("stranger")).get(f"/problems/{waiting.pk}/edit/").status_code == 404
    assert sign_in(author).get(f"/problems/{published.pk}/edit/").status_code == 409
