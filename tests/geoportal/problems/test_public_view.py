"""What everyone may read of a problem is one view, and every public reader reads it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from geoportal.problems.access import list_public_problems
from geoportal.problems.models import Problem, PublicProblem
from geoportal.problems.workflow import PUBLISHED

# Read by people and programs who have not signed in; a filter each, where one can be given.
PUBLIC = [
    "/problems/?q=яма&overdue=1",
    "/problems/?sort=votes",
    "/problems/feed.atom",
    "/problems/statistics/",
    "/?problems=1&state=open",
    "/api/v1/problems/in-view/?bbox=30,50,31,51",
    "/problems/tiles/10/598/345.mvt",
    "/open311/v2/requests.json?extensions=true",
]
PRIVATE = {
    "answers",
    "reporter_id",
    "is_anonymous",
    "written_by_id",
    "contact_name",
    "contact_phone",
    "contact_email",
    "rating_words",
    "client_request_id",
}


def list_columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in found}


@pytest.mark.django_db
def test_its_columns_are_those_of_the_model_and_none_is_private():
    columns = list_columns("problems_public")
    assert columns == {field.column for field in PublicProblem._meta.concrete_fields}
    assert columns < list_columns("problems_problem")
    assert not columns & PRIVATE


def test_it_holds_what_is_published_of_public_categories(town, make_problem):
    for state in ("moderation", "open", "accepted", "closed", "archived"):
        make_problem(state)
    make_problem(category="abuse")
    shown = Problem.objects.filter(is_public=True, state__in=PUBLISHED)
    assert shown.count() == 4
    assert {row.pk for row in list_public_problems()} == {row.pk for row in shown}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_reader_asks_nothing_of_the_private_table(address, client: Client, make_problem):
    make_problem()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in queries]
    assert any("problems_public" in sql for sql in asked)
    assert not [sql for sql in asked if re.search(r"\bproblems_problem\b", sql)]
