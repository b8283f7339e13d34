"""The pages of the section «Проблеми», without JavaScript, as each reader sees them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from geoportal.problems import services
from geoportal.problems.models import Follower, Problem
from tests.geoportal.problems.conftest import SOUTH_WEST, write_user


def read(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def list_numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-number="(\d+)"', page)]


def act(client, problem: Problem, action: str, **fields: object):
    return client.post(f"/problems/{problem.pk}/actions/{action}/", fields, follow=True)


# The list


def test_the_list_shows_public_problems_the_newest_first(visitor, make_problem):
    now = timezone.now()
    older = make_problem(at=now - timedelta(days=3))
    newer = make_problem(at=now - timedelta(days=2))
    make_problem("moderation")
    page = read(visitor, "/problems/")
    assert list_numbers(page) == [newer.pk, older.pk]
    assert "Found: 2 problems" in page


def test_filters_are_kept_in_the_form_and_taken_off_one_by_one(visitor, make_problem):
    make_problem("closed")
    opened = make_problem()
    page = read(visitor, "/problems/?state=open&organisation=clean&q=сміття")
    assert list_numbers(page) == [opened.pk]
    assert re.search(r'value="open" checked', page)
    assert re.search(r'value="clean" selected', page)
    for rest in ("q=%D1%81", "state=open&amp;organisation=clean"):
        assert rest in page


def test_counts_of_states_stand_beside_them(visitor, make_problem):
    for state in ("open", "open", "accepted", "closed"):
        make_problem(state)
    page = read(visitor, "/problems/?state=closed")
    counts = dict(re.findall(r'data-count="(\w+)">(\d+)<', page))
    assert counts == {"open": "2", "accepted": "1", "closed": "1", "archived": "0"}


def test_pages_lead_there_and_back_without_scripts(visitor, make_problem):
    for hours in range(25):
        make_problem(at=timezone.now() - timedelta(days=3, hours=hours))
    first = read(visitor, "/problems/?sort=votes")
    link = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = read(visitor, link)
    back = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    numbers = list_numbers(first) + list_numbers(second)
    assert (len(list_numbers(first)), len(set(numbers))) == (20, 25)
    assert list_numbers(read(visitor, back)) == list_numbers(first)
    assert "Found: 25 problems" in second


def test_an_empty_list_says_what_to_do(visitor, make_problem):
    assert "Nobody has reported a problem here yet" in read(visitor, "/problems/")
    make_problem()
    page = read(visitor, "/problems/?q=верблюд")
    assert "Nothing matches these filters" in page
    assert 'href="/problems/"' in page


def test_a_filter_that_cannot_be_is_told_and_kept(visitor, make_problem):
    make_problem()
    page = read(visitor, "/problems/?q=сміття&from=2026-05-02&to=2026-05-01", 400)
    assert "The last day is before the first" in page
    assert 'value="сміття"' in page
    assert list_numbers(page) == []


def test_the_list_leads_to_the_map_with_the_same_filter(visitor, make_problem):
    make_problem()
    assert "/?problems=1&amp;state=open" in read(visitor, "/problems/?state=open")


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_as_many_queries_for_one_as_for_twenty(
    visitor, make_problem, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_problem()
    read(visitor, "/problems/")  # caches of content types and languages are warm
    with django_assert_max_num_queries(10) as captured:
        read(visitor, "/problems/")
    assert len(captured) == 10


def test_the_feed_follows_the_filter(visitor, make_problem):
    make_problem("closed")
    opened = make_problem(title="Купа <сміття> & пилу")
    response = visitor.get("/problems/feed.atom?state=open")
    feed = response.content.decode()
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.count("<entry>") == 1
    assert f"/problems/{opened.pk}/" in feed
    assert "&lt;сміття&gt; &amp; пилу" in feed


# One problem


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
    page = act(client, problem, "join").content.decode()
    assert "You joined: your voice is counted" in page
    assert "1 joined" in page
    page = act(client, problem, "unfollow").content.decode()
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
    page = act(client, problem, "rate", rating=2, is_confirmed="0").content.decode()
    problem.refresh_from_db()
    assert (problem.rating, problem.is_confirmed) == (2, False)
    assert re.search(r'value="2" checked', page)
    assert "The author did not confirm the result" in page


def test_what_was_filled_in_is_kept_when_it_is_refused(sign_in, author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    page = act(client, problem, "rate", rating=9, words="Мої довгі слова", is_confirmed="0")
    text = page.content.decode()
    assert "Мої довгі слова" in text
    assert "A rating is from 1 to 5" in text
    assert re.search(r'name="is_confirmed" value="0" required checked', text)


def test_the_author_opens_again_within_the_term(sign_in, author, make_problem):
    problem, client = make_problem("closed"), sign_in(author)
    refused = act(client, problem, "reopen", words=" ").content.decode()
    assert "Write why, in your own words" in refused
    page = act(client, problem, "reopen", words="Сміття знову тут").content.decode()
    assert "Opened again by the author" in page
    problem.refresh_from_db()
    assert problem.state == "open"


def test_nothing_is_offered_that_would_be_refused(sign_in, author, make_problem):
    archived = make_problem("archived", at=timezone.now() - timedelta(days=60))
    page = read(sign_in(author), f"/problems/{archived.pk}/")
    assert "/actions/" not in page.replace("/actions/follow/", "")
    assert "Report anew" in page


# Changing a report


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


# My reports


def test_my_reports_begin_with_what_waits_for_me(sign_in, author, make_problem):
    made = {state: make_problem(state) for state in ("open", "closed", "rejected", "moderation")}
    page = read(sign_in(author), "/problems/mine/")
    numbers = list_numbers(page)
    assert set(numbers) == {problem.pk for problem in made.values()}
    assert set(numbers[:2]) == {made["closed"].pk, made["rejected"].pk}
    assert "say whether it is done" in page
    assert "put it right and send it again" in page


def test_reports_that_wait_for_the_mail_say_so(sign_in, town, make_report):
    user = write_user("newcomer", confirmed=False)
    services.report_problem(actor=user, report=make_report())
    assert "Confirm your e-mail: follow the link" in read(sign_in(user), "/problems/mine/")


def test_followed_problems_stand_there_while_letters_are_wanted(sign_in, make_problem):
    user, problem = write_user("neighbour"), make_problem()
    services.join_problem(actor=user, number=problem.pk)
    assert list_numbers(read(sign_in(user), "/problems/mine/")) == [problem.pk]
    services.unfollow_problem(actor=user, number=problem.pk)
    assert list_numbers(read(sign_in(user), "/problems/mine/")) == []


def test_a_visitor_is_asked_to_sign_in(visitor):
    assert visitor.get("/problems/mine/").status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_my_reports_cost_as_many_queries_for_one_as_for_twenty(
    sign_in, author, make_problem, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_problem("moderation")
    client = sign_in(author)
    read(client, "/problems/mine/")
    with django_assert_max_num_queries(20) as captured:
        read(client, "/problems/mine/")
    assert len(captured) <= 12


# Statistics


def test_statistics_link_every_number_to_its_list(visitor, make_problem):
    for state in ("open", "accepted", "closed"):
        make_problem(state)
    make_problem(place=SOUTH_WEST, worker="tidy")
    page = read(visitor, "/problems/statistics/")
    links = set(re.findall(r'href="(/problems/\?[^"]*)"[^>]*>(\d+)<', page))
    assert len(links) > 10
    for link, number in links:
        listed = read(visitor, link.replace("&amp;", "&"))
        assert len(list_numbers(listed)) == int(number), link


def test_statistics_without_problems_say_so(visitor, town):
    assert "No problems were published in this period" in read(visitor, "/problems/statistics/")
    assert read(visitor, "/problems/statistics/?from=x", 400)
    assert read(visitor, "/problems/statistics/?layer=nothing", 404)


@pytest.mark.parametrize("table", ["months", "organisations", "categories", "territories"])
def test_every_table_is_a_csv_that_spreadsheets_open(visitor, town, make_problem, table):
    town.organisations["clean"].name_en = '=HYPERLINK("x")'
    town.organisations["clean"].save()
    make_problem("closed")
    response = visitor.get(f"/problems/statistics/{table}.csv?layer=districts")
    text = response.content.decode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="problems-{table}.csv"' in response["Content-Disposition"]
    assert text.startswith("\ufeff")
    assert all(line.count(",") >= 10 for line in text.strip().splitlines())
    if table == "organisations":
        assert '"\'=HYPERLINK(""x"")"' in text


def test_a_table_that_is_not_there_is_not_found(visitor, town):
    assert visitor.get("/problems/statistics/nothing.csv").status_code == 404


def test_an_organisation_says_what_it_answers_for_and_how_it_does(visitor, make_problem):
    make_problem("closed")
    page = read(visitor, "/organisations/clean/")
    assert "Waste" in page
    assert "North" in page
    assert "/problems/?state=closed&amp;organisation=clean" in page
