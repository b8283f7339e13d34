"""A report through the API: checked, sent once, by whom it says; and what the form asks before."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from geoportal.problems.models import Attachment, Follower, Problem, Question
from geoportal.problems.workflow import State
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.geoportal.problems.conftest import (
    NORTH_WEST,
    OUTSIDE,
    SOUTH_WEST,
    write_user,
)
from tests.geoportal.problems.uploading import photo, script, send, sign_in

REPORTS = "/api/v1/problems/reports/"


def build(**given: object) -> dict[str, object]:
    return {
        "client_request_id": str(uuid.uuid4()),
        "category": "rubbish",
        "lon": NORTH_WEST[0],
        "lat": NORTH_WEST[1],
        "address": "вулиця Соборна, 6",
        "title": "Купа сміття",
        "description": "Третій день не вивозять.",
    } | given


def post(client: Client, document: object, status: int = 201) -> dict[str, Any]:
    response = client.post(REPORTS, document, content_type="application/json")
    assert response.status_code == status, response.content.decode()
    return dict(response.json())


@pytest.fixture
def client_of_author(town, author) -> Client:
    return sign_in(author)


def test_a_report_goes_to_moderation_with_its_photos_in_their_order(client_of_author, author):
    document = build()
    draft = uuid.UUID(str(document["client_request_id"]))
    first, second = (send(client_of_author, draft, photo(f"{n}.jpg"))["id"] for n in "ab")
    answer = post(client_of_author, document | {"attachments": [second, first]})
    problem = Problem.objects.get(pk=answer["number"])
    assert (problem.state, problem.reporter, problem.is_anonymous) == ("moderation", author, True)
    assert [each.original_name for each in problem.attachments.all()] == ["b.jpg", "a.jpg"]


def test_the_same_report_again_is_the_same_problem(client_of_author):
    document = build()
    assert post(client_of_author, document)["number"] == post(client_of_author, document)["number"]
    assert Problem.objects.count() == 1


def test_somebody_elses_request_id_is_a_conflict(client_of_author):
    document = build()
    post(client_of_author, document)
    post(sign_in(write_user("stranger")), document, 409)


@pytest.mark.django_db(transaction=True)
def test_five_at_once_make_one_problem(town, author):
    clients, document = [sign_in(author) for _ in range(5)], build()

    def report(client: Client) -> object:
        try:
            return post(client, document)["number"]
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        numbers = set(pool.map(report, clients))
    assert len(numbers) == 1
    assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": ""}, "category"),
        ({"category": "waste"}, "category"),
        ({"category": "absent"}, "category"),
        ({"lon": None}, "place"),
        ({"lat": "north"}, "place"),
        ({"title": "Ой"}, "title"),
        ({"title": "я" * 121}, "title"),
        ({"description": "  "}, "description"),
        ({"description": "я" * 4001}, "description"),
    ],
)
def test_what_is_missing_is_told_by_field(client_of_author, given, field):
    answer = post(client_of_author, build(**given), 400)
    assert list(answer["errors"]) == [field]
    assert not Problem.objects.exists()


def test_everything_that_is_wrong_is_told_at_once(client_of_author):
    answer = post(client_of_author, build(category="", lon="", title="", description=""), 400)
    assert set(answer["errors"]) == {"category", "place", "title", "description"}


def test_outside_the_community_is_refused_with_a_reason(client_of_author):
    answer = post(client_of_author, build(lon=OUTSIDE[0], lat=OUTSIDE[1]), 400)
    assert answer["type"] == "urn:geoportal:outside-community"


def test_a_question_that_must_be_answered_is_asked(client_of_author, town):
    Question.objects.create(
        category=town.categories["waste"], code="size", title_uk="Скільки?", required=True
    )
    answer = post(client_of_author, build(), 400)
    assert list(answer["errors"]["answers"]) == ["size"]
    number = post(client_of_author, build(answers={"size": "кузов"}))["number"]
    assert Problem.objects.get(pk=number).answers == {"size": "кузов"}


def test_an_unconfirmed_person_is_told_that_the_report_waits(town):
    answer = post(sign_in(write_user("new", confirmed=False)), build())
    assert answer["waits_for_confirmation"]
    assert Problem.objects.get(pk=answer["number"]).state == State.UNCONFIRMED


def test_a_visitor_is_asked_to_sign_in(town):
    assert post(Client(), build(), 403)["type"] == "urn:geoportal:not-authenticated"


def test_a_moderator_writes_down_a_call(town, moderator):
    contact = {"name": "Марія", "phone": "067 123 45 67", "email": ""}
    problem = Problem.objects.get(pk=post(sign_in(moderator), build(contact=contact))["number"])
    assert (problem.source, problem.written_by, problem.reporter) == ("call", moderator, None)
    assert (problem.contact_name, problem.contact_phone) == ("Марія", "067 123 45 67")
    assert not Follower.objects.exists()


def test_a_call_without_a_caller_is_refused(town, moderator):
    answer = post(sign_in(moderator), build(contact={"email": "no address"}, title=""), 400)
    assert set(answer["errors"]) == {"contact_email", "title"}
    assert set(post(sign_in(moderator), build(contact={}), 400)["errors"]) == {"contact_name"}


def test_a_resident_does_not_write_on_behalf_of_others(client_of_author):
    post(client_of_author, build(contact={"name": "Марія"}), 403)


def test_photos_of_another_person_are_not_taken(client_of_author, town):
    stranger = sign_in(write_user("stranger"))
    foreign = send(stranger, uuid.uuid4(), photo())["id"]
    post(client_of_author, build(attachments=[foreign]), 400)
    assert Attachment.objects.get(pk=foreign).problem is None


@pytest.mark.parametrize(
    "document", [[], build(client_request_id="x"), build(answers=["x"]), build(attachments=["1"])]
)
def test_what_is_no_report_is_refused(client_of_author, document):
    post(client_of_author, document, 400)


def test_letters_that_no_database_holds_are_left_out(client_of_author):
    answer = post(client_of_author, build(title="Купа \ud800\x00сміття"))
    assert Problem.objects.get(pk=answer["number"]).title == "Купа сміття"


@pytest.mark.parametrize("path", ["reports", "check-text"])
def test_json_nested_without_end_is_refused(client_of_author, path):
    answer = client_of_author.post(
        f"/api/v1/problems/{path}/", "[" * 20_000, content_type="application/json"
    )
    assert answer.status_code == 400


def test_one_person_does_not_send_without_end(client_of_author, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"problem_report": "1/d/user"}
    document = build()
    post(client_of_author, document)
    assert post(client_of_author, build(), 429)["type"] == "urn:geoportal:too-many-requests"
    post(client_of_author, document)


class TestUploads:
    """The endpoints of uploads."""

    def test_a_bad_file_is_refused_in_words(self, client_of_author):
        answer = send(client_of_author, uuid.uuid4(), script("кіт.jpg"), 400)
        assert "кіт.jpg" in str(answer["detail"])

    def test_a_visitor_keeps_the_photos_in_the_browser(self, town):
        send(Client(), uuid.uuid4(), photo(), 403)

    def test_a_body_that_is_too_large_is_refused_unread(self, client_of_author, settings):
        settings.VIDEO_BYTES_MAX = 1000
        answer = send(client_of_author, uuid.uuid4(), big(), 413)
        assert answer["type"] == "urn:geoportal:too-large"

    def test_five_gigabytes_are_refused_before_the_form_is_looked_into(self, client_of_author):
        response = client_of_author.post(
            reverse("web:report"), b"", content_type="multipart/form-data; boundary=x",
            headers={"Content-Length": str(5 * 1024**3), "Accept": "text/html"},
        )  # fmt: skip
        assert response.status_code == 413
        assert "251" in response.content.decode()

    def test_the_list_and_the_picture_are_for_the_owner(self, client_of_author):
        draft = uuid.uuid4()
        upload = send(client_of_author, draft, photo())
        listed = client_of_author.get(f"/api/v1/problems/uploads/?draft_id={draft}").json()
        assert [each["id"] for each in listed["uploads"]] == [upload["id"]]
        picture = client_of_author.get(str(upload["thumbnail"]))
        assert picture.status_code == 200
        assert picture["Cache-Control"] == "private, no-cache"
        for other in (Client(), sign_in(write_user("stranger"))):
            assert other.get(str(upload["thumbnail"])).status_code == 404

    def test_it_is_removed(self, client_of_author):
        upload = send(client_of_author, uuid.uuid4(), photo())
        url = f"/api/v1/problems/uploads/{upload['id']}/"
        assert sign_in(write_user("stranger")).delete(url).status_code == 404
        assert client_of_author.delete(url).status_code == 204
        assert client_of_author.get(url).status_code == 404


def big() -> SimpleUploadedFile:
    return SimpleUploadedFile("велике.jpg", b"\xff\xd8\xff" + b"\0" * 200_000)


class TestAddress:
    """The nearest house."""

    URL = "/api/v1/problems/address/"

    @pytest.fixture
    def houses(self, town, settings):
        settings.ADDRESS_LAYER = "houses"
        layer = create_layer(
            spec=LayerSpec(
                slug="houses",
                title_uk="Адреси",
                geometry_type="point",
                title_field="label",
                fields=(FieldSpec(name="label", title_uk="Адреса"),),
            )
        )
        for key, lon, visibility in (
            ("1", 30.5101, "public"), ("2", 30.5105, "public"), ("3", 30.51, "staff"),
        ):  # fmt: skip
            place = GEOSGeometry(f"POINT({lon} 50.415)", srid=4326)
            add_feature(layer=layer, key=key, geom=place, visibility=visibility,
                        values={"label": f"Соборна, {key}"})  # fmt: skip

    def test_the_nearest_public_house_names_the_place(self, client, houses):
        answer = client.get(self.URL, {"lon": 30.51, "lat": 50.415}).json()
        assert answer == {"address": "Соборна, 1", "distance_m": 7}

    def test_a_house_far_away_names_nothing(self, client, houses):
        answer = client.get(self.URL, {"lon": 30.52, "lat": 50.415}).json()
        assert answer == {"address": "", "distance_m": None}

    def test_without_a_register_people_write_it_themselves(self, client, town):
        assert client.get(self.URL, {"lon": 30.51, "lat": 50.415}).json()["address"] == ""

    def test_a_wrong_place_is_refused(self, client, db):
        assert client.get(self.URL, {"lon": "x", "lat": 50}).status_code == 400


class TestSimilar:
    """Open problems of the same category nearby."""

    URL = "/api/v1/problems/similar/"

    def ask(
        self, client: Client, category: str = "rubbish", **place: float
    ) -> list[dict[str, Any]]:
        where = {"lon": NORTH_WEST[0], "lat": NORTH_WEST[1]} | place
        response = client.get(self.URL, {"category": category, **where})
        assert response.status_code == 200, response.content
        return list(response.json()["problems"])

    def test_the_nearest_come_first_and_say_only_what_is_public(self, client, make_problem):
        far = make_problem("open", place=(NORTH_WEST[0] + 0.002, NORTH_WEST[1]))
        near = make_problem("accepted", place=(NORTH_WEST[0] + 0.0005, NORTH_WEST[1]))
        found = self.ask(client)
        assert [each["number"] for each in found] == [near.pk, far.pk]
        assert [each["distance_m"] for each in found] == [36, 142]
        assert "author" not in str(found)

    @pytest.mark.parametrize("state", ["moderation", "rejected", "closed", "archived"])
    def test_only_open_and_accepted_ones_are_shown(self, client, make_problem, state):
        make_problem(state)
        assert self.ask(client) == []

    def test_other_categories_and_places_are_left_out(self, client, make_problem):
        make_problem("open", category="pothole", worker="roads")
        make_problem("open", place=SOUTH_WEST)
        assert self.ask(client) == []

    def test_problems_that_are_not_public_are_not_told(self, client, make_problem):
        make_problem("open", category="abuse", worker="council")
        assert self.ask(client, "abuse") == []

    def test_the_radius_is_the_categorys(self, client, make_problem, town):
        make_problem("open", place=(NORTH_WEST[0] + 0.002, NORTH_WEST[1]))
        town.categories["rubbish"].duplicate_radius_m = 100
        town.categories["rubbish"].save()
        assert self.ask(client) == []

    def test_it_is_told_whose_it_is_and_who_has_joined(self, make_problem, author):
        problem = make_problem("open")
        stranger = sign_in(write_user("stranger"))
        assert [each["is_own"] for each in self.ask(sign_in(author))] == [True]
        joined = stranger.post(
            f"/problems/{problem.pk}/actions/join/", headers={"Accept": "application/json"}
        )
        assert joined.status_code == 200
        (found,) = self.ask(stranger)
        assert (found["is_own"], found["is_joined"], found["votes"]) == (False, True, 1)

    def test_an_unknown_category_is_not_found(self, client, db):
        asked = {"category": "absent", "lon": 30.5, "lat": 50.4}
        assert client.get(self.URL, asked).status_code == 404

    def test_five_cost_as_many_queries_as_one(
        self, client, make_problem, django_assert_max_num_queries
    ):
        for _number in range(5):
            make_problem("open")
        with django_assert_max_num_queries(5):
            assert len(self.ask(client)) == 5


class TestCheckText:
    """Personal data in what is written."""

    def check(self, client: Client, **texts: object) -> dict[str, Any]:
        response = client.post(
            "/api/v1/problems/check-text/", texts, content_type="application/json"
        )
        assert response.status_code == 200
        return dict(response.json())

    def test_a_telephone_number_is_pointed_out_with_its_place(self, client, db):
        text = "Дзвоніть 😀 067 123 45 67"
        answer = self.check(client, title="Яма", description=text)
        (found,) = answer["found"]
        assert (found["field"], found["kind"]) == ("description", "phone")
        assert text[found["start"] : found["end"]] == "067 123 45 67"
        assert "067 123 45 67" in str(answer["message"])

    def test_answers_and_the_address_are_looked_at_too(self, client, db):
        answer = self.check(
            client, address="Тиха 7, 067 123 45 67", answers={"who": "Пишіть a@example.org"}
        )
        assert [(one["field"], one["kind"]) for one in answer["found"]] == [
            ("address", "phone"), ("answer:who", "email"),
        ]  # fmt: skip

    def test_a_text_without_any_is_left_alone(self, client, db):
        answer = self.check(client, title="Яма на 12 метрах", description="Будинок 5, квартира 7")
        assert answer == {"found": [], "message": ""}
