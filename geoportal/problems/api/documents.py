"""A report as JSON: read with types checked, so that nothing else reaches the services."""

import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.problems.forms.filled_forms import FilledForm
from geoportal.problems.personal_data.plain_text import drop_unwritable

TEXTS = ("category", "address", "title", "description")
CONTACTS = ("name", "phone", "email")


def read_form(document: object) -> FilledForm:
    """Raises `InvalidInput` for what cannot be a report at all; what is missing stays empty."""
    if not isinstance(document, Mapping):
        raise InvalidInput(_("A report is a JSON object."))
    contact = document.get("contact")
    answers = document.get("answers") or {}
    attachments = document.get("attachments") or []
    if not isinstance(answers, Mapping) or not isinstance(attachments, list):
        raise InvalidInput(_("“answers” is an object and “attachments” a list of numbers."))
    return FilledForm(
        client_request_id=_read_uuid(document.get("client_request_id")),
        lon=_read_number(document.get("lon")),
        lat=_read_number(document.get("lat")),
        **{name: _read_text(document.get(name)) for name in TEXTS},
        answers={str(code): _read_answer(value) for code, value in answers.items()},
        is_anonymous=document.get("is_anonymous") is not False,
        attachments=tuple(_read_id(value) for value in attachments),
        on_behalf=isinstance(contact, Mapping),
        **(
            {f"contact_{name}": _read_text(contact.get(name)) for name in CONTACTS}
            if isinstance(contact, Mapping)
            else {}
        ),
    )


def _read_uuid(value: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        words = _("“client_request_id” must be a UUID, made once for each report.")
        raise InvalidInput(words, parameter="client_request_id") from None


def _read_text(value: object) -> str:
    return drop_unwritable(value) if isinstance(value, str) else ""


def _read_number(value: object) -> str:
    return str(value) if isinstance(value, int | float | str) and value is not True else ""


def _read_answer(value: object) -> object:
    """Text, a number, or a list of texts."""
    if isinstance(value, list):
        return [_read_text(each) for each in value]
    return value if isinstance(value, int | float) else _read_text(value)


def _read_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise InvalidInput(_("Add the photos again."), parameter="attachments")
    return value
