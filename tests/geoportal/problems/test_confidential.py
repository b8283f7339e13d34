"""A problem of a category that is not public: who answers, who sees it, what it is called."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from geoportal.accounts.models import Membership
from geoportal.cabinets.inbox import Tab, count_tabs
from geoportal.problems import services
from geoportal.problems.access import can_see_internal
from geoportal.problems.models import Category, Oversight, Problem, Responsibility
from geoportal.problems.routing.deciding import build_routing, route_problem
from geoportal.problems.routing.decisions import describe_routing
from geoportal.problems.services.reassignment import reassign_problems
from tests.geoportal.problems.conftest import MIDDLE_LAT, MIDDLE_LON, NORTH_WEST, Town, write_user
from tests.geoportal.problems.uploading import sign_in

pytestmark = pytest.mark.django_db
BETWEEN_DISTRICTS = (MIDDLE_LON + 0.00005, 50.415)


@pytest.fixture
def blankets(town: Town) -> Town:
    """`roads` answers for everything, `tidy` considers everything in the west, `clean` in it."""
    give = Responsibility.objects.create
    give(organisation=town.organisations["roads"], priority=9)
    give(organisation=town.organisations["roads"], role="controller")
    give(
        organisation=town.organisations["tidy"], role="reviewer",
        territory_layer=town.districts, territory_key="west",
    )  # fmt: skip
    return town


def list_holders(problem: Problem) -> list[str]:
    held = problem.assignments.filter(ended_at__isnull=True)
    return sorted(held.values_list("organisation__slug", flat=True))


def test_a_zone_without_a_category_does_not_take_what_is_not_public(blankets, make_problem):
    assert list_holders(make_problem("open")) == ["council", "roads", "tidy"]
    private = make_problem("open", category="abuse")
    assert list_holders(private) == ["council"]
    assert private.organisation.slug == "council"


def test_neither_does_it_under_a_group_that_is_not_public(blankets, make_problem):
    Category.objects.filter(code="animals").update(is_public=False)
    private = make_problem("open", category="stray")
    assert (list_holders(private), private.organisation) == ([], None)


def test_a_zone_of_the_group_still_does(blankets, make_problem):
    Responsibility.objects.create(
        organisation=blankets.organisations["starosta"], category=blankets.categories["safety"],
        role="controller",
    )  # fmt: skip
    assert list_holders(make_problem("open", category="abuse")) == ["council", "starosta"]


@pytest.mark.parametrize("code", ["abuse", "rubbish", "stray"])
def test_one_at_a_time_and_in_sets_are_routed_alike(blankets, make_problem, code):
    problem = make_problem("open", category=code)
    held = list_holders(problem)
    reassign_problems()
    assert list_holders(problem) == held
    routing = build_routing(problem.category, *NORTH_WEST)
    assert sorted(routing.list_assigned()) == sorted(
        problem.assignments.filter(ended_at__isnull=True).values_list("organisation", flat=True)
    )


def test_zones_without_a_category_let_go_when_one_stops_being_public(blankets, make_problem):
    problem = make_problem("open", category="stray")
    assert list_holders(problem) == ["roads", "tidy"]
    Category.objects.filter(code="animals").update(is_public=False)
    reassign_problems()
    assert list_holders(problem) == []


def open_category(town: Town, code: str) -> None:
    Category.objects.filter(code__in=[code, town.categories[code].parent.code]).update(
        is_public=True
    )
    town.categories[code].refresh_from_db()
    services.refresh_visibility(category=town.categories[code])


def test_zones_without_a_category_get_nothing_of_before_when_one_becomes_public(
    blankets, make_problem
):
    """Authors were told who would read it."""
    before = make_problem("open", category="abuse")
    open_category(blankets, "abuse")
    reassign_problems()
    after = make_problem("open", category="abuse")
    assert list_holders(before) == ["council"]
    assert list_holders(after) == ["roads", "tidy"]
    reassign_problems()
    assert list_holders(before) == ["council"]


def test_nor_what_was_meant_for_few_and_is_of_a_public_category(blankets, make_problem, moderator):
    problem = make_problem("open", category="abuse")
    change = {"actor": moderator, "number": problem.pk, "words": "Сміття."}
    services.recategorise_problem(**change, category=blankets.categories["rubbish"])
    held = list_holders(problem)
    assert not {"roads", "tidy"} & set(held)
    reassign_problems()
    assert list_holders(problem) == held


def test_one_at_a_time_and_in_sets_ask_alike_about_what_was_promised(
    blankets, make_problem, moderator
):
    problem = make_problem("open", category="abuse", place=(MIDDLE_LON - 0.001, 50.415))
    open_category(blankets, "abuse")
    Problem.objects.filter(pk=problem.pk).update(
        geom=f"SRID=4326;POINT({MIDDLE_LON + 0.00005} 50.415)"
    )
    reassign_problems()
    problem = Problem.objects.get(pk=problem.pk)
    routing = route_problem(problem)
    decision = problem.decisions.latest("pk")
    assert problem.decisions.count() == 2
    assert decision.neighbours == describe_routing(routing)["neighbours"]
    assert (decision.neighbours[0]["others"], decision.is_near_border) == ([], False)
    assert decision.rules == describe_routing(routing)["rules"]
    assert not problem.border_needs_check


def test_nobody_is_asked_on_which_side_watchers_are(make_report, author, moderator, town):
    assert Oversight.objects.exists()
    report = make_report(place=BETWEEN_DISTRICTS, category="abuse")
    problem = services.report_problem(actor=author, report=report)
    services.publish_problem(actor=moderator, number=problem.pk)
    decision = problem.decisions.get()
    assert (decision.is_near_border, decision.neighbours[0]["others"]) == (False, [])


def test_nor_when_borders_come_near(make_problem, town):
    problem = make_problem("open", category="abuse", place=(MIDDLE_LON - 0.001, 50.415))
    Problem.objects.filter(pk=problem.pk).update(
        geom=f"SRID=4326;POINT({MIDDLE_LON + 0.00005} 50.415)"
    )
    reassign_problems()
    problem.refresh_from_db()
    assert problem.decisions.count() == 2
    assert not problem.border_needs_check


def test_a_side_that_matters_names_no_watchers(make_report, author, moderator, town):
    Responsibility.objects.create(
        organisation=town.organisations["tidy"], category=town.categories["abuse"], priority=5,
        territory_layer=town.waste_areas, territory_key="south",
    )  # fmt: skip
    place = (30.51, MIDDLE_LAT + 0.00005)
    problem = services.report_problem(
        actor=author, report=make_report(place=place, category="abuse")
    )
    page = sign_in(moderator).get(f"/moderation/{problem.pk}/").content.decode()
    assert "КП «tidy»" in page
    assert "КП «starosta»" not in page


def add_member(town: Town, slug: str, role: str, **flags: bool):
    user = write_user(f"{slug}-{role}-2", **flags)
    Membership.objects.create(user=user, organisation=town.organisations[slug], role=role)
    return user


@pytest.mark.parametrize(("role", "sees"), [("head", True), ("officer", True), ("viewer", False)])
def test_who_answers_for_it_sees_it_and_who_only_looks_does_not(role, sees, make_problem, town):
    problem = make_problem("accepted", category="abuse", worker="council", title="Таємна скарга")
    council, user = town.organisations["council"], add_member(town, "council", role)
    client, found = sign_in(user), (200 if sees else 404)
    for path in (f"/problems/{problem.pk}/", f"/cabinet/council/{problem.pk}/",
                 f"/cabinet/council/{problem.pk}/places.geojson"):  # fmt: skip
        assert client.get(path).status_code == found, path
    for path in ("?tab=all", "?tab=in-work", "problems.geojson?tab=all", "export.csv?tab=all"):
        answer = client.get(f"/cabinet/council/{path}")
        assert answer.status_code in (200, 404)
        assert ("Таємна скарга" in read(answer)) is (sees and answer.status_code == 200), path
    assert can_see_internal(user, problem) is sees
    counts = {each.tab: each.count for each in count_tabs(user, council, timezone.now())}
    assert (counts[Tab.IN_WORK], counts[Tab.ALL]) == ((1, 1) if sees else (0, 0))


def drop_signs(page: str) -> str:
    """Without the shapes and words of all states, which scripts of maps take."""
    return re.sub(r'<svg class="sprite".*?</svg>', "", page, flags=re.DOTALL)


def read(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", errors="replace")


def test_editors_of_layers_and_neighbours_do_not_see_it(make_problem, town):
    problem = make_problem("open", category="abuse", worker="council")
    for user in (
        write_user("clerk", is_staff=True),
        add_member(town, "council", "viewer", is_staff=True),
        town.officers["starosta"],
        town.officers["clean"],
    ):
        assert sign_in(user).get(f"/problems/{problem.pk}/").status_code == 404


def test_what_a_viewer_may_see_of_public_problems_stays(make_problem, town):
    problem = make_problem("open")
    viewer = add_member(town, "clean", "viewer")
    assert sign_in(viewer).get(f"/cabinet/clean/{problem.pk}/").status_code == 200
    assert can_see_internal(viewer, problem)


def test_an_organisation_with_nothing_public_is_not_offered_by_the_filter(make_problem, town):
    make_problem("open", category="abuse")
    Responsibility.objects.all().delete()
    assert 'value="council"' not in Client().get("/problems/").content.decode()


def test_the_moderator_passes_it_on_and_the_history_says_so(make_problem, author, moderator):
    problem = make_problem("moderation", category="abuse")
    desk = sign_in(moderator)
    desk.cookies["django_language"] = "en"
    for path in ("/moderation/", f"/moderation/{problem.pk}/"):
        page = desk.get(path).content.decode()
        assert "Pass on" in page
        assert "Do not pass on" in page
        assert ">Publish<" not in page.replace("\n", "")
    answer = desk.post(
        f"/problems/{problem.pk}/actions/publish/", headers={"Accept": "application/json"}
    )
    assert answer.json()["message"] == "The report is passed on to those who answer for it."
    client = sign_in(author)
    client.cookies["django_language"] = "en"
    page = client.get(f"/problems/{problem.pk}/").content.decode()
    assert "Passed on" in page
    assert "Published" not in page
    assert "published" not in drop_signs(page).replace("not published", "")
    assert "joined" not in page
    services.retract_problem(
        actor=moderator, number=problem.pk, reason="not_local", words="Не наше."
    )
    page = client.get(f"/problems/{problem.pk}/").content.decode()
    assert "Taken back: not a matter" in page
    assert "publication" not in page


def test_what_was_passed_on_is_not_published_when_its_category_becomes_public(
    make_problem, moderator, town
):
    """Its texts were read for who answers for it, not for everyone, and its author was told so."""
    problem = make_problem("moderation", category="stray")
    Category.objects.filter(code="stray").update(is_public=False)
    town.categories["stray"].refresh_from_db()
    services.refresh_visibility(category=town.categories["stray"])
    services.publish_problem(actor=moderator, number=problem.pk)
    Category.objects.filter(code="stray").update(is_public=True)
    town.categories["stray"].refresh_from_db()
    services.refresh_visibility(category=town.categories["stray"])
    problem.refresh_from_db()
    assert (problem.is_public, problem.private_promised) == (False, True)


def test_passing_on_by_mistake_promises_nothing(make_problem, moderator, town):
    problem = make_problem("moderation")
    change = {"actor": moderator, "number": problem.pk}
    services.recategorise_problem(**change, category=town.categories["abuse"], words="Ні.")
    services.publish_problem(**change)
    services.retract_problem(**change, reason="mistake", words="Помилка.")
    services.restore_problem(**change)
    services.recategorise_problem(**change, category=town.categories["rubbish"], words="Так.")
    services.publish_problem(**change)
    problem.refresh_from_db()
    assert problem.is_shown


@pytest.mark.parametrize("refused", [False, True], ids=["edited before", "edited after"])
def test_what_the_form_promised_since_stays(
    refused, make_problem, make_report, moderator, author, town
):
    """The author sent the report anew when its category was not public any more."""
    problem = make_problem("moderation", category="stray")
    Category.objects.filter(code="stray").update(is_public=False)
    town.categories["stray"].refresh_from_db()
    services.refresh_visibility(category=town.categories["stray"])
    change = {"actor": moderator, "number": problem.pk}
    services.publish_problem(**change)
    services.retract_problem(**change, reason="mistake", words="Помилка.")
    if refused:
        services.restore_problem(**change)
    services.edit_report(
        actor=author, number=problem.pk, report=make_report(category="stray", title="Інша назва")
    )
    if refused:
        services.reject_problem(**change, reason="not_local", words="Не наше.")
    services.restore_problem(**change)
    problem.refresh_from_db()
    assert problem.private_promised
