"""What somebody filled in when an action was refused, kept in the session for the next page."""

from django.http import HttpRequest, QueryDict

from geoportal.core.errors import DomainError
from geoportal.problems.personal_data.flagged import FLAGS_CONFIRMED, FlaggedText
from geoportal.problems.personal_data.public_words import CONFIRMED, PersonalDataFound

PREFIX = "problem_form"
# Letters of one form, and forms of one session: the oldest go.
LONGEST = 20_000
FORMS_MAX = 12
NOT_KEPT = ("csrfmiddlewaretoken", CONFIRMED, FLAGS_CONFIRMED)


def _build_name(number: int, action: str) -> str:
    return f"{PREFIX}:{number}:{action}"


def keep_form(request: HttpRequest, number: int, action: str, error: DomainError) -> None:
    """Fields (lists where a name repeats), the message, the errors by field, sides of a border, and
    by which field the form may be sent as it is (`confirms`).

    A yes to its words stands while the text that it publishes is asked about, or neither would end.

    A visitor's form waits until they have signed in, and then nothing is wrong with it.
    """
    kept = [name for name, _form in request.session.items() if name.startswith(PREFIX)]
    for oldest in kept[: max(0, len(kept) - FORMS_MAX + 1)]:
        del request.session[oldest]
    request.session[_build_name(number, action)] = _read_fields(request.POST) | {
        "message": str(error.message) if request.user.is_authenticated else "",
        "errors": {name: str(text) for name, text in _read_errors(error).items()},
        "confirms": _find_confirming(error),
        CONFIRMED: isinstance(error, FlaggedText) and bool(request.POST.get(CONFIRMED)),
        "sides": error.extra.get("sides", []),
    }


def _find_confirming(error: DomainError) -> str:
    if isinstance(error, PersonalDataFound):
        return CONFIRMED
    return FLAGS_CONFIRMED if isinstance(error, FlaggedText) else ""


def _read_fields(fields: QueryDict) -> dict[str, object]:
    """In the order of the form, while there is room."""
    kept: dict[str, object] = {}
    room = LONGEST
    for name, values in fields.lists():
        size = len(name) + sum(map(len, values))
        if name not in NOT_KEPT and values and size <= room:
            kept[name] = values if len(values) > 1 else values[0]
            room -= size
    return kept


def _read_errors(error: DomainError) -> dict[str, object]:
    errors = error.extra.get("errors")
    return errors if isinstance(errors, dict) else {}


def take_form(request: HttpRequest, number: int, action: str) -> dict[str, object]:
    """What was kept, once; an empty dictionary where nothing was."""
    kept: dict[str, object] = request.session.pop(_build_name(number, action), {})
    return kept


def forget_form(request: HttpRequest, number: int, action: str) -> None:
    request.session.pop(_build_name(number, action), None)
