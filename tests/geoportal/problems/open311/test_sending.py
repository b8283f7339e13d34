"""Reports that other systems send, with keys."""

import uuid
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from lxml import etree

from geoportal.problems import services
from geoportal.problems.models import ApiKey, Problem
from geoportal.problems.open311.keys import hash_key, make_key
from layers.models import Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.geoportal.problems.conftest import NORTH_WEST, OUTSIDE, write_user


def test_report_of_another_system_waits_for_a_moderator(send, partner):
    (told,) = send(
        email="ivan@example.net", phone="+380501112233", first_name="Іван", last_name="Ткач",
        device_id="d-1", account_id="7",
    )  # fmt: skip
    problem = Problem.objects.get(pk=told["service_request_id"])
    assert "token" not in told
    assert (problem.state, problem.source, problem.reporter) == ("moderation", "open311", partner)
    assert problem.is_anonymous
    assert problem.title == "Не вивозять сміття."
    assert (problem.contact_name, problem.contact_phone, problem.contact_email) == (
        "Іван Ткач", "+380501112233", "ivan@example.net",
    )  # fmt: skip
    assert (problem.geom.x, problem.geom.y) == NORTH_WEST
    assert "модератор" in told["service_notice"].lower() or "moderator" in told["service_notice"]


def test_its_sender_sees_it_by_its_number_and_nobody_else_does(ask, send, secret, moderator):
    (told,) = send(email="ivan@example.net")
    number = told["service_request_id"]
    (shown,) = ask(f"requests/{number}", api_key=secret, extensions="true")
    assert (shown["status"], shown["extended_attributes"]["detailed_status"]) == (
        "open", "RECEIVED",
    )  # fmt: skip
    assert "ivan" not in str(shown)
    stranger = make_key(name="Another", owner=write_user("stranger"))[1]
    ask(f"requests/{number}", 404)
    ask(f"requests/{number}", 404, api_key=stranger)
    ask(f"requests/{number}", 403, api_key="wrong")
    assert ask("requests", api_key=secret) == []
    services.reject_problem(
        actor=moderator, number=int(number), reason="not_local", words="Це інша громада."
    )
    (shown,) = ask(f"requests/{number}", api_key=secret, extensions="true")
    assert shown["status"] == "closed"
    assert shown["extended_attributes"]["detailed_status"] == "REJECTED"
    assert shown["status_notes"] == "Це інша громада."


def test_reports_that_the_owner_wrote_on_the_site_are_not_the_keys(
    ask, secret, partner, make_problem
):
    problem = make_problem("moderation", by=partner)
    ask(f"requests/{problem.pk}", 404, api_key=secret)


def test_answers_come_as_attributes_one_or_several(send, questions):
    (told,) = send(**{
        "attribute[bags]": "5", "attribute[kinds][]": ["glass", "paper"], "attribute[other]": "x",
    })  # fmt: skip
    problem = Problem.objects.get(pk=told["service_request_id"])
    assert problem.answers == {"bags": 5, "kinds": ["glass", "paper"]}


def test_what_is_wrong_with_answers_is_told_one_by_one(send, questions):
    errors = send(400, **{"attribute[kinds]": "iron"})
    assert {each["code"] for each in errors} == {400}
    assert [each["description"].split(":")[0] for each in errors] == [
        "attribute[bags]", "attribute[kinds]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"service_code": None}, 400, "service_code"),
        ({"service_code": "dragons"}, 404, "dragons"),
        ({"service_code": "waste"}, 404, "waste"),
        ({"lat": None}, 400, "long"),
        ({"lat": None, "long": None}, 400, "address_string"),
        ({"lat": "91"}, 400, "lat"),
        ({"lat": str(OUTSIDE[1]), "long": str(OUTSIDE[0])}, 400, ""),
        ({"description": "я" * 4001}, 400, "description"),
        ({"email": "nobody"}, 400, "email"),
        ({"client_request_id": "1"}, 400, "client_request_id"),
        ({"description": "a\x00b"}, 400, "description"),
        ({"jurisdiction_id": "elsewhere.example"}, 404, "elsewhere"),
        ({"api_key": None}, 403, "api_key"),
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"api_key": "я" * 300}, 403, "api_key"),
    ],
)
def test_report_that_cannot_be_taken_is_refused_with_the_reason(send, fields, status, word):
    errors = send(status, **fields)
    assert [each["code"] for each in errors] == [status]
    assert word in errors[0]["description"]
    assert not Problem.objects.exists()


def test_errors_come_in_the_format_that_was_asked(client, town):
    response = client.post("/open311/v2/requests.xml", {"service_code": "rubbish"})
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert (root.tag, root.findtext("error/code")) == ("errors", "403")


def test_key_may_stand_in_the_address_too(client, secret, town):
    lon, lat = NORTH_WEST
    body = {"service_code": "pothole", "lat": lat, "long": lon, "description": "Яма на дорозі"}
    response = client.post(f"/open311/v2/requests.xml?api_key={secret}", body)
    assert response.status_code == 201
    number = etree.fromstring(response.content).findtext("request/service_request_id")
    assert Problem.objects.get().pk == int(number)


def test_title_is_the_first_sentence_or_the_service(send):
    for description, title in (
        ("Яма! Дуже глибока.", "Rubbish: Яма!"),
        ("Розбите скло\nна майданчику", "Розбите скло на майданчику"),
        (None, "Rubbish"),
        ("слово " * 100, ("слово " * 19).strip() + "…"),
        ("я" * 300, "я" * 119 + "…"),
    ):
        (told,) = send(description=description)
        problem = Problem.objects.get(pk=told["service_request_id"])
        assert problem.title == title
        assert problem.description


@pytest.fixture
def addresses(db: None, django_capture_on_commit_callbacks: Any) -> None:
    """Two houses of one street."""
    lon, lat = NORTH_WEST
    layer = create_layer(
        spec=LayerSpec(
            slug="addresses",
            title_uk="Адреси",
            geometry_type=Layer.GeometryType.POINT,
            title_field="address",
            fields=(FieldSpec(name="address", title_uk="Адреса"),),
        )
    )
    for key, place, house in (("a5", Point(lon, lat), 5), ("a15", Point(lon + 0.001, lat), 15)):
        place.srid = 4326
        words = f"вулиця Соборна, {house}"
        with django_capture_on_commit_callbacks(execute=True):
            add_feature(layer=layer, key=key, geom=place, values={"address": words})


def test_address_in_words_is_looked_up(send, addresses):
    lon, lat = NORTH_WEST
    for place in ({"address_string": "Соборна 5"}, {"address_id": "addresses/a5"}):
        (told,) = send(lat=None, long=None, **place)
        problem = Problem.objects.get(pk=told["service_request_id"])
        assert (problem.geom.x, problem.geom.y) == (lon, lat)
        assert problem.address == "вулиця Соборна, 5"
    for place in (
        {"address_string": "Соборна 25"}, {"address_id": "addresses/a25"}, {"address_id": "x"},
    ):  # fmt: skip
        send(400, lat=None, long=None, **place)


def test_files_of_other_sites_are_not_fetched_and_the_sender_is_told(send):
    with mock.patch("socket.socket.connect", side_effect=AssertionError("went to another host")):
        (told,) = send(media_url="http://photos.example/1.jpg")
    assert "media_url" in told["service_notice"]
    assert not Problem.objects.get().attachments.exists()


def test_report_sent_twice_is_one_and_its_token_finds_it(ask, send):
    token = str(uuid.uuid4())
    (first,), (second,) = send(client_request_id=token), send(client_request_id=token)
    assert first["service_request_id"] == second["service_request_id"]
    (found,) = ask(f"tokens/{token}")
    assert found == {"service_request_id": first["service_request_id"], "token": token}
    ask(f"tokens/{uuid.uuid4()}", 404)
    ask("tokens/none", 404)


def test_token_of_a_report_of_the_site_tells_nothing(ask, make_problem):
    problem = make_problem("open", client_request_id=uuid.uuid4())
    ask(f"tokens/{problem.client_request_id}", 404)


def test_key_is_kept_as_a_hash_and_its_use_is_noted(send, secret):
    key = ApiKey.objects.get()
    assert (key.digest, key.last_used_at) == (hash_key(secret), None)
    send()
    key.refresh_from_db()
    assert key.last_used_at is not None


def test_key_that_was_taken_back_sends_nothing(send, secret):
    call_command("create_open311_key", "City app", "--revoke", stdout=StringIO())
    send(403)


def test_key_of_somebody_whose_account_is_off_sends_nothing(send, partner):
    partner.is_active = False
    partner.save()
    send(403)


def test_key_sends_so_many_reports_in_an_hour(settings, send):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"open311": "2/h/key"}
    send(), send()
    (error,) = send(429)
    assert error["code"] == 429


def test_command_makes_a_key_once_and_ends_the_earlier_one(partner, send):
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("create_open311_key", "Bot", owner=partner.email, stdout=out)
    old, new = (out.getvalue().split()[-1] for out in said)
    send(403, api_key=old)
    send(201, api_key=new)
    for arguments in (["Bot"], ["Bot", "--owner", "nobody@example.org"], ["Cat", "--revoke"]):
        with pytest.raises(CommandError):
            call_command("create_open311_key", *arguments)
