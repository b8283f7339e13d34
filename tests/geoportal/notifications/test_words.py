"""What letters say, in both languages and both forms, and what they never say."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from geoportal.notifications.subjects.problems.rules import RULES
from geoportal.problems import services
from geoportal.problems.models import Attachment, Problem
from geoportal.problems.workflow import RejectReason
from tests.geoportal.notifications.conftest import SITE, as_sent, list_links, read_html, read_text
from tests.geoportal.problems.conftest import SOUTH_WEST, write_user

KYIV = ZoneInfo("Europe/Kyiv")
AUTHOR, CLEAN = "author@example.org", "clean-officer@example.org"
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=KYIV)


@pytest.fixture
def reader(author):
    """Reads English, so that tests read too."""
    author.language = "en"
    author.save()
    return author


@pytest.fixture
def follower(db):
    return write_user("follower", language="en", first_name="Олена", last_name="Тиха")


def test_letter_is_in_the_language_of_its_reader(tell, make_problem, moderator, author, town):
    officer = town.officers["clean"]
    officer.language = "en"
    officer.save()
    problem = make_problem("moderation")
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    assert letters[CLEAN].subject == f"No. {problem.pk}: A problem was given to your organisation"
    assert 'lang="en"' in str(letters[CLEAN].alternatives[0][0])
    assert 'lang="uk"' in str(letters[AUTHOR].alternatives[0][0])


def test_both_forms_say_the_same_and_lead_to_the_portal(tell, make_problem, moderator, reader):
    problem = make_problem("moderation")
    letter = tell("publish_problem", actor=moderator, number=problem.pk)[AUTHOR]
    told = "It was given to: КП «clean»."
    for text in (read_text(letter), read_html(letter)):
        assert told in text
        assert "Купа сміття біля контейнера" in text
        assert str(problem.pk) in letter.subject
    links = list_links(letter)
    assert all(link.startswith(SITE) for link in links)
    assert f"{SITE}/problems/{problem.pk}/" in links


def test_words_of_people_are_escaped_in_html_and_plain_in_text(
    tell, make_problem, moderator, reader
):
    problem = make_problem("moderation", title="Яма <b>& сміття</b>")
    letter = tell(
        "reject_problem", actor=moderator, number=problem.pk, reason="slander",
        words="Не пишіть <script>alert(1)</script>",
    )[AUTHOR]  # fmt: skip
    html = str(letter.alternatives[0][0])
    assert "<script>" not in html
    assert "Яма &lt;b&gt;&amp; сміття&lt;/b&gt;" in html
    assert "Не пишіть <script>alert(1)</script>" in read_text(letter)
    assert "Яма <b>& сміття</b>" in read_text(letter)


@pytest.mark.parametrize("reason", RejectReason.values)
def test_author_is_told_the_rule_and_the_words_of_the_moderator(
    tell, make_problem, moderator, reader, reason
):
    problem = make_problem("moderation")
    letter = tell(
        "reject_problem", actor=moderator, number=problem.pk, reason=reason, words="Ось чому."
    )[AUTHOR]
    with translation.override("en"):
        rule = str(RULES[reason])
    for text in (read_text(letter), read_html(letter)):
        assert rule in text
        assert "Ось чому." in text
        assert "moderator@example.org" not in text
    assert f"{SITE}/pages/rules/" in list_links(letter)


def test_deadlines_are_told_as_the_last_day_in_time(tell, make_problem, moderator, reader, town):
    officer = town.officers["clean"]
    officer.language = "en"
    officer.save()
    with time_machine.travel(FRIDAY, tick=False):
        problem = make_problem("moderation", at=FRIDAY - timedelta(hours=2))
        letters = tell("publish_problem", actor=moderator, number=problem.pk, at=FRIDAY)
        assert "should take it by 25 November 2026" in read_text(letters[AUTHOR])
        assert "Take it by 25 November 2026" in read_text(letters[CLEAN])
        assert "by 21 December 2026" in read_text(letters[CLEAN])


def test_closing_says_what_the_author_can_do_and_until_when(tell, make_problem, reader, work):
    with time_machine.travel(FRIDAY, tick=False):
        problem = make_problem("accepted", at=FRIDAY - timedelta(days=1))
        letter = tell(
            "close_problem", **work(), number=problem.pk, resolution="solved",
            words="Вивезли сьогодні.", at=FRIDAY,
        )[AUTHOR]  # fmt: skip
    text = read_text(letter)
    assert letter.subject == f"No. {problem.pk}: The problem is solved"
    assert "КП «clean»:\nВивезли сьогодні." in text
    assert "Until 15 December 2026 you can confirm the result" in text
    page = f"{SITE}/problems/{problem.pk}/"
    assert {f"{page}#rate", f"{page}#reopen"} <= set(list_links(letter))


def test_follower_of_a_closed_problem_is_not_asked_to_rate(tell, make_problem, follower, work):
    problem = make_problem("accepted")
    services.join_problem(actor=follower, number=problem.pk)
    letter = tell(
        "close_problem", **work(), number=problem.pk, resolution="not_solvable", words="Приватне."
    )[follower.email]
    assert "cannot be solved" in letter.subject
    assert "rate" not in read_text(letter)


def test_photo_after_the_work_is_shown_by_its_address_and_not_attached(
    tell, make_problem, reader, work, town
):
    problem = make_problem("accepted")
    draft = "11111111-1111-4111-8111-111111111111"
    photo = Attachment.objects.create(
        draft_id=draft, owner=town.officers["clean"], kind=Attachment.Kind.PHOTO,
        file=ContentFile(b"x", "a.jpg"), thumbnail=ContentFile(b"x", "b.jpg"),
    )  # fmt: skip
    letter = tell(
        "close_problem", **work(), number=problem.pk, resolution="solved", words="Вивезли.",
        attachments=[photo.pk], draft_id=draft,
    )[AUTHOR]  # fmt: skip
    address = f"{SITE}/problems/{problem.pk}/media/{photo.pk}/thumbnail"
    assert address in read_text(letter)
    assert f'src="{address}"' in str(letter.alternatives[0][0])
    assert letter.attachments == []


def test_question_says_that_the_clock_stands_still(tell, make_problem, reader, work):
    problem = make_problem("accepted")
    letter = tell("ask_author", **work(), number=problem.pk, words="Який під’їзд?")[AUTHOR]
    assert "Який під’їзд?" in read_html(letter)
    assert "stand still until you answer" in read_text(letter)
    assert f"{SITE}/problems/{problem.pk}/#answer" in list_links(letter)


def test_followers_are_not_told_who_the_author_is(tell, make_problem, follower, work):
    reporter = write_user("ivanna", first_name="Іванна", last_name="Гучна")
    problem = make_problem("closed", by=reporter, is_anonymous=False)
    services.follow_problem(actor=follower, number=problem.pk)
    letter = tell("reopen_problem", actor=reporter, number=problem.pk, words="Знову.")[
        follower.email
    ]
    for text in (read_text(letter), str(letter.alternatives[0][0])):
        assert "Знову." in text
        for secret in ("Іванна", "Гучна", "ivanna"):
            assert secret not in text


def test_withdrawal_is_told_to_followers_without_what_was_withdrawn(
    tell, make_problem, moderator, follower, reader
):
    problem = make_problem("open")
    services.join_problem(actor=follower, number=problem.pk)
    letters = tell(
        "retract_problem", actor=moderator, number=problem.pk, reason="personal_data",
        words="Тут прізвище сусіда.",
    )  # fmt: skip
    for address in (follower.email, CLEAN):
        for text in (read_text(letters[address]), read_html(letters[address])):
            assert "сусіда" not in text
            assert "Купа сміття" not in text
    assert "сусіда" in read_text(letters[AUTHOR])


def test_internal_notes_are_in_no_letter(tell, make_problem, follower, work, author, moderator):
    problem = make_problem("accepted")
    services.join_problem(actor=follower, number=problem.pk)
    services.add_note(**work(), number=problem.pk, words="Секретна нотатка")
    closed = tell("close_problem", **work(), number=problem.pk, resolution="solved", words="Є.")
    opened = tell("reopen_problem", actor=author, number=problem.pk, words="Ні.")
    for letter in [*closed.values(), *opened.values()]:
        assert "Секретна" not in read_text(letter) + read_html(letter)


def test_both_sides_of_a_move_are_told_where_the_problem_is(tell, make_problem, moderator, town):
    for slug in ("clean", "tidy"):
        town.officers[slug].language = "en"
        town.officers[slug].save()
    problem = make_problem("open")
    letters = tell(
        "move_problem", actor=moderator, number=problem.pk, lon=SOUTH_WEST[0], lat=SOUTH_WEST[1],
        words="Це південь.",
    )  # fmt: skip
    assert "no longer with your organisation" in letters[CLEAN].subject
    assert "Now it is with: КП «tidy»." in read_text(letters[CLEAN])
    assert "given to your organisation" in letters["tidy-officer@example.org"].subject
    assert "Це південь." in read_text(letters["tidy-officer@example.org"])


def test_reminder_says_what_is_late(tell, make_problem, town):
    officer = town.officers["clean"]
    officer.language = "en"
    officer.save()
    make_problem("accepted", at=timezone.now() - timedelta(days=70))
    letter = tell("remind_overdue")[CLEAN]
    assert "The term of a problem is over" in letter.subject
    assert "had to be solved" in read_text(letter)


def test_author_and_holder_are_told_that_no_answer_came(tell, make_problem, reader, town):
    officer = town.officers["clean"]
    officer.language = "en"
    officer.save()
    problem = make_problem("accepted")
    clean = {"organisation": town.organisations["clean"], "actor": officer}
    services.ask_author(**clean, number=problem.pk, words="Де саме?")
    letters = tell("remind_overdue", at=timezone.now() + timedelta(days=14))
    assert "your answer is still welcome" in read_text(letters[AUTHOR])
    assert f"{SITE}/problems/{problem.pk}/#answer" in list_links(letters[AUTHOR])
    assert "did not answer in time" in letters[CLEAN].subject


def test_letter_of_a_joined_problem_leads_to_the_one_that_stands(
    tell, make_problem, moderator, follower
):
    problem, target = make_problem("open"), make_problem("open", by=write_user("another"))
    services.join_problem(actor=follower, number=problem.pk)
    letter = tell("merge_problem", actor=moderator, number=problem.pk, into=target.pk)[
        follower.email
    ]
    assert f"{SITE}/problems/{target.pk}/" in list_links(letter)


def test_headers_let_mail_programs_stop_the_letters(tell, make_problem, moderator, author):
    problem = make_problem("moderation")
    sent = as_sent(tell("publish_problem", actor=moderator, number=problem.pk)[AUTHOR])
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Unsubscribe"].startswith(f"<{SITE}/notifications/stop/")
    assert sent["List-Unsubscribe"].endswith("/>")
    assert sent["Auto-Submitted"] == "auto-generated"


def test_letters_to_an_office_have_no_link_that_stops_a_person(tell, make_problem, moderator, town):
    town.organisations["clean"].email = "office@clean.example"
    town.organisations["clean"].save()
    problem = make_problem("moderation")
    letter = tell("publish_problem", actor=moderator, number=problem.pk)["office@clean.example"]
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "notifications/stop" not in read_text(letter)
    assert 'lang="uk"' in str(letter.alternatives[0][0])


def test_title_of_several_lines_stays_one_line_of_the_subject(tell, make_problem, moderator):
    problem = make_problem("moderation")
    Problem.objects.filter(pk=problem.pk).update(title="Яма\nBcc: all@example.org")
    for letter in tell(
        "publish_problem", actor=moderator, number=problem.pk, flags_confirmed=True
    ).values():
        assert "\n" not in letter.subject
        assert as_sent(letter)["Bcc"] is None
