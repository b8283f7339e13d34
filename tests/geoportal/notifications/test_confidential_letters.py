"""Letters about what is not public say what happened and where to read on, and nothing more."""

import pytest

from geoportal.accounts.models import Membership, Organisation
from geoportal.problems import services
from geoportal.problems.models import Category, Responsibility
from geoportal.problems.services.reassignment import reassign_problems
from tests.geoportal.notifications.conftest import list_links, read_html, read_text
from tests.geoportal.problems.conftest import write_user

AUTHOR, BOX, OFFICER = "author@example.org", "office@council.example", "council-officer@example.org"
SECRETS = ("Чоловік б’є", "третя квартира", "Тиха 7", "Abuse", "таємна приписка", "КП «council»")


@pytest.fixture
def private(make_problem, town):
    """A report of violence, with words in every place; the council has a box for everybody."""
    Organisation.objects.filter(slug="council").update(email=BOX)
    return lambda state="moderation": make_problem(
        state, category="abuse", worker="council", title="Чоловік б’є дружину",
        description="Це третя квартира.", address="Тиха 7",
    )  # fmt: skip


def require_only_a_link(letters, number: int, *, to: set[str]) -> None:
    assert set(letters) == to
    for letter in letters.values():
        said = f"{letter.subject} {read_text(letter)} {read_html(letter)}"
        assert not [secret for secret in SECRETS if secret in said], said
        assert "опублік" not in said.lower()
        assert any(f"/problems/{number}/" in link for link in list_links(letter))


def test_passing_it_on_tells_the_author_and_who_answers_and_no_more(tell, private, moderator):
    problem = private()
    letters = tell("publish_problem", actor=moderator, number=problem.pk, words="таємна приписка")
    require_only_a_link(letters, problem.pk, to={AUTHOR, BOX, OFFICER})
    assert "передано" in letters[AUTHOR].subject
    assert "опубліковано" not in letters[AUTHOR].subject


def test_every_later_step_too(tell, private, moderator, work, author):
    problem = private("open")
    step = {**work("council"), "number": problem.pk}
    own = {"actor": author, "number": problem.pk}
    note = "таємна приписка"
    close = {"resolution": "solved", "words": note}
    require_only_a_link(tell("accept_problem", **step), problem.pk, to={AUTHOR})
    require_only_a_link(tell("ask_author", **step, words=note), problem.pk, to={AUTHOR})
    answered = tell("answer_question", **own, words=note)
    require_only_a_link(answered, problem.pk, to={BOX, OFFICER})
    require_only_a_link(tell("close_problem", **step, **close), problem.pk, to={AUTHOR})
    reopened = tell("reopen_problem", **own, words=note)
    require_only_a_link(reopened, problem.pk, to={BOX, OFFICER})


def test_what_is_refused_or_taken_back_is_called_so(tell, private, moderator):
    problem, given = private(), {"actor": moderator, "reason": "not_local", "words": "Чоловік б’є"}
    refused = tell("reject_problem", number=problem.pk, **given)
    require_only_a_link(refused, problem.pk, to={AUTHOR})
    assert "не передано" in refused[AUTHOR].subject
    open_one = private("open")
    letters = tell("retract_problem", number=open_one.pk, **given)
    assert "відкликано" in letters[AUTHOR].subject
    for letter in letters.values():
        assert not [each for each in SECRETS if each in read_text(letter)]


def test_a_letter_of_many_names_it_by_its_number(tell, private, town):
    problem = private("open")
    Responsibility.objects.filter(category=town.categories["abuse"]).delete()
    Organisation.objects.filter(slug="roads").update(email="roads@example.org")
    Responsibility.objects.create(
        organisation=town.organisations["roads"], category=town.categories["abuse"]
    )
    letters = tell(reassign_problems)
    assert "roads@example.org" in letters
    for letter in letters.values():
        said = read_text(letter) + read_html(letter)
        assert str(problem.pk) in said
        assert not [secret for secret in SECRETS[:4] if secret in said]


def test_viewers_and_watchers_are_told_nothing(tell, private, moderator, town):
    viewer = write_user("council-viewer")
    Membership.objects.create(
        user=viewer, organisation=town.organisations["council"], role="viewer"
    )
    Organisation.objects.filter(slug="starosta").update(email="starosta@example.org")
    problem = private()
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    assert set(letters) == {AUTHOR, BOX, OFFICER}


def test_who_followed_it_as_a_colleague_is_told_no_more_as_a_viewer(tell, private, work, town):
    colleague = write_user("colleague")
    member = Membership.objects.create(
        user=colleague, organisation=town.organisations["council"], role="officer"
    )
    problem = private("open")
    services.follow_problem(actor=colleague, number=problem.pk)
    member.role = "viewer"
    member.save()
    letters = tell("accept_problem", **work("council"), number=problem.pk)
    assert colleague.email not in letters


def test_a_category_that_is_no_longer_public_silences_letters_from_then_on(
    tell, make_problem, work, town
):
    problem = make_problem("open", title="Чоловік б’є дружину")
    Category.objects.filter(code="rubbish").update(is_public=False)
    town.categories["rubbish"].refresh_from_db()
    services.refresh_visibility(category=town.categories["rubbish"])
    letters = tell("accept_problem", **work(), number=problem.pk)
    require_only_a_link(letters, problem.pk, to={AUTHOR})


def test_a_public_problem_is_told_as_before(tell, make_problem, moderator):
    problem = make_problem("moderation")
    letter = tell("publish_problem", actor=moderator, number=problem.pk)[AUTHOR]
    assert "опубліковано" in letter.subject
    assert problem.title in read_text(letter)


def test_what_residents_write_leads_nowhere_in_letters(tell, make_problem, moderator, work, author):
    Organisation.objects.filter(slug="clean").update(email="box@clean.example")
    lure = "Виплата http://evil.example/pay та evil.example"
    problem = make_problem("moderation", title=lure, address="www.evil.example")
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    services.accept_problem(**work(), number=problem.pk)
    services.ask_author(**work(), number=problem.pk, words="Де?")
    letters |= tell("answer_question", actor=author, number=problem.pk, words=lure)
    assert set(letters) >= {"box@clean.example", AUTHOR}
    for letter in letters.values():
        said = f"{letter.subject} {read_text(letter)} {letter.alternatives[0][0]}"
        assert "evil.example" not in said
        assert "[посилання]" in said


def test_what_an_officer_writes_may_lead_somewhere(tell, make_problem, work):
    problem = make_problem("accepted")
    words = "Графік: https://town.example/plan"
    letter = tell("ask_author", **work(), number=problem.pk, words=words)[AUTHOR]
    assert words in read_text(letter)
