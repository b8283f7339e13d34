"""Words that everyone will read are looked through before they are kept; who wrote them may say
that they are meant so.
"""

from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from geoportal.core.words.personal_data import (
    Found,
    describe_found,
    read_digits,
)
from geoportal.problems.history.timeline import read_as
from geoportal.problems.models import Problem
from geoportal.problems.personal_data.flagged import find_flagged
from geoportal.problems.personal_data.withheld import find_withheld
from geoportal.problems.workflow import BETWEEN_TWO, EDGES, INTERNAL, PUBLISHED, Action

# The field of the button «Send anyway».
CONFIRMED = "words_confirmed"


class PersonalDataFound(InvalidInput):
    """Everyone would read somebody's data or an obscenity: to be corrected, or sent with
    `words_confirmed`.
    """

    slug = "personal-data"


def are_words_public(problem: Problem, name: str) -> bool:
    """Whether everyone reads the words of this action (its name in the URL) on this problem."""
    if not problem.is_public or name in (*INTERNAL, *BETWEEN_TWO):
        return False
    return name == Action.PUBLISH or any(
        edge.action == name and edge.source == problem.state and edge.target in PUBLISHED
        for edge in EDGES
        if problem.is_published
    )


def require_considered(actor: Actor, problem: Problem, name: str, fields: QueryDict) -> None:
    """Raises `PersonalDataFound` for public words with personal data that nobody has confirmed."""
    if fields.get(CONFIRMED) or not are_words_public(problem, name):
        return
    words = fields.get("words", "")
    organisation = Organisation.objects.filter(slug=fields.get("organisation", "")).first()
    refuse_found({"words": find_in_words(actor, problem, words)}, organisation)


def refuse_found(
    found: Mapping[str, Sequence[Found]], organisation: Organisation | None = None
) -> None:
    """By field. An organisation's own contacts, which its page shows, are nobody's secret.

    Raises `PersonalDataFound` with `errors`.
    """
    left = {
        field: [one for one in each if not _is_own(one, organisation)]
        for field, each in found.items()
    }
    errors = {field: describe_found(each) for field, each in left.items() if each}
    if errors:
        raise PersonalDataFound(
            " ".join([*errors.values(), _("If it is meant so, send it anyway.")]), errors=errors
        )


def find_in_words(actor: Actor, problem: Problem, words: str) -> list[Found]:
    """What the problem withholds is looked for only where the actor may know it."""
    found = find_flagged(words)
    reader = read_as(actor, problem)
    if reader.is_author or reader.sees_internal:
        found += [
            one
            for one in find_withheld(words, problem)
            if all(one.end <= other.start or other.end <= one.start for other in found)
        ]
    return sorted(found, key=lambda one: one.start)


def _is_own(one: Found, organisation: Organisation | None) -> bool:
    if organisation is None:
        return False
    if one.kind == "email":
        return one.text.lower() == organisation.email.lower()
    digits = read_digits(one.text)[-9:]
    return one.kind == "phone" and len(digits) > 4 and digits in read_digits(organisation.phone)
