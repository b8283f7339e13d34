"""An organisation works in its cabinet: forms, bulk actions, photos, files, templates."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from geoportal.cabinets import exports
from geoportal.cabinets.remaining import Clock
from geoportal.core.words.csv_text import guard_formula
from geoportal.problems import services
from geoportal.problems.categories.working_days import WorkingCalendar
from geoportal.problems.models import Attachment, Problem, ResponseTemplate
from tests.geoportal.cabinets.conftest import Sign, Town, act, add_member, make_late


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def read_actions(client: Client, problem: Problem, slug: str = "clean") -> set[str]:
    page = client.get(f"/cabinet/{slug}/{problem.pk}/").content.decode()
    parts = re.findall(r'<details class="piece" id="([a-z]+)"', page)
    return set(parts)


def test_only_what_can_be_done_now_is_offered(clean, town, make_problem):
    assert read_actions(clean, make_problem("open")) == {"accept", "ask", "forward", "note"}
    accepted = make_problem("accepted")
    assert read_actions(clean, accepted) == {"close", "ask", "announce", "forward", "note"}
    assert read_actions(clean, make_problem("closed")) == {"note"}
    assert read_actions(clean, make_problem("archived")) == set()
    services.ask_author(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=accepted.pk,
        words="Де?",
    )
    assert "ask" not in read_actions(clean, accepted)


def test_a_viewer_sees_no_buttons_and_is_refused(town, sign_in, make_problem):
    problem = make_problem("open")
    viewer = sign_in(add_member(town.organisations["clean"], "viewer"))
    assert read_actions(viewer, problem) == set()
    act(viewer, problem, "accept", organisation="clean")
    viewer.post("/cabinet/clean/bulk/", {"action": "accept", "numbers": [problem.pk]})
    assert viewer.post(f"/cabinet/clean/{problem.pk}/close/", {"resolution": "solved"}).url
    answer = viewer.post("/cabinet/clean/templates/", {"do": "add", "title": "А", "words": "Б"})
    assert answer.status_code == 403
    assert Problem.objects.get(pk=problem.pk).state == "open"
    assert not ResponseTemplate.objects.exists()


def test_a_refused_form_keeps_what_was_filled_in(clean, make_problem):
    problem = make_problem("accepted")
    here = f"/cabinet/clean/{problem.pk}/"
    act(clean, problem, "announce", organisation="clean", planned_on="2020-01-01",
        words="Чекаємо деталь.", next=here)  # fmt: skip
    page = clean.get(here).content.decode()
    assert "Чекаємо деталь." in page
    assert 'value="2020-01-01"' in page
    assert 'id="announce" open' in page
    assert "Чекаємо деталь." not in clean.get(here).content.decode()


def test_bulk_action_says_of_each_problem_what_became_of_it(clean, town, make_problem):
    first, second, taken = make_problem("open"), make_problem("open"), make_problem("accepted")
    foreign = make_problem("open", place=(30.51, 50.405), title="Чужа проблема")
    numbers = [first.pk, taken.pk, foreign.pk, second.pk]
    answer = clean.post(
        "/cabinet/clean/bulk/",
        {"action": "accept", "purpose": "solution", "words": "Беремо.", "numbers": numbers,
         "back": "tab=all"},
    )  # fmt: skip
    assert answer.status_code == 303
    states = dict(Problem.objects.values_list("pk", "state"))
    assert states[first.pk] == states[second.pk] == "accepted"
    assert states[foreign.pk] == "open"
    page = clean.get("/cabinet/clean/?tab=all").content.decode()
    outcomes = re.findall(r'<li class="outcome( outcome-refused)?">.*?№ (\d+)', page, re.DOTALL)
    done = {int(number) for refused, number in outcomes if not refused}
    refused = {int(number) for refused, number in outcomes if refused}
    assert (done, refused) == ({first.pk, second.pk}, {taken.pk, foreign.pk})
    assert "Чужа проблема" not in page
    selected = re.findall(r'value="(\d+)" form="bulk-form"[^>]*checked', page)
    assert selected == [str(taken.pk)]
    assert ">Беремо.</textarea>" in page


def test_bulk_closing_with_the_same_words(clean, make_problem):
    problems = [make_problem("accepted") for _ in range(3)]
    clean.post(
        "/cabinet/clean/bulk/",
        {"action": "close", "resolution": "solved", "words": "Вивезли все.",
         "numbers": [each.pk for each in problems]},
    )  # fmt: skip
    for problem in problems:
        problem.refresh_from_db()
        assert (problem.state, problem.resolution) == ("closed", "solved")
        assert problem.history.last().words == "Вивезли все."
    assert "bulk:clean" in clean.session
    clean.get("/cabinet/clean/")
    assert "bulk:clean" not in clean.session


@pytest.mark.parametrize("number", ["²", "9" * 5000])
def test_a_number_that_is_none_does_not_shut_the_cabinet(clean, town, number):
    clean.post("/cabinet/clean/bulk/", {"action": "accept", "numbers": [number]})
    assert clean.get("/cabinet/clean/").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"action": "close"},
        {"action": "archive", "numbers": "1"},
        {"action": "announce", "planned_on": "вчора", "numbers": "1", "words": "Бо так"},
        {"action": "forward", "to": "", "numbers": "1", "words": "Бо так"},
        {"action": "accept", "numbers": "усі"},
    ],
)
def test_bulk_action_filled_in_wrongly_does_nothing_and_keeps_the_words(
    clean, make_problem, fields
):
    problem = make_problem("accepted")
    if "numbers" in fields and fields["numbers"] == "1":
        fields = fields | {"numbers": str(problem.pk)}
    assert clean.post("/cabinet/clean/bulk/", fields).status_code == 303
    problem.refresh_from_db()
    assert problem.state == "accepted"
    assert problem.planned_on is None
    page = clean.get("/cabinet/clean/?tab=in-work").content.decode()
    assert fields.get("words", "") in page


def make_photo() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(buffer, "JPEG")
    return SimpleUploadedFile("after.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_closing_with_a_photo_from_the_form_itself(clean, make_problem):
    problem = make_problem("accepted")
    clean.post(
        f"/cabinet/clean/{problem.pk}/close/",
        {"resolution": "solved", "words": "Прибрали.", "photos": make_photo()},
    )
    problem.refresh_from_db()
    assert problem.state == "closed"
    picture = problem.attachments.get()
    assert (picture.purpose, picture.change) == ("after", problem.history.last())


def test_a_refused_closing_keeps_the_photo_and_the_words(clean, make_problem):
    problem = make_problem("accepted")
    clean.post(
        f"/cabinet/clean/{problem.pk}/close/", {"words": "Прибрали.", "photos": make_photo()}
    )
    assert Problem.objects.get(pk=problem.pk).state == "accepted"
    page = clean.get(f"/cabinet/clean/{problem.pk}/").content.decode()
    assert "Прибрали." in page
    kept = re.search(r'name="attachments" value="(\d+)"', page)[1]
    draft = re.search(r'name="draft_id" value="([0-9a-f-]+)"', page)[1]
    clean.post(
        f"/cabinet/clean/{problem.pk}/close/",
        {"resolution": "solved", "words": "Прибрали.", "attachments": kept, "draft_id": draft},
    )
    problem.refresh_from_db()
    assert problem.state == "closed"
    assert str(problem.attachments.get().pk) == kept


def test_a_script_named_as_a_photo_is_refused_in_words(clean, make_problem):
    problem = make_problem("accepted")
    bad = SimpleUploadedFile("after.jpg", b"#!/bin/sh\necho", content_type="image/jpeg")
    clean.post(
        f"/cabinet/clean/{problem.pk}/close/",
        {"resolution": "solved", "words": "Прибрали.", "photos": bad},
    )
    assert Problem.objects.get(pk=problem.pk).state == "accepted"
    assert "after.jpg" in clean.get(f"/cabinet/clean/{problem.pk}/").content.decode()


def test_another_organisation_cannot_close_by_the_form_of_its_own_cabinet(
    town, sign_in, make_problem
):
    problem = make_problem("accepted")
    tidy = sign_in(town.officers["tidy"])
    fields = {"resolution": "solved", "words": "Ми.", "photos": make_photo()}
    assert tidy.post(f"/cabinet/tidy/{problem.pk}/close/", fields).status_code == 404
    assert tidy.post(f"/cabinet/clean/{problem.pk}/close/", fields).status_code == 404
    assert Problem.objects.get(pk=problem.pk).state == "accepted"


def test_the_same_filter_chooses_rows_pins_and_lines_of_the_file(clean, make_problem):
    wanted = make_problem("open", title="Купа гілок")
    make_problem("open", title="Биті пляшки")
    query = {"tab": "all", "q": "гілок"}
    page = clean.get("/cabinet/clean/", query).content.decode()
    assert re.findall(r'<tr data-number="(\d+)"', page) == [str(wanted.pk)]
    assert f"problems.geojson?tab=all&amp;sort=due&amp;q={quote_plus('гілок')}" in page
    pins = clean.get("/cabinet/clean/problems.geojson", query).json()["features"]
    assert [each["properties"]["number"] for each in pins] == [wanted.pk]
    rows = list(csv.reader(io.StringIO(clean.get("/cabinet/clean/export.csv", query).text)))
    assert [row[1] for row in rows[1:]] == ["Купа гілок"]


def test_rows_stand_by_deadline_and_what_is_late_is_marked(clean, make_problem):
    now = timezone.now()
    later = make_problem("open", at=now)
    late = make_problem("open", at=now - timedelta(days=30))
    page = clean.get("/cabinet/clean/?tab=to-accept").content.decode()
    assert re.findall(r'<tr data-number="(\d+)"', page) == [str(late.pk), str(later.pk)]
    assert page.count('remaining-late"') == 1
    newest = clean.get("/cabinet/clean/?tab=to-accept&sort=newest").content.decode()
    assert re.findall(r'<tr data-number="(\d+)"', newest) == [str(later.pk), str(late.pk)]


def test_wrong_tabs_filters_and_formats_are_refused(clean, make_problem):
    make_problem("open")
    assert clean.get("/cabinet/clean/?tab=secret").status_code == 404
    for path in ("", "problems.geojson", "export.csv"):
        for tab in ("territory", "nothing"):
            assert clean.get(f"/cabinet/clean/{path}?tab={tab}").status_code == 404
    assert clean.get("/cabinet/clean/?category=nothing").status_code == 400
    assert clean.get("/cabinet/clean/export.doc").status_code == 404
    assert clean.get("/cabinet/clean/?page=999&sort=?").status_code == 200


def test_words_that_look_like_formulas_stay_words(clean, make_problem):
    make_problem("open", title="=HYPERLINK(1)", description="+38 тощо")
    text = clean.get("/cabinet/clean/export.csv?tab=all").text
    assert "'=HYPERLINK(1)" in text
    assert guard_formula("звичайні слова") == "звичайні слова"
    sheet = load_workbook(
        io.BytesIO(clean.get("/cabinet/clean/export.xlsx?tab=all").content)
    ).active
    cell = sheet["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_file_has_the_whole_list_read_in_portions(clean, make_problem, monkeypatch):
    monkeypatch.setattr(exports, "ROWS_AT_ONCE", 2)
    numbers = {make_problem("accepted").pk for _ in range(3)}
    text = clean.get("/cabinet/clean/export.csv?tab=all").text
    _head, *rows = csv.reader(io.StringIO(text))
    assert {int(row[0]) for row in rows} == numbers
    assert {row[16] for row in rows} == {"на рішення"}
    book = load_workbook(io.BytesIO(clean.get("/cabinet/clean/export.xlsx?tab=all").content))
    assert {row[0].value for row in list(book.active)[1:]} == numbers
    features = clean.get("/cabinet/clean/export.geojson?tab=all").json()["features"]
    assert {each["properties"]["number"] for each in features} == numbers


def test_csv_for_excel_has_a_mark_semicolons_and_decimal_commas(clean, make_problem):
    make_problem("open")
    body = clean.get("/cabinet/clean/export.csv?tab=all&excel=1").content
    assert body.startswith(b"\xef\xbb\xbf")
    row = body.decode("utf-8-sig").splitlines()[1].split(";")
    assert "30,51" in row


def test_templates_are_offered_where_words_are_asked(clean, town, sign_in, make_problem):
    problem = make_problem("accepted")
    given = {"do": "add", "title": "Вивезли", "words": "Сміття вивезли.", "action": "close"}
    clean.post("/cabinet/clean/templates/", given)
    ResponseTemplate.objects.create(title="Дякуємо", words="Дякуємо за повідомлення.")
    ResponseTemplate.objects.create(
        organisation=town.organisations["tidy"], title="Чужий", words="Чужі слова."
    )
    page = clean.get(f"/cabinet/clean/{problem.pk}/").content.decode()
    assert 'data-words="Сміття вивезли."' in page
    assert "Дякуємо за повідомлення." in page
    assert "Чужі слова." not in page
    assert "Чужі слова." not in clean.get("/cabinet/clean/templates/").content.decode()


def test_own_templates_are_changed_and_removed_others_are_not(clean, town):
    own = ResponseTemplate.objects.create(
        organisation=town.organisations["clean"], title="А", words="Б"
    )
    other = ResponseTemplate.objects.create(
        organisation=town.organisations["tidy"], title="А", words="Б"
    )
    url = "/cabinet/clean/templates/"
    clean.post(url, {"do": "change", "id": own.pk, "title": "В", "words": "Г"})
    own.refresh_from_db()
    assert (own.title, own.words) == ("В", "Г")
    assert clean.post(url, {"do": "remove", "id": other.pk}).status_code == 404
    refused = clean.post(url, {"do": "add", "title": "", "words": "Збережіть мене"})
    assert refused.status_code == 400
    assert "Збережіть мене" in refused.content.decode()
    clean.post(url, {"do": "remove", "id": own.pk})
    assert list(ResponseTemplate.objects.all()) == [other]


def test_a_starosta_sees_the_territory_in_numbers_and_only_looks(town, sign_in, make_problem):
    inside = make_problem("open", title="На заході")
    make_problem("closed", title="Теж на заході")
    make_problem("open", place=(30.53, 50.405), title="На сході")
    make_late(inside)
    starosta = sign_in(town.officers["starosta"])
    page = starosta.get("/cabinet/starosta/").content.decode()
    assert "На заході" in page
    assert "На сході" not in page
    numbers = [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page)]
    assert numbers[:5] == [1, 0, 1, 0, 1]
    places = starosta.get("/cabinet/starosta/problems.geojson?tab=territory").json()["features"]
    assert [each["id"] for each in places if "kind" in each["properties"]] == ["districts:west"]
    assert read_actions(starosta, inside, "starosta") == set()
    act(starosta, inside, "follow")
    assert inside.followers.filter(user=town.officers["starosta"]).exists()
    act(starosta, inside, "accept", organisation="starosta")
    inside.refresh_from_db()
    assert inside.state == "open"


def test_a_person_of_one_organisation_goes_straight_in_of_several_chooses(
    town: Town, sign_in: Sign, clean: Client, author
):
    assert clean.get("/cabinet/").url == "/cabinet/clean/"
    town.organisations["tidy"].memberships.create(user=town.officers["clean"], role="viewer")
    page = sign_in(town.officers["clean"]).get("/cabinet/").content.decode()
    assert "/cabinet/clean/" in page
    assert "/cabinet/tidy/" in page
    assert sign_in(author).get("/cabinet/").status_code == 200


def test_the_clock_counts_working_days():
    calendar = WorkingCalendar()
    friday = timezone.datetime(2026, 11, 20, 10, tzinfo=timezone.get_default_timezone())
    clock = Clock(friday, calendar)
    problem = Problem(state="open", due_at=friday.replace(hour=0) + timedelta(days=5))
    assert clock.read(problem).kind == "later"
    problem.due_at = friday.replace(hour=0) + timedelta(days=4)
    assert clock.read(problem).kind == "soon"
    problem.due_at = friday.replace(hour=0) + timedelta(days=1)
    assert clock.read(problem).kind == "soon"
    problem.due_at = friday.replace(hour=0)
    assert clock.read(problem).kind == "late"
    problem.asked_at = friday
    assert clock.read(problem).kind == "late"
    problem.asked_at = friday - timedelta(days=1)
    assert clock.read(problem).kind == "paused"
    problem.asked_at, problem.state = None, "closed"
    assert clock.read(problem).words == ""


def test_the_picture_of_a_row_is_one_that_everyone_sees(clean, make_problem):
    problem = make_problem("accepted")
    given = {"problem": problem, "owner": problem.reporter, "kind": "photo", "file": "a.jpg"}
    Attachment.objects.create(**given, purpose="answer")
    page = clean.get("/cabinet/clean/").content.decode()
    assert "cell-picture" not in page
    shown = Attachment.objects.create(**given)
    page = clean.get("/cabinet/clean/").content.decode()
    assert f"/problems/{problem.pk}/media/{shown.pk}/thumbnail" in page
