"""The filter in words, each part with the way to take it off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from geoportal.problems.lists.filter_choices import ChoiceGroup, FilterForm
from geoportal.problems.lists.filters import ProblemFilter


@dataclass(frozen=True)
class ActiveFilter:
    """`query`: the query string without this part, `?` not included."""

    title: str
    query: str


def list_active(
    chosen: ProblemFilter, form: FilterForm, more: dict[str, str]
) -> list[ActiveFilter]:
    """In the order of the form; `more`: other fields that the links keep, such as the order."""
    fields = chosen.as_fields()
    kept = [(name, value) for name, value in more.items() if value]
    active = []
    for place, (name, value) in enumerate(fields):
        rest = fields[:place] + fields[place + 1 :] + kept
        active.append(ActiveFilter(_name(name, value, chosen, form), urlencode(rest)))
    return active


def _name(name: str, value: str, chosen: ProblemFilter, form: FilterForm) -> str:
    day = chosen.since if name == "from" else chosen.until
    match name:
        case "state":
            return next((each.title for each in form.states if each.value == value), value)
        case "category":
            return _find_title(form.categories, value)
        case "organisation":
            return next((each.title for each in form.organisations if each.value == value), value)
        case "territory":
            return _find_title(form.territories, value)
        case "from" if day is not None:
            return _("from %(day)s") % {"day": date_format(day, "j E Y")}
        case "to" if day is not None:
            return _("to %(day)s") % {"day": date_format(day, "j E Y")}
        case "overdue":
            return _("Overdue")
        case "mine":
            return _("My reports")
    return f"«{value}»"


def _find_title(groups: Sequence[ChoiceGroup], value: str) -> str:
    titles = {choice.value: choice.title for group in groups for choice in group.choices}
    return titles.get(value, value)
