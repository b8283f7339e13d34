"""Statistics as a page, as CSV, and on the page of an organisation."""

import re

import pytest

from tests.geoportal.problems.conftest import SOUTH_WEST
from tests.geoportal.web.reading import list_numbers, read


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
