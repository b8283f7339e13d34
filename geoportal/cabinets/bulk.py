"""One action on many problems: each succeeds or is refused by itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import DomainError, InvalidInput
from geoportal.problems.access import list_held_problems
from geoportal.problems.forms.actions import Asked, read_ids
from geoportal.problems.models import Problem
from geoportal.problems.personal_data.public_words import CONFIRMED, PersonalDataFound
from geoportal.problems.workflow import Action

BULK_ACTIONS: tuple[Action, ...] = (Action.ACCEPT, Action.FORWARD, Action.ANNOUNCE, Action.CLOSE)
BULK_MAX = 100
FIELDS = ("action", "words", "purpose", "to", "planned_on", "resolution")


@dataclass(frozen=True)
class Outcome:
    """What became of one problem; `words` say why it was refused.

    `unconfirmed`: personal data in words that everyone reads; it may be sent as it is.
    """

    number: int
    title: str
    done: bool
    words: str
    unconfirmed: bool = False


def run_bulk(*, actor: User, organisation: Organisation, fields: QueryDict) -> list[Outcome]:
    """Each problem in its own transaction, in the order given.

    Raises `InvalidInput` where nothing was selected, or a field of the action is wrong: then
    nothing was done. A number that the organisation does not hold is refused like one that is not.
    """
    action = fields.get("action", "")
    if action not in BULK_ACTIONS:
        raise InvalidInput(_("Choose what to do."), errors={"action": _("Choose.")})
    numbers = list(dict.fromkeys(read_ids(fields, "numbers")))
    if not numbers:
        raise InvalidInput(_("Select at least one problem."))
    if len(numbers) > BULK_MAX:
        raise InvalidInput(_("At most %(max)s problems at once.") % {"max": BULK_MAX})
    given = fields.copy()
    given["organisation"] = organisation.slug
    asked = Asked.read(action, given)
    titles = dict(
        list_held_problems(actor, organisation).filter(pk__in=numbers).values_list("pk", "title")
    )
    outcomes = []
    for number in numbers:
        title = titles.get(number)
        if title is None:
            words = _("The problem is not with your organisation any more.")
            outcomes.append(Outcome(number, "", False, words))
            continue
        try:
            done = asked.do(actor, Problem.objects.get(pk=number))
        except DomainError as refusal:
            unconfirmed = isinstance(refusal, PersonalDataFound)
            outcomes.append(Outcome(number, title, False, str(refusal.message), unconfirmed))
        else:
            outcomes.append(Outcome(number, title, True, done))
    return outcomes


@dataclass(frozen=True)
class KeptBulk:
    """What was filled in, what came of it; shown once on the list."""

    fields: dict[str, str]
    numbers: list[int]
    outcomes: list[Outcome]
    message: str

    @property
    def done(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.done]

    @property
    def confirms(self) -> str:
        """The field by which what was refused may be sent as it is; '' where nothing may."""
        return CONFIRMED if any(each.unconfirmed for each in self.outcomes) else ""

    @property
    def refused(self) -> list[Outcome]:
        return [each for each in self.outcomes if not each.done]


def keep_bulk(
    request: HttpRequest, slug: str, outcomes: Sequence[Outcome], message: str = ""
) -> None:
    """In the session; where all is done, only the outcomes. The refused stay selected."""
    refused = {each.number for each in outcomes if not each.done}
    selected = request.POST.getlist("numbers")
    request.session[f"bulk:{slug}"] = {
        "fields": {name: request.POST.get(name, "") for name in FIELDS}
        if refused or message
        else {},
        "numbers": [number for number in selected if message or number in map(str, refused)],
        "outcomes": [asdict(each) for each in outcomes],
        "message": message,
    }


def take_bulk(request: HttpRequest, slug: str) -> KeptBulk | None:
    """What was kept, once."""
    kept = request.session.pop(f"bulk:{slug}", None)
    if kept is None:
        return None
    given = [str(number) for number in kept["numbers"]]
    numbers = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 16]
    outcomes = [Outcome(**each) for each in kept["outcomes"]]
    return KeptBulk(kept["fields"], numbers, outcomes, kept["message"])
