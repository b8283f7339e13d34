"""What somebody filled in becomes a report: the same for the plain form and for JSON."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.problems.models import Category
from geoportal.problems.services.reporting import Contact, Report, check_report

NOWHERE = float("nan")
LONGEST_NAME = 120
LONGEST_PHONE = 64
# Stands for a category that was not chosen; no report passes the checks with it.
NO_CATEGORY = Category(pk=0, is_active=False)


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """Values as they were typed; nothing of it is checked. `client_request_id` names the draft;
    `danger`: what was answered in an emergency, `called` or `none`.
    """

    client_request_id: uuid.UUID
    category: str = ""
    lon: str = ""
    lat: str = ""
    address: str = ""
    title: str = ""
    description: str = ""
    danger: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    is_anonymous: bool = True
    attachments: tuple[int, ...] = ()
    on_behalf: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    @property
    def has_place(self) -> bool:
        return abs(read_degrees(self.lon)) <= 180 and abs(read_degrees(self.lat)) <= 90


def read_degrees(text: str) -> float:
    """Not a number where nothing or something else was written."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return NOWHERE


def find_category(code: str) -> Category:
    """`NO_CATEGORY` for none and for an unknown one."""
    found = Category.objects.select_related("parent__parent").filter(code=code).first()
    return found or NO_CATEGORY


def build_report(form: FilledForm) -> Report:
    """Not checked yet: an empty category and place are told by `check_filled`."""
    return Report(
        category=find_category(form.category),
        lon=read_degrees(form.lon),
        lat=read_degrees(form.lat),
        title=form.title,
        description=form.description.replace("\r\n", "\n"),
        address=form.address,
        answers=form.answers,
        is_anonymous=form.is_anonymous,
        attachments=form.attachments,
        client_request_id=form.client_request_id,
    )


def build_contact(form: FilledForm) -> Contact | None:
    """`None` when the person reports for themselves; raises `InvalidInput` with `errors`."""
    if not form.on_behalf:
        return None
    contact = Contact(
        name=form.contact_name.strip(),
        phone=form.contact_phone.strip(),
        email=form.contact_email.strip(),
    )
    errors = {}
    if not (contact.name or contact.phone or contact.email):
        errors["contact_name"] = _("Write who called, or how to reach them.")
    if len(contact.name) > LONGEST_NAME:
        errors["contact_name"] = _("At most %(max)s letters.") % {"max": LONGEST_NAME}
    if len(contact.phone) > LONGEST_PHONE:
        errors["contact_phone"] = _("At most %(max)s letters.") % {"max": LONGEST_PHONE}
    if contact.email:
        try:
            validate_email(contact.email)
        except ValidationError:
            errors["contact_email"] = _("This is not an e-mail address.")
    if errors:
        raise InvalidInput(_("The caller’s contacts are not right."), errors=errors)
    return contact


def check_filled(form: FilledForm) -> tuple[Report, Contact | None]:
    """Everything that can be said before sending; raises `InvalidInput` with all `errors`."""
    report = build_report(form)
    refusals = []
    contact = None
    try:
        contact = build_contact(form)
    except InvalidInput as refusal:
        refusals.append(refusal)
    try:
        check_report(report)
    except InvalidInput as refusal:
        refusals.append(refusal)
    if not refusals:
        return report, contact
    if len(refusals) == 1:
        raise refusals[0]
    raise InvalidInput(
        refusals[1].message, errors=_read_errors(refusals[0]) | _read_errors(refusals[1])
    )


def _read_errors(refusal: InvalidInput) -> dict[str, object]:
    """By field; a place outside the community is an error of the place."""
    errors = refusal.extra.get("errors")
    return dict(errors) if isinstance(errors, dict) else {"place": str(refusal.message)}
