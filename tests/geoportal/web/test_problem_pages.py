"""One problem on a page, as each reader sees it, and what they may do there."""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.html import escape

from geoportal.problems import services
from geoportal.problems.models import Follower
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.web.reading import act, read


def test_a_problem_says_what_where_who_and_by_when(visitor, make_problem):
    problem = make_problem("accepted", address="вулиця Садова, 3")
    page = read(visitor, f"/problems/{problem.pk}/")
    for text in ("Купа сміття", "Третій день", "вулиця Садова, 3", "КП «clean»", "Accepted"):
        assert text in page
    assert "A solution or an explanation is due by" in page
    assert "Accepted for solution" in page
    assert "answers for “Waste”" in page


def test_an_overdue_problem_says_so_to_everyone(visitor, make_problem):
    problem = make_problem(at=timezone.now() - timedelta(days=30))
    page = read(visitor, f"/problems/{problem.pk}/")
    assert "Overdue" in page
    assert re.search(r"The deadline passed \d+ days ago", page)


def test_a_closed_problem_says_until_when_it_can_be_opened_again(sign_in, author, make_problem):
    problem = make_problem("closed")
    last = timezone.localtime(problem.archive_at - timedelta(seconds=1))
    page = read(sign_in(author), f"/problems/{problem.pk}/")
    assert f"until {last.day} {last:%B %Y} inclusive" in page


def test_an_unpublished_problem_is_seen_by_its_author_and_moderators_only(
    visitor, sign_in, author, moderator, make_problem
):
    problem = make_problem("moderation")
    url = f"/problems/{problem.pk}/"
    assert "There is no problem" in read(visitor, url, 404)
    assert read(sign_in(write_user("stranger")), url, 404)
    assert "Only you and the moderators see this report" in read(sign_in(author), url)
    assert "/moderation/" in read(sign_in(moderator), url)


def test_a_refused_report_names_the_rule_and_leads_to_its_form(sign_in, author, make_problem):
    problem = make_problem("rejected")
    page = read(sign_in(author), f"/problems/{problem.pk}/")
    assert "Not published: slander or insult" in page
    assert "Образа." in page
    assert f"/problems/{problem.pk}/edit/" in page
    assert "Send again as it is" in page


def test_a_joined_problem_leads_to_the_other_and_the_other_names_it(
    visitor, moderator, make_problem
):
    first, second = make_problem(), make_problem(title="Ще одна купа сміття")
    services.merge_problem(actor=moderator, number=second.pk, into=first.pk)
    joined = read(visitor, f"/problems/{second.pk}/")
    assert f'href="/problems/{first.pk}/"' in joined
    assert "Reported by others too" in read(visitor, f"/problems/{first.pk}/")
    assert "Open it again" not in joined


def test_the_author_is_named_only_who_wanted_it(visitor, make_problem, author):
    author.first_name, author.last_name = "Олена", "Коваль"
    author.save()
    hidden, shown = make_problem(is_anonymous=True), make_problem(is_anonymous=False)
    assert "Коваль" not in read(visitor, f"/problems/{hidden.pk}/")
    assert "Олена Коваль" in read(visitor, f"/problems/{shown.pk}/")


def test_candidates_of_the_routing_are_for_staff(visitor, sign_in, town, make_problem, author):
    problem = make_problem()
    url = f"/problems/{problem.pk}/"
    for client in (visitor, sign_in(author)):
        page = read(client, url)
        assert "Why this organisation?" in page
        assert "All rules that matched" not in page
    assert "All rules that matched" in read(sign_in(town.officers["clean"]), url)


def test_a_hidden_territory_layer_is_not_named(visitor, town, make_problem):
    town.waste_areas.visibility = "staff"
    town.waste_areas.save()
    page = read(visitor, f"/problems/{make_problem().pk}/")
    assert "service_areas_waste" not in page
    assert "answers for this category at this place" in page


def test_words_of_people_are_text_and_not_markup(visitor, make_problem):
    script = "<script>alert(1)</script>"
    problem = make_problem(title=f"Яма {script}", description=script, address=script)
    for url in ("/problems/", f"/problems/{problem.pk}/"):
        page = read(visitor, url)
        assert script not in page
        assert escape(script) in page


def test_what_everyone_sees_has_a_card_for_links(visitor, sign_in, author, make_problem):
    problem, waiting = make_problem(), make_problem("moderation")
    page = read(visitor, f"/problems/{problem.pk}/")
    assert f'property="og:url" content="http://testserver/problems/{problem.pk}/"' in page
    unpublished = read(sign_in(author), f"/problems/{waiting.pk}/")
    assert "og:title" not in unpublished
    assert "noindex" in unpublished


# What can be done


def test_a_resident_joins_and_leaves_the_letters(sign_in, make_problem):
    problem, user = make_problem(), write_user("neighbour")
    client = sign_in(user)
    assert "/actions/join/" in read(client, f"/problems/{problem.pk}/")
    page = act(client, problem, "join")
    assert "You joined: your voice is counted" in page
    assert "1 joined" in page
    page = act(client, problem, "unfollow")
    assert not Follower.objects.get(problem=problem, user=user).wants_mail
    assert "/actions/follow/" in page


def test_who_has_not_confirmed_the_mail_is_told_before_joining(sign_in, make_problem):
    client = sign_in(write_user("newcomer", confirmed=False))
    page = read(client, f"/problems/{make_problem().pk}/")
    assert "/actions/join/" not in page
    assert "Confirm your e-mail to join" in page


def test_the_author_answers_a_question(sign_in, author, town, make_problem):
    problem = make_problem("accepted")
    services.ask_author(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        words="З якого боку будинку?",
    )
    client = sign_in(author)
    page = read(client, f"/problems/{problem.pk}/")
    assert "You are asked" in page
    assert page.count("З якого боку будинку?") == 2
    response = client.post(
        f"/problems/{problem.pk}/actions/answer/files/", {"words": "З двору."}, follow=True
    )
    assert "З двору." in response.content.decode()
    problem.refresh_from_db()
    assert problem.asked_at is None


def test_the_author_rates_and_may_think_better_of_it(sign_in, author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    act(client, problem, "rate", rating=5, is_confirmed="1", words="Дякую")
    page = act(client, problem, "rate", rating=2, is_confirmed="0")
    problem.refresh_from_db()
    assert (problem.rating, problem.is_confirmed) == (2, False)
    assert re.search(r'value="2" checked', page)
    assert "The author did not confirm the result" in page


def test_what_was_filled_in_is_kept_when_it_is_refused(sign_in, author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    text = act(client, problem, "rate", rating=9, words="Мої довгі слова", is_confirmed="0")
    assert "Мої довгі слова" in text
    assert "A rating is from 1 to 5" in text
    assert re.search(r'name="is_confirmed" value="0" required checked', text)


def test_the_author_opens_again_within_the_term(sign_in, author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    refused = act(client, problem, "reopen", words=" ")
    assert "Write why, in your own words" in refused
    page = act(client, problem, "reopen", words="Сміття знову тут")
    assert "Opened again by the author" in page
    problem.refresh_from_db()
    assert problem.state == "open"


def test_nothing_is_offered_that_would_be_refused(sign_in, author, make_problem):
    archived = make_problem("archived", at=timezone.now() - timedelta(days=60))
    page = read(sign_in(author), f"/problems/{archived.pk}/")
    assert "/actions/" not in page.replace("/actions/follow/", "")
    assert "Report anew" in page


def test_a_page_with_what_is_not_for_everyone_is_kept_by_no_cache(
    visitor, sign_in, author, make_problem
):
    problem = make_problem("open")
    kept = sign_in(author).get(f"/problems/{problem.pk}/")["Cache-Control"]
    assert {"private", "no-store"} <= set(kept.split(", "))
    assert not visitor.get(f"/problems/{problem.pk}/").has_header("Cache-Control")


def test_forms_of_the_author_say_who_reads_the_words(sign_in, author, make_problem):
    page = sign_in(author).get(f"/problems/{make_problem('closed').pk}/").content.decode()
    assert page.count("Everyone reads these words") == 2
    assert "Everyone sees them after a moderator has checked them." in page
    private = make_problem("closed", category="abuse", worker="council")
    page = sign_in(author).get(f"/problems/{private.pk}/").content.decode()
    assert "Everyone reads these words" not in page
