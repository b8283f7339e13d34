"""The service as the standard and its tools read it."""

import re
from datetime import timedelta

import pytest
import requests
from django.utils import timezone
from georeport import GeoReport
from jsonschema import Draft202012Validator
from lxml import etree

from geoportal.problems import services
from geoportal.problems.models import Problem

# The rules of the official schemas (open311/schema-validation), written down from their text.
TEXT_OR_NULL = {"type": ["string", "null"]}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
MOMENT_OR_NULL = {"anyOf": [MOMENT, {"type": "null"}]}
NUMBER_OR_NULL = {"type": ["number", "null"]}
SERVICES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["service_code", "service_name", "metadata", "type"],
        "properties": {
            "service_code": {"type": "string"},
            "service_name": {"type": "string"},
            "description": TEXT_OR_NULL,
            "metadata": {"type": "boolean"},
            "type": {"enum": ["realtime", "batch", "blackbox"]},
            "keywords": TEXT_OR_NULL,
            "group": TEXT_OR_NULL,
        },
    },
}
DEFINITION = {
    "type": "object",
    "required": ["service_code", "attributes"],
    "properties": {
        "service_code": {"type": "string"},
        "attributes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["variable", "code", "datatype", "required"],
                "properties": {
                    "variable": {"type": "boolean"},
                    "code": {"type": "string"},
                    "datatype": {
                        "enum": [
                            "string", "number", "datetime", "text", "singlevaluelist",
                            "multivaluelist",
                        ]
                    },
                    "required": {"type": "boolean"},
                    "datatype_description": TEXT_OR_NULL,
                    "order": {"type": "integer", "minimum": 1},
                    "description": TEXT_OR_NULL,
                    "values": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["key", "name"],
                            "properties": {"key": {"type": "string"}, "name": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
REQUESTS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["service_request_id", "status", "service_code", "requested_datetime"],
        "properties": {
            "service_request_id": {"type": "string"},
            "status": {"enum": ["open", "closed"]},
            "status_notes": TEXT_OR_NULL,
            "service_name": TEXT_OR_NULL,
            "service_code": {"type": "string"},
            "description": {"type": ["string", "null"], "maxLength": 4000},
            "agency_responsible": TEXT_OR_NULL,
            "service_notice": TEXT_OR_NULL,
            "requested_datetime": MOMENT,
            "updated_datetime": MOMENT_OR_NULL,
            "expected_datetime": MOMENT_OR_NULL,
            "address": TEXT_OR_NULL,
            "address_id": TEXT_OR_NULL,
            "zipcode": TEXT_OR_NULL,
            "lat": NUMBER_OR_NULL,
            "long": NUMBER_OR_NULL,
            "media_url": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]},
        },
    },
}


@pytest.fixture
def every_state(make_problem) -> list[Problem]:
    archived = make_problem("archived", at=timezone.now() - timedelta(days=80))
    return [*(make_problem(state) for state in ("open", "accepted", "closed")), archived]


def test_documents_follow_the_official_schemas(ask, every_state, questions):
    for path, schema in (
        ("services", SERVICES),
        ("services/rubbish", DEFINITION),
        ("services/pothole", DEFINITION),
        ("requests", REQUESTS),
        (f"requests/{every_state[2].pk}", REQUESTS),
    ):
        Draft202012Validator(schema).validate(ask(path))
    assert len(ask("requests")) == 4


def test_every_document_is_xml_that_another_parser_reads(client, every_state, questions):
    every_state[0].refresh_from_db()
    Problem.objects.filter(pk=every_state[0].pk).update(
        description='<b>"Яма" & 5 < 7</b>\x0b\x1f\ufffe ]]> кінець'
    )
    for path, root in (
        ("discovery", "discovery"),
        ("v2/services", "services"),
        ("v2/services/rubbish", "service_definition"),
        ("v2/requests", "service_requests"),
        (f"v2/requests/{every_state[0].pk}", "service_requests"),
        ("v2/requests/0", "errors"),
    ):
        response = client.get(f"/open311/{path}.xml?extensions=true")
        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert re.match(rb"<\?xml version=.1.0. encoding=.utf-8.\?>", response.content)
        assert etree.fromstring(response.content).tag == root
    told = etree.fromstring(client.get(f"/open311/v2/requests/{every_state[0].pk}.xml").content)
    assert told.findtext("request/description") == '<b>"Яма" & 5 < 7</b> ]]> кінець'


def test_json_is_the_xml_without_its_root(client, every_state, questions):
    """The “Spark” convention: lists are arrays, rows lose the name of their element."""
    for path, root, row in (
        ("services", "services", "service"),
        ("requests", "service_requests", "request"),
    ):
        rows = client.get(f"/open311/v2/{path}.json").json()
        document = etree.fromstring(client.get(f"/open311/v2/{path}.xml").content)
        assert (document.tag, {each.tag for each in document}) == (root, {row})
        assert [[field.tag for field in each] for each in document] == [list(r) for r in rows]
        first = {field.tag: field.text or "" for field in document[0]}
        assert first.keys() == rows[0].keys()
        assert first["service_code"] == rows[0]["service_code"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("output", ["xml", "json"])
def test_client_that_others_wrote_reads_everything(live_server, every_state, questions, output):
    client = GeoReport(f"{live_server.url}/open311/v2", output_format=output)
    offered = {each["service_code"]: each for each in client.get_service_list()}
    assert set(offered) == {"rubbish", "pothole", "stray", "abuse"}
    definition = client.get_service_definition("rubbish")
    attributes = definition["attributes"]
    attributes = attributes["attribute"] if output == "xml" else attributes
    assert [each["code"] for each in attributes] == ["bags", "kinds", "since"]
    found = client.get_service_requests(status="open")
    assert {each["service_request_id"] for each in found} == {
        str(each.pk) for each in every_state[:2]
    }
    one = client.get_service_request(str(every_state[3].pk))
    assert (one["status"], one["agency_responsible"]) == ("closed", "КП «clean»")
    with pytest.raises(requests.HTTPError, match="404"):
        client.get_service_request("999999")


def test_discovery_names_the_service_in_both_formats(db, client, settings):
    settings.SITE_URL = "https://town.example"
    told = client.get("/open311/discovery.json").json()
    read = etree.fromstring(client.get("/open311/discovery.xml").content).find("endpoints/endpoint")
    (endpoint,) = told["endpoints"]
    assert endpoint["url"] == read.findtext("url") == "https://town.example/open311/v2"
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == [each.text for each in read.iterfind("formats/format")]
    assert told["changeset"]
    assert told["key_service"]


def test_definition_tells_questions_of_the_group_first_and_choices_in_words(ask, questions):
    definition = ask("services/rubbish", locale="en")
    asked = definition["attributes"]
    assert [(each["order"], each["code"], each["required"]) for each in asked] == [
        (1, "bags", True), (2, "kinds", False), (3, "since", False),
    ]  # fmt: skip
    assert asked[1]["description"] == "What is it?"
    assert asked[1]["values"] == [
        {"key": "glass", "name": "Glass"},
        {"key": "paper", "name": "Папір"},
    ]


def test_services_say_which_of_them_ask_and_hide_what_is_not_offered(ask, town, questions):
    town.categories["animals"].is_active = False
    town.categories["animals"].save()
    offered = {each["service_code"]: each for each in ask("services")}
    assert {code: each["metadata"] for code, each in offered.items()} == {
        "rubbish": True, "pothole": False, "abuse": False,
    }  # fmt: skip
    assert offered["rubbish"]["group"] == "Waste"
    ask("services/stray", 404)
    ask("services/waste", 404)


def test_fine_status_is_told_to_who_asks_for_extensions(ask, every_state):
    found = ask("requests", extensions="true")
    fine = {each["service_request_id"]: each["extended_attributes"] for each in found}
    assert [fine[str(each.pk)]["detailed_status"] for each in every_state] == [
        "RECEIVED", "IN_PROCESS", "PROCESSED", "ARCHIVED",
    ]  # fmt: skip
    assert fine[str(every_state[0].pk)]["title"] == "Купа сміття біля контейнера"
    assert fine[str(every_state[0].pk)]["media_urls"] == []
    assert "extended_attributes" not in ask("requests")[0]


def test_closed_request_was_updated_when_it_was_closed_and_says_what_was_done(ask, every_state):
    closed = every_state[2]
    services.rate_result(actor=closed.reporter, number=closed.pk, rating=5)
    (told,) = ask(f"requests/{closed.pk}")
    assert told["updated_datetime"] == closed.closed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert told["status_notes"] == "Вивезли."
    assert told["expected_datetime"] is None


def test_nothing_personal_and_nothing_internal_is_told(client, make_problem, town):
    problem = make_problem("accepted")
    services.add_note(
        actor=town.officers["clean"], organisation=town.organisations["clean"],
        number=problem.pk, words="Таємна нотатка",
    )  # fmt: skip
    for path in ("requests", f"requests/{problem.pk}"):
        for ending in ("json", "xml"):
            text = client.get(f"/open311/v2/{path}.{ending}?extensions=true").content.decode()
            assert "Купа сміття" in text
            for secret in ("Таємна", "author", "example.org"):
                assert secret not in text
