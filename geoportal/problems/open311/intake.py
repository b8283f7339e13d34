"""A report that another system sends: read from the form, kept by the same service as others."""

import re
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.problems.models import ApiKey, Category, Problem
from geoportal.problems.open311.offered import get_offered
from geoportal.problems.open311.parameters import read_list, read_text
from geoportal.problems.open311.places import read_place
from geoportal.problems.services import report_problem
from geoportal.problems.services.reporting import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    SHORTEST_TITLE,
    Contact,
    Report,
)

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]+)\](\[\])?")
SENTENCE = re.compile(r".+?[.!?…](?=\s|$)|.+", re.DOTALL)


@dataclass(frozen=True)
class Taken:
    """The report, and what its sender should know."""

    problem: Problem
    notice: str


def take_report(key: ApiKey, form: QueryDict) -> Taken:
    """Raises `InvalidInput`, `NotFound` for an unknown service, `OutsideCommunity`."""
    code = read_text(form, "service_code", 254)
    if not code:
        raise InvalidInput(_("service_code is missing."))
    category = get_offered(code)
    place = read_place(form)
    description = read_text(form, "description", LONGEST_DESCRIPTION) or category.title
    title = read_text(form, "title", LONGEST_TITLE)
    problem = report_problem(
        actor=key.owner,
        report=Report(
            category=category,
            lon=place.lon,
            lat=place.lat,
            title=title or build_title(description, category),
            description=description,
            address=place.address,
            answers=read_answers(form),
            is_anonymous=True,
            client_request_id=_read_request_id(form),
        ),
        contact=_read_contact(form),
        source=Problem.Source.OPEN311,
    )
    return Taken(problem, _describe(category, has_media=bool(read_list(form, "media_url"))))


def build_title(description: str, category: Category) -> str:
    """The first sentence, cut between words at 120 letters; the service before a very short one."""
    sentence = " ".join((SENTENCE.match(description) or [""])[0].split())
    if len(sentence) < SHORTEST_TITLE:
        sentence = f"{category.title}: {sentence}" if sentence else category.title
    if len(sentence) < SHORTEST_TITLE:
        sentence = _("Problem: %(words)s") % {"words": sentence}
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    head = sentence[: LONGEST_TITLE - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[SHORTEST_TITLE:] else head).rstrip(" ,;:") + "…"


def read_answers(form: QueryDict) -> dict[str, object]:
    """`attribute[code]=value` and `attribute[code][]=value`; several values make a list."""
    answers: dict[str, list[str]] = {}
    for name, values in form.lists():
        if match := ATTRIBUTE.fullmatch(name):
            given = [str(value).strip() for value in values]
            answers.setdefault(match[1], []).extend(each for each in given if each)
    if any("\x00" in value for values in answers.values() for value in values):
        raise InvalidInput(_("%(name)s: this cannot be read.") % {"name": "attribute"})
    return {
        code: values[0] if len(values) == 1 else values
        for code, values in answers.items()
        if values
    }


def _read_contact(form: QueryDict) -> Contact:
    """Who stands behind the report; private, like a caller's."""
    email = read_text(form, "email", 254)
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise InvalidInput(_("email is not an e-mail address.")) from None
    names = (read_text(form, "first_name", 59), read_text(form, "last_name", 59))
    return Contact(
        name=" ".join(name for name in names if name),
        phone=read_text(form, "phone", 64),
        email=email,
    )


def _read_request_id(form: QueryDict) -> uuid.UUID:
    """Our extension: the same id again gives the report that it made before."""
    text = read_text(form, "client_request_id", 64)
    if not text:
        return uuid.uuid4()
    try:
        return uuid.UUID(text)
    except ValueError:
        raise InvalidInput(_("client_request_id is a UUID.")) from None


def _describe(category: Category, *, has_media: bool) -> str:
    told = [category.hint] if category.is_emergency and category.hint else []
    told.append(
        _(
            "A moderator reads the report before it is published. "
            "This is not an appeal under the law on citizens’ appeals."
        )
    )
    if has_media:
        told.append(_("Files of other sites are not fetched: media_url was left out."))
    return " ".join(told)
