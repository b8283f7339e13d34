"""The list of problems without JavaScript: filters, orders, pages, its feed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.geoportal.web.reading import list_numbers, read


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
    with django_assert_max_num_queries(11) as captured:  # one of them names the town
        read(visitor, "/problems/")
    assert len(captured) == 11


def test_signs_that_no_feed_holds_do_not_break_it(visitor, make_problem):
    make_problem(title="Купа\x0b сміття", description="Третій\x08 день.")
    response = visitor.get("/problems/feed.atom")
    assert response.status_code == 200
    assert "Купа сміття" in response.content.decode()


def test_the_feed_follows_the_filter(visitor, make_problem):
    make_problem("closed")
    opened = make_problem(title="Купа <сміття> & пилу")
    response = visitor.get("/problems/feed.atom?state=open")
    feed = response.content.decode()
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.count("<entry>") == 1
    assert f"/problems/{opened.pk}/" in feed
    assert "&lt;сміття&gt; &amp; пилу" in feed
