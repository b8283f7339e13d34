"""What a change of a layer's passport has changed, in words."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from layers.models import Changeset, Layer, Theme
from layers.services.passports import PassportChange, Plain


@dataclass(frozen=True)
class PassportLine:
    """An empty text: nothing was said."""

    title: str
    before: str
    after: str


def list_passport_lines(changeset: Changeset) -> list[PassportLine]:
    """Empty for a change of another kind."""
    kept: list[PassportChange] = changeset.details.get("passport", [])
    return [
        PassportLine(
            name_member(each["name"]),
            show(each["name"], each["before"]),
            show(each["name"], each["after"]),
        )
        for each in kept
    ]


def name_member(name: str) -> str:
    try:
        return capfirst(str(Layer._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


def show(name: str, value: Plain) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    if value in (None, ""):
        return ""
    if name == "organisation":
        found = Organisation.objects.filter(slug=value).first()
        return str(found or value)
    if name == "theme":
        return str(Theme.objects.filter(slug=value).first() or value)
    choices = dict(getattr(Layer._meta.get_field(name), "choices", None) or ())
    return str(choices.get(value, value))
