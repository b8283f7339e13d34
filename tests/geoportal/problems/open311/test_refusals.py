"""Whatever is asked below /open311/, the answer is the standard's: no page, no 500."""

import json

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from geoportal.problems.open311 import listing
from geoportal.problems.open311.dialect import CONTENT_TYPES, Document, Format, render_document
from tests.thoroughness import examples

NAMES = (
    "service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size",
    "extensions", "lat", "long", "radius", "bbox", "updated_after", "updated_before", "locale",
    "jurisdiction_id", "api_key",
)  # fmt: skip
ODD = st.sampled_from(
    ["", "0", "-1", "1e400", "nan", "inf", "٣", "²", "1,2,3,4", "180,90,-180,-90", "9" * 400,
     "0001-01-01", "9999-12-31T23:59:59-14:00", "2026-11-20T00:00:00Z", "open", "open,closed",
     "\ud7ff", "\x00", "%00", "'; --", "2026-W01-1", ",,,", "-0.0", "1_000"]
)  # fmt: skip
VALUES = st.one_of(ODD, st.text(max_size=40), st.integers().map(str), st.floats().map(str))
SENT = ("service_code", "address_string", "address_id", "description", "email", "phone", "title",
        "first_name", "media_url", "client_request_id", "attribute[bags]", "attribute[kinds][]",
        "attribute[]", "lat", "long")  # fmt: skip
PROPERTY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30)
)


def check_answer(response, path: str) -> None:
    """A document of the standard in the format of the address."""
    assert response.status_code < 500, (path, response.content)
    form = Format.JSON if path.endswith(".json") else Format.XML
    assert response.headers["Content-Type"] == CONTENT_TYPES[form]
    if form == Format.XML:
        etree.fromstring(response.content)
        return
    rows = json.loads(response.content)
    if response.status_code >= 400:
        assert all(row.keys() == {"code", "description"} for row in rows)
        assert {row["code"] for row in rows} == {response.status_code}


@PROPERTY
@given(
    query=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6),
    ending=st.sampled_from(["json", "xml"]),
)
def test_arbitrary_parameters_never_break_the_list(town, query, ending):
    path = f"/open311/v2/requests.{ending}"
    check_answer(Client().get(path, query), path)


@PROPERTY
@given(
    form=st.dictionaries(st.sampled_from(SENT), VALUES, max_size=8),
    ending=st.sampled_from(["json", "xml"]),
)
def test_arbitrary_reports_never_break_the_service(town, questions, secret, settings, form, ending):
    settings.ACCOUNT_RATE_LIMITS = {}
    form = {"service_code": "rubbish", "lat": "50.415", "long": "30.51"} | form
    path = f"/open311/v2/requests.{ending}"
    check_answer(Client().post(path, {"api_key": secret} | form), path)


@PROPERTY
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_written_as_well_formed_xml(text):
    document = Document("errors", [{"code": 400, "description": text}])
    etree.fromstring(render_document(document, Format.XML))


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_what_is_refused_before_any_view_is_told_in_the_standards_form(
    client, db, settings, ending
):
    settings.REQUEST_BYTES_MAX = 10
    for path, form, status in (
        (f"/open311/v2/requests.{ending}?service_code=%00", None, 400),
        (f"/open311/v2/requests/%00.{ending}", None, 404),
        (f"/open311/v2/requests.{ending}", {"description": "More than ten bytes"}, 413),
    ):
        response = client.get(path) if form is None else client.post(path, form)
        assert response.status_code == status
        check_answer(response, path.partition("?")[0])


@pytest.mark.parametrize("ending", ["json", "xml"])
@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (ZeroDivisionError, 500)])
def test_what_breaks_is_told_in_the_standards_form(db, monkeypatch, ending, error, status):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(listing, "list_wanted", fail)
    response = Client(raise_request_exception=False).get(f"/open311/v2/requests.{ending}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == CONTENT_TYPES[Format(ending)]
    assert str(status) in response.content.decode()
    assert ("Retry-After" in response.headers) == (status == 503)


@pytest.mark.parametrize("ending", ["json", "xml"])
@pytest.mark.parametrize(
    "path",
    ["v2/nothing", "v2/services/none", "v2/requests/none", "v2/requests/1/updates", "v3/services",
     "v2/tokens/x", "nothing"],
)  # fmt: skip
def test_what_is_not_there_is_not_found_in_the_asked_format(client, db, path, ending):
    address = f"/open311/{path}.{ending}"
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 404
    check_answer(response, address)


def test_address_without_a_format_answers_in_what_is_accepted(client, db):
    for accept, kind in (
        ("application/json", "application/json"), ("text/html", "text/xml"), ("*/*", "text/xml"),
    ):  # fmt: skip
        for path in ("", "v2/", "v2/services", "v2/services.html"):
            response = client.get(f"/open311/{path}", headers={"Accept": accept})
            assert response.status_code == 404
            assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["discovery", "v2/services", "v2/services/rubbish", "v2/tokens/x"])
def test_other_methods_are_refused_and_the_right_ones_named(client, db, method, path):
    response = getattr(client, method)(f"/open311/{path}.json")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.json()[0]["code"] == 405


def test_form_that_cannot_be_read_is_refused(client, secret, town):
    response = client.generic(
        "POST", "/open311/v2/requests.json", b"--x\r\n", "multipart/form-data; boundary="
    )
    assert response.status_code == 400
    assert response.json()[0]["code"] == 400
    fields = {f"attribute[{number}]": "1" for number in range(4100)}
    assert client.post("/open311/v2/requests.json", fields).status_code == 400


def test_pages_of_other_sites_may_read(client, db):
    response = client.get("/open311/v2/services.json", headers={"Origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_jurisdiction_need_not_be_told_but_is_checked(client, db, settings):
    settings.SITE_URL = "https://www.town.example"
    for told, status in (("", 200), ("town.example", 200), ("other.example", 404)):
        response = client.get("/open311/v2/services.xml", {"jurisdiction_id": told})
        assert response.status_code == status


def test_words_come_in_the_language_of_locale(client, town):
    category = town.categories["rubbish"]
    category.title_en = "Rubbish lies about"
    category.title_uk = "Сміття"
    category.save()
    for locale, title in (
        ("en", "Rubbish lies about"), ("en_GB", "Rubbish lies about"), ("uk", "Сміття"),
        ("fi", "Сміття"), ("", "Сміття"),
    ):  # fmt: skip
        rows = client.get(
            "/open311/v2/services.json", {"locale": locale}, headers={"Accept-Language": "en"}
        ).json()
        assert title in {row["service_name"] for row in rows}
