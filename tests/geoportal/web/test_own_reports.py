"""«My reports»: by what is to be done."""

import pytest

from geoportal.problems import services
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.web.reading import list_numbers, read


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


def test_a_visitor_is_asked_to_sign_in(db, visitor):
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
