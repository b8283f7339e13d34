"""The moderators' queue: order, hints, previews, decisions that can be taken back."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from geoportal.accounts.models import Organisation, User
from geoportal.cabinets.moderation.highlights import highlight
from geoportal.problems import services
from geoportal.problems.models import Assignment, Attachment, Problem, Question, StatusChange
from geoportal.problems.services.reporting import Report
from tests.geoportal.cabinets.conftest import Sign, Town, act

PAGES = ("", "dispatch/", "rejected/", "unconfirmed/", "all/")
Make = Callable[..., Problem]
# Four metres west of the border between the areas of `clean` and `tidy`, on the northern side.
AT_THE_BORDER = (30.51, 50.410036)


def read_numbers(client: Client, path: str = "") -> list[int]:
    page = client.get(f"/moderation/{path}").content.decode()
    return [int(number) for number in re.findall(r'id="report-(\d+)"', page)]


def test_overdue_reports_come_first_and_those_that_wait_for_the_author_last(desk, make_problem):
    now = timezone.now()
    fresh = make_problem("moderation", at=now)
    late = make_problem("moderation", at=now - timedelta(days=20))
    asked = make_problem("moderation", at=now - timedelta(days=30))
    services.ask_reporter(actor=_moderator(), number=asked.pk, words="Де саме?")
    make_problem("open")
    assert read_numbers(desk) == [late.pk, fresh.pk, asked.pk]


def _moderator() -> User:
    return User.objects.get(is_moderator=True)


def test_numbers_beside_the_lists_are_those_of_the_lists(desk, make_problem):
    for state in ("moderation", "moderation", "rejected", "open"):
        make_problem(state)
    make_problem("open", category="stray")
    page = desk.get("/moderation/").content.decode()
    counts = re.findall(r'class="count[^>]*>(\d+)<', page)
    assert counts == ["2", "1", "0", "1"]


@pytest.mark.parametrize("path", PAGES)
def test_only_moderators_and_administrators_come_in(
    path, sign_in: Sign, town: Town, author, moderator, make_problem
):
    make_problem("moderation")
    assert Client().get(f"/moderation/{path}").status_code == 302
    assert sign_in(author).get(f"/moderation/{path}").status_code == 403
    assert sign_in(town.officers["council"]).get(f"/moderation/{path}").status_code == 403
    assert sign_in(moderator).get(f"/moderation/{path}").status_code == 200
    root = User.objects.create_superuser("root@example.org", "correct horse")
    assert sign_in(root).get(f"/moderation/{path}").status_code == 200


def test_pieces_of_a_report_are_for_moderators_only(
    sign_in: Sign, town: Town, author, make_problem
):
    problem = make_problem("moderation")
    for user in (author, town.officers["clean"]):
        for part in ("", "preview/", "places.geojson"):
            url = f"/moderation/{problem.pk}/{part}"
            assert sign_in(user).get(url).status_code == 403
        assert sign_in(user).post(f"/moderation/{problem.pk}/undo/").status_code == 403


def test_signs_of_personal_data_are_marked_in_the_text(desk, make_problem):
    problem = make_problem("moderation", description="Телефонуйте 067 123-45-67, чекаю.")
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    assert re.search(r'<mark title="[^"]+">067 123-45-67</mark>', page)
    pieces = highlight(problem.description)
    assert "".join(piece.text for piece in pieces) == problem.description


def test_markup_that_people_write_stays_text(desk, make_problem):
    problem = make_problem("moderation", title="<b>Яма</b> тут", description="<script>x()</script>")
    for path in ("", f"{problem.pk}/", f"{problem.pk}/preview/", "all/"):
        page = desk.get(f"/moderation/{path}").content.decode()
        assert "<script>x()" not in page
        assert "<b>Яма" not in page


def test_preview_says_where_the_report_would_go_and_why_without_writing(desk, make_problem):
    problem = make_problem("moderation")
    page = desk.get(f"/moderation/{problem.pk}/preview/").content.decode()
    assert "КП «clean»" in page
    assert "North" in page
    assert "КП «council»" in page
    assert not Assignment.objects.exists()


def test_preview_says_when_nobody_answers(desk, make_problem):
    problem = make_problem("moderation", category="stray")
    assert "КП" not in desk.get(f"/moderation/{problem.pk}/preview/").content.decode()


def test_publishing_leads_back_to_the_queue_with_the_way_back(desk, make_problem):
    problem = make_problem("moderation")
    page = f"/moderation/{problem.pk}/?done={problem.pk}"
    answer = act(desk, problem, "publish", expected_version=problem.version, next=page)
    assert answer.status_code == 303
    queue = desk.get(answer.url, follow=True)
    assert queue.redirect_chain == [(f"/moderation/?done={problem.pk}", 302)]
    text = queue.content.decode()
    assert f'action="/moderation/{problem.pk}/undo/"' in text
    assert Problem.objects.get(pk=problem.pk).state == "open"


def test_near_a_border_the_moderator_has_to_choose_a_side(desk, make_problem):
    problem = make_problem("moderation", place=AT_THE_BORDER)
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    sides = re.findall(r'name="chosen-service_areas_waste" value="([^"]+)"', page)
    assert sides == ["service_areas_waste:north", "service_areas_waste:south"]
    here = f"/moderation/{problem.pk}/?done={problem.pk}"
    answer = act(desk, problem, "publish", next=here)
    assert Problem.objects.get(pk=problem.pk).state == "moderation"
    assert "form-error" in desk.get(answer.url, follow=True).content.decode()
    act(desk, problem, "publish", chosen="service_areas_waste:south", next=here)
    assert Problem.objects.get(pk=problem.pk).organisation.slug == "tidy"


# At the border of the waste areas and at that of the districts, which a starosta watches.
AT_TWO_BORDERS = (30.520036, 50.410036)
WASTE_SOUTH = {"chosen-service_areas_waste": "service_areas_waste:south"}


def test_each_layer_whose_side_matters_is_asked_by_itself(desk, make_problem):
    problem = make_problem("moderation", place=AT_TWO_BORDERS)
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    assert "КП «starosta»" in page
    act(desk, problem, "publish", **WASTE_SOUTH)
    assert Problem.objects.get(pk=problem.pk).state == "moderation"
    act(desk, problem, "publish", **WASTE_SOUTH, **{"chosen-districts": "districts:west"})
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    chosen = problem.territories.filter(is_chosen=True).values_list("key", flat=True)
    assert sorted(chosen) == ["south", "west"]


@pytest.mark.parametrize("action", ["move", "recategorise"])
def test_a_correction_that_leads_to_a_border_shows_both_sides(desk, make_problem, action):
    place, category = ((30.51, 50.415), "rubbish") if action == "move" else (AT_THE_BORDER, "stray")
    problem = make_problem("open", place=place, category=category)
    here = f"/moderation/{problem.pk}/"
    fields = {
        "move": {"lat": AT_THE_BORDER[1], "lon": AT_THE_BORDER[0], "words": "Тут."},
        "recategorise": {"category": "rubbish", "words": "Сміття."},
    }[action]
    answer = act(desk, problem, action, next=here, **fields)
    page = desk.get(answer.url, follow=True).content.decode()
    sides = re.findall(r'name="chosen-service_areas_waste" value="([^"]+)"', page)
    assert sides[-2:] == ["service_areas_waste:north", "service_areas_waste:south"]
    act(desk, problem, action, next=here, **fields, **WASTE_SOUTH)
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"


def test_a_chosen_side_stays_through_a_category_and_an_undone_move(desk, make_problem, town):
    problem = make_problem("moderation", place=AT_THE_BORDER)
    act(desk, problem, "publish", **WASTE_SOUTH)
    act(desk, problem, "recategorise", category="stray", words="Собака.")
    act(desk, problem, "recategorise", category="rubbish", words="Ні, сміття.")
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    act(desk, problem, "move", lat=50.415, lon=30.51, words="Не там.")
    problem.refresh_from_db()
    assert problem.organisation.slug == "clean"
    desk.post(f"/moderation/{problem.pk}/undo/")
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    assert problem.territories.get(is_chosen=True).key == "south"


def test_the_other_side_is_chosen_without_moving_the_pin(desk, make_problem, moderator):
    problem = make_problem("moderation", place=AT_THE_BORDER)
    services.publish_problem(actor=moderator, number=problem.pk, border_confirmed=True)
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    assert 'value="service_areas_waste:south"' in page
    lon, lat = AT_THE_BORDER
    act(desk, problem, "move", lat=lat, lon=lon, words="Південь.", **WASTE_SOUTH)
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"


def test_both_sides_of_a_near_border_are_on_the_map(desk, make_problem):
    problem = make_problem("moderation", place=AT_THE_BORDER)
    features = desk.get(f"/moderation/{problem.pk}/places.geojson").json()["features"]
    kinds = {each["id"]: each["properties"].get("kind") for each in features}
    assert kinds["service_areas_waste:north"] == "held"
    assert kinds["service_areas_waste:south"] == "beside"
    assert str(problem.pk) in kinds


def test_an_edit_of_the_author_meanwhile_stops_the_decision_and_is_shown(
    desk, author, make_problem, make_report
):
    problem = make_problem("moderation", title="Старий заголовок")
    report: Report = make_report(title="Новий заголовок", description="Новий опис")
    services.edit_report(actor=author, number=problem.pk, report=report)
    fields = {"reason": "slander", "words": "Образа.", "expected_version": problem.version}
    here = f"/moderation/{problem.pk}/?done={problem.pk}"
    answer = act(desk, problem, "reject", next=here, **fields)
    assert Problem.objects.get(pk=problem.pk).state == "moderation"
    page = desk.get(answer.url, follow=True).content.decode()
    assert "Новий заголовок" in page
    assert "Старий заголовок" in page
    assert "Образа." in page
    machine = desk.post(
        f"/problems/{problem.pk}/actions/publish/",
        {"expected_version": problem.version},
        headers={"Accept": "application/json"},
    )
    assert machine.status_code == 412


def test_a_duplicate_is_joined_by_one_click(desk, make_problem):
    first = make_problem("open")
    second = make_problem("moderation")
    page = desk.get(f"/moderation/{second.pk}/").content.decode()
    assert f'name="into" value="{first.pk}"' in page
    act(desk, second, "merge", into=first.pk)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("rejected", first)
    desk.post(f"/moderation/{second.pk}/undo/")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("moderation", None)


def test_what_is_far_or_of_another_kind_is_no_duplicate(desk, make_problem):
    make_problem("open", place=(30.53, 50.415))
    make_problem("open", category="pothole")
    page = desk.get(f"/moderation/{make_problem('moderation').pk}/preview/").content.decode()
    assert 'name="into"' not in page


def test_a_hidden_picture_is_gone_for_the_list_and_stays_for_moderators(desk, make_problem, author):
    problem = make_problem("moderation")
    picture = Attachment.objects.create(
        problem=problem, owner=author, kind="photo", file="a.jpg", thumbnail="b.jpg"
    )
    act(desk, problem, "hide_media", attachment=picture.pk, words="Обличчя.")
    picture.refresh_from_db()
    assert picture.is_hidden
    assert "show_media" in desk.get(f"/moderation/{problem.pk}/").content.decode()
    desk.post(f"/moderation/{problem.pk}/undo/")
    picture.refresh_from_db()
    assert not picture.is_hidden


def test_reasons_have_words_in_the_authors_language(desk, make_problem):
    problem = make_problem("moderation")
    Problem.objects.filter(pk=problem.pk).update(language="en")
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    assert "Write the same in plain words" in page
    queue = desk.get("/moderation/").content.decode()
    prepared = json.loads(re.search(r'id="prepared"[^>]*>(.*?)</script>', queue, re.DOTALL)[1])
    assert set(prepared) == {"uk", "en"}
    assert len(prepared["en"]) == 6


def test_the_dispatcher_gives_a_problem_that_nobody_answers_for(desk, town, make_problem):
    problem = make_problem("open", category="stray")
    make_problem("open")
    assert read_numbers(desk, "dispatch/") == [problem.pk]
    act(
        desk, problem, "assign", organisation="roads", role="executor", next="/moderation/dispatch/"
    )
    assert read_numbers(desk, "dispatch/") == []
    assert Problem.objects.get(pk=problem.pk).organisation == town.organisations["roads"]


def test_lists_are_searched_by_words_and_by_number(desk, make_problem):
    first = make_problem("open", title="Купа гілок у дворі")
    second = make_problem("rejected", title="Скарга на сусіда")
    for text, expected in (("гілок", first), (f"№ {second.pk}", second), ("сусіда", second)):
        page = desk.get("/moderation/all/", {"q": text}).content.decode()
        assert expected.title in page
        other = first if expected == second else second
        assert other.title not in page
    page = desk.get("/moderation/rejected/").content.decode()
    assert second.title in page
    assert first.title not in page


def test_the_account_menu_leads_moderators_and_members_to_their_places(
    desk, clean, make_problem, sign_in, author
):
    make_problem("moderation")
    assert 'href="/moderation/"' in desk.get("/data/").content.decode()
    assert 'href="/cabinet/clean/"' in clean.get("/data/").content.decode()
    page = sign_in(author).get("/data/").content.decode()
    assert "/moderation/" not in page
    assert "/cabinet/" not in page


def test_contacts_of_a_caller_and_the_record_of_an_author_are_shown(desk, author, make_problem):
    make_problem("rejected")
    make_problem("open")
    problem = make_problem("moderation")
    page = desk.get(f"/moderation/{problem.pk}/preview/").content.decode()
    assert author.email in page
    assert StatusChange.objects.filter(problem=problem).count() == 1


def test_what_an_organisation_that_was_switched_off_held_goes_to_the_dispatcher(
    desk, town, make_problem
):
    problem = make_problem("accepted")
    assert read_numbers(desk, "dispatch/") == []
    Organisation.objects.filter(slug="clean").update(is_active=False)
    assert read_numbers(desk, "dispatch/") == [problem.pk]
    act(desk, problem, "assign", organisation="tidy", role="executor")
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    assert read_numbers(desk, "dispatch/") == []


def test_signs_of_personal_data_are_marked_in_public_answers_and_the_address(
    desk, town: Town, make_problem
):
    for code, public in (("where", True), ("who", False)):
        Question.objects.create(
            category=town.categories["rubbish"], code=code, title_uk=code, datatype="string",
            is_public=public,
        )  # fmt: skip
    answers = {"where": "Питати 067 111-11-11", "who": "Я, 067 222-22-22"}
    problem = make_problem("moderation", address="Тиха 7, 067 333-33-33", answers=answers)
    page = desk.get(f"/moderation/{problem.pk}/").content.decode()
    marked = re.findall(r"<mark[^>]*>([^<]+)</mark>", page)
    assert marked == ["067 333-33-33", "067 111-11-11"]
    assert "2 ознаки персональних даних" in desk.get("/moderation/").content.decode()


def test_moderators_and_who_works_on_it_see_the_phone_the_author_gave(
    desk, clean, visitor_page, author, make_problem
):
    author.phone = "+380 67 765 43 21"
    author.save()
    problem = make_problem("open")
    for client, path in ((desk, "moderation"), (clean, "cabinet/clean")):
        assert author.phone in client.get(f"/{path}/{problem.pk}/").content.decode()
    assert author.phone not in visitor_page(problem)


@pytest.fixture
def visitor_page() -> Callable[[Problem], str]:
    return lambda problem: Client().get(f"/problems/{problem.pk}/").content.decode()
