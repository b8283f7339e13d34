"""The form of a report without scripts: everything is kept, whatever goes wrong."""

import re
import uuid
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from geoportal.problems.models import Attachment, Category, Problem, Question
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.geoportal.problems.conftest import NORTH_WEST, OUTSIDE, write_user
from tests.geoportal.problems.uploading import photo, script, sign_in

URL = "/problems/new/"


class PlainForm:
    """What a browser without scripts sends and shows."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.draft = str(uuid.uuid4())
        self.fields: dict[str, Any] = {
            "client_request_id": self.draft,
            "category": "rubbish",
            "lon": str(NORTH_WEST[0]),
            "lat": str(NORTH_WEST[1]),
            "address": "вулиця Соборна, 6",
            "title": "Купа сміття",
            "description": "Третій день не вивозять.",
        }

    def press(self, button: str, status: int = 200, **fields: Any) -> str:
        response = self.client.post(
            URL, self.fields | fields | {"do": button}, headers={"Accept": "text/html"}
        )
        assert response.status_code == status, response.content.decode()[:2000]
        self.response = response
        return str(response.content.decode())

    def send(self) -> Problem:
        self.press("send", 303)
        found = re.fullmatch(r"/problems/new/sent/(\d+)/", self.response["Location"])
        assert found
        return Problem.objects.get(pk=found[1])


@pytest.fixture
def form(town, author) -> PlainForm:
    return PlainForm(sign_in(author))


@pytest.fixture
def visitors_form(town) -> PlainForm:
    return PlainForm(Client())


def list_kept(page: str) -> list[str]:
    """The numbers of uploads that the page would send again."""
    return re.findall(r'name="attachments" value="(\d+)"', page)


def test_the_form_begins_with_both_notices_and_every_category(client, town):
    page = client.get(URL).content.decode()
    assert "tel:112" in page
    assert page.index("tel:112") < page.index('<form id="report"')
    assert page.index("/pages/contacts/") < page.index('<form id="report"')
    for code in ("rubbish", "pothole", "stray", "abuse"):
        assert f'value="{code}"' in page
    assert 'value="waste"' not in page


def test_categories_that_are_out_of_use_are_not_offered(client, town):
    Category.objects.filter(code__in=["rubbish", "roads"]).update(is_active=False)
    page = client.get(URL).content.decode()
    assert not re.search('value="(rubbish|pothole)"', page)


def test_the_address_of_the_page_sets_place_and_category(client, town):
    page = client.get(URL, {"lon": 30.51, "lat": 50.415, "category": "rubbish"}).content.decode()
    assert re.search(r'value="rubbish"\s+checked', page)
    assert 'name="lon" value="30.51"' in page


@pytest.mark.parametrize("query", ["lon=x&lat=y", "draft=x", "category=%27%22", "lon=nan&lat=inf"])
def test_nonsense_in_the_address_of_the_page_harms_nothing(client, town, query):
    assert client.get(f"{URL}?{query}").status_code == 200


def test_a_report_is_checked_shown_and_sent(form):
    page = form.press("check")
    assert 'id="title-preview"' in page
    assert "Третій день не вивозять." in page
    assert not Problem.objects.exists()
    problem = form.send()
    assert (problem.title, problem.address) == ("Купа сміття", "вулиця Соборна, 6")
    assert problem.is_anonymous


def test_the_name_is_shown_only_when_it_is_asked_for(form):
    form.fields["shows_name"] = "on"
    assert not form.send().is_anonymous


def test_sent_twice_is_one_report(form):
    assert form.send() == form.send()


def test_what_is_missing_is_told_and_everything_else_kept(form):
    form.fields |= {"title": "Ой", "description": "<b>Опис</b>"}
    page = form.press("send", 400)
    assert escape("<b>Опис</b>") in page
    assert 'value="Ой"' in page
    assert re.search(r'id="error-title"\s*>[^<]+<', page)
    assert re.search(r'value="rubbish"\s+checked', page)


def test_outside_the_community_is_told_at_the_place(form):
    page = form.press("send", 400, lon=str(OUTSIDE[0]), lat=str(OUTSIDE[1]))
    assert re.search(r'id="error-place"\s*>[^<]+<', page)


def test_an_address_is_found_by_the_server_and_chosen(form):
    layer = create_layer(
        spec=LayerSpec(
            slug="addresses",
            title_uk="Адреси",
            geometry_type="point",
            title_field="label",
            fields=(FieldSpec(name="label", title_uk="Адреса", searchable=True),),
        )
    )
    place = Point(30.511, 50.4151, srid=4326)
    add_feature(layer=layer, key="1", geom=place, values={"label": "Тиха, 7"})
    rebuild_search(layer)
    form.fields |= {"address": "тиха 7", "lon": "", "lat": ""}
    page = form.press("find")
    (found,) = re.findall(r'name="place" value="([^"]+)"', page)
    problem_page = form.press("check", place=found)
    assert "Тиха, 7" in problem_page
    form.fields["place"] = found
    problem = form.send()
    assert (problem.geom.x, problem.geom.y) == pytest.approx((30.511, 50.4151))
    assert problem.address == "Тиха, 7"


def test_answers_come_with_their_category(form, town):
    Question.objects.create(
        category=town.categories["rubbish"], code="kinds", title_uk="Що саме?", required=True,
        datatype="multivaluelist",
        choices=[{"value": value, "title_uk": value.title()} for value in ("glass", "paper")],
    )  # fmt: skip
    page = form.press("send", 400)
    assert re.search(r'id="error-answer-rubbish-kinds"\s*>[^<]+<', page)
    form.fields["answer-rubbish-kinds"] = ["glass", "paper"]
    form.fields["answer-pothole-kinds"] = "x"
    assert form.send().answers == {"kinds": ["glass", "paper"]}


def test_an_emergency_goes_on_only_when_somebody_has_called(form):
    Category.objects.filter(code="rubbish").update(is_emergency=True, hint_uk="Горить? 101 чи 112.")
    page = form.press("check", 400)
    assert 'id="title-preview"' not in page
    danger = page[page.index('data-danger="danger-rubbish"') :]
    assert re.findall(r'class="button button-danger" href="tel:(\d+)"', danger) == ["101", "112"]
    assert "Спершу зателефонуйте" in danger
    Category.objects.filter(code="rubbish").update(hint_uk="Зателефонуйте диспетчеру.")
    assert "button-danger" not in form.press("check", 400)
    Category.objects.filter(code="rubbish").update(hint_uk="")
    assert 'button-danger" href="tel:112"' in form.press("check", 400)
    for said in ("called", "none"):
        page = form.press("check", **{"danger-rubbish": said})
        assert 'id="title-preview"' in page
        assert re.search(rf'value="{said}" checked', page)
    form.press("send", 400, **{"danger-rubbish": "maybe"})
    assert not Problem.objects.exists()


def test_a_bad_file_keeps_the_form_and_the_good_ones(form):
    page = form.press("add", 400, files=[photo("a.jpg"), script("кіт.jpg")])
    assert "кіт.jpg" in page
    (kept,) = list_kept(page)
    assert 'value="Купа сміття"' in page
    form.fields["attachments"] = [kept]
    assert [each.original_name for each in form.send().attachments.all()] == ["a.jpg"]


def test_files_come_with_the_sending_too(form):
    page = form.press("check", files=photo("a.jpg"))
    form.fields["attachments"] = list_kept(page)
    assert form.send().attachments.count() == 1


def test_a_photo_is_taken_away(form):
    (kept,) = list_kept(form.press("add", files=photo()))
    page = form.press(f"remove-{kept}", attachments=[kept])
    assert list_kept(page) == []
    assert not Attachment.objects.exists()


def test_photos_of_somebody_else_are_not_taken_with(form):
    stranger = PlainForm(sign_in(write_user("stranger")))
    (foreign,) = list_kept(stranger.press("add", files=photo()))
    form.press("send", 400, attachments=[foreign])
    assert form.press(f"remove-{foreign}", 404)
    assert Attachment.objects.count() == 1


def test_a_visitor_signs_in_and_loses_nothing(visitors_form, author):
    form = visitors_form
    form.press("check", 302)
    login = form.response["Location"]
    assert login.startswith("/accounts/login/?next=")
    form.client.post(login, {"login": author.email, "password": "correct horse"})
    page = form.client.get(f"{URL}?draft={form.draft}").content.decode()
    assert 'value="Купа сміття"' in page
    assert 'id="title-preview"' in page
    assert form.send().reporter == author
    again = form.client.get(f"{URL}?draft={form.draft}").content.decode()
    assert 'value="Купа сміття"' not in again


def test_a_visitor_is_told_what_is_wrong_before_signing_in(visitors_form):
    visitors_form.press("check", 400, title="")


def test_what_a_visitor_filled_in_is_not_shown_to_others(visitors_form):
    visitors_form.press("check", 302)
    page = Client().get(f"{URL}?draft={visitors_form.draft}").content.decode()
    assert "Купа сміття" not in page


def test_personal_data_are_pointed_out_in_the_preview(form):
    assert "067 123 45 67" in form.press("check", description="Дзвоніть: 067 123 45 67")
    page = form.press("check", description="Дзвоніть: 067 123 45 67")
    notice = page[page.index('id="title-preview"') : page.index('<form id="report"')]
    assert notice.count("067 123 45 67") == 2


def test_a_private_category_promises_nothing_public(form):
    page = form.press("check", category="abuse")
    assert not form.fields.get("shows_name")
    preview = page[page.index('id="title-preview"') : page.index('<form id="report"')]
    public = form.press("check")
    shown = public[public.index('id="title-preview"') : public.index('<form id="report"')]
    assert preview.split("<")[0] != shown.split("<")[0]


def test_only_moderators_write_down_calls(form, moderator):
    assert 'name="on_behalf"' not in form.client.get(URL).content.decode()
    caller = {"on_behalf": "on", "contact_name": "Марія", "contact_phone": "067 123 45 67"}
    form.press("send", 400, **caller)
    assert not Problem.objects.exists()
    clerk = PlainForm(sign_in(moderator))
    assert 'name="on_behalf"' in clerk.client.get(URL).content.decode()
    clerk.press("check", 400, on_behalf="on")
    clerk.fields |= caller
    assert clerk.send().contact_name == "Марія"


def test_the_page_after_sending_is_for_who_sent_it(form, moderator):
    problem = form.send()
    url = f"/problems/new/sent/{problem.pk}/"
    page = form.client.get(url).content.decode()
    assert f"/problems/{problem.pk}/" in page
    for other in (Client(), sign_in(moderator), sign_in(write_user("stranger"))):
        assert other.get(url).status_code == 404


def test_who_has_not_confirmed_the_email_reads_that_the_report_waits(town):
    form = PlainForm(sign_in(write_user("new", confirmed=False)))
    problem = form.send()
    page = form.client.get(f"/problems/new/sent/{problem.pk}/").content.decode()
    assert "new@example.org" in page
    assert problem.state == "unconfirmed"


def test_many_categories_cost_as_many_queries_as_few(client, town):
    client.get(URL)
    with CaptureQueriesContext(connection) as before:
        client.get(URL)
    for number in range(50):
        leaf = Category.objects.create(
            code=f"c{number}", parent=town.categories["waste"], title_uk=f"Категорія {number}"
        )
        Question.objects.create(category=leaf, code="q", title_uk="Питання")
    with CaptureQueriesContext(connection) as after:
        client.get(URL)
    assert len(after) == len(before)


def test_personal_data_in_an_answer_and_the_address_is_pointed_out(form, town):
    for code, public in (("where", True), ("who", False)):
        Question.objects.create(
            category=town.categories["rubbish"], code=code, title_uk=code, datatype="text",
            is_public=public,
        )  # fmt: skip
    form.fields["answer-rubbish-where"] = "Питати 067 111-11-11"
    form.fields["answer-rubbish-who"] = "Я, 067 222-22-22"
    page = form.press("check", address="Тиха 7, a@example.org")
    notice = re.search(r'<p class="notice">.*?<span>(.*?)</span>', page, re.DOTALL)[1]
    assert "067 111-11-11" in notice
    assert "a@example.org" in notice
    assert "067 222-22-22" not in notice
