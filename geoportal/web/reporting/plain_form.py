"""The form without scripts: read from a request, kept while somebody signs in."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace

from django.http import HttpRequest, QueryDict

from geoportal.problems.forms.filled_forms import FilledForm
from geoportal.web.reporting.category_tree import name_answer, name_danger

KEPT = "report_form"
# More than any field takes: what is longer is refused, and not kept in full.
LONGEST = 5_000
ANSWERS_MAX = 50
TEXTS = (
    *("category", "lon", "lat", "address", "title", "description"),
    *("contact_name", "contact_phone", "contact_email"),
)


def read_form(fields: QueryDict) -> FilledForm:
    """As it was filled in; a draft without a number of its own gets one."""
    texts = {name: fields.get(name, "").replace("\x00", "")[:LONGEST] for name in TEXTS}
    form = FilledForm(
        client_request_id=read_draft_id(fields.get("client_request_id", "")) or uuid.uuid4(),
        **texts,
        danger=fields.get(name_danger(texts["category"]), "")[:20],
        answers=read_answers(fields, texts["category"]),
        is_anonymous=fields.get("shows_name", "") != "on",
        attachments=tuple(int(one) for one in fields.getlist("attachments") if is_id(one)),
        on_behalf=fields.get("on_behalf", "") == "on",
    )
    return choose_place(form, fields.get("place", ""))


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def read_draft_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def read_answers(fields: QueryDict, category: str) -> dict[str, object]:
    """By the code of the question: text, or a list where several were given; so many at most."""
    prefix = name_answer(category, "")
    answers: dict[str, object] = {}
    for name, values in fields.lists():
        if name.startswith(prefix) and len(answers) < ANSWERS_MAX:
            given = [value.replace("\x00", "")[:LONGEST] for value in values[:ANSWERS_MAX] if value]
            answers[name.removeprefix(prefix)] = given if len(given) != 1 else given[0]
    return answers


def choose_place(form: FilledForm, found: str) -> FilledForm:
    """A place chosen from what the server has found: `lon,lat,address`."""
    lon, _comma, rest = found.partition(",")
    lat, _comma, address = rest.partition(",")
    return replace(form, lon=lon, lat=lat, address=address) if address else form


def start_form(query: QueryDict) -> FilledForm:
    """An empty form with what the address of the page brings."""
    return FilledForm(
        client_request_id=uuid.uuid4(),
        category=query.get("category", ""),
        lon=query.get("lon", ""),
        lat=query.get("lat", ""),
        address=query.get("address", "")[:254],
    )


def keep_form(request: HttpRequest, form: FilledForm) -> None:
    """Until the person has signed in; the session goes on then."""
    request.session[KEPT] = asdict(form) | {"client_request_id": str(form.client_request_id)}


def find_kept(request: HttpRequest, draft: str) -> FilledForm | None:
    """The form that was kept under this number."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, Mapping) or kept.get("client_request_id") != draft:
        return None
    values = dict(kept) | {
        "client_request_id": uuid.UUID(draft),
        "attachments": tuple(kept.get("attachments", ())),
    }
    return FilledForm(**values)


def forget_kept(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
