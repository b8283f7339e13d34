"""What somebody filled in when an action was refused, kept in the session for the next page."""

from django.http import HttpRequest

from geoportal.core.errors import DomainError

PREFIX = "problem_form"
LONGEST = 20_000


def _build_name(number: int, action: str) -> str:
    return f"{PREFIX}:{number}:{action}"


def keep_form(request: HttpRequest, number: int, action: str, error: DomainError) -> None:
    """Fields (lists where a name repeats), the message, the errors by field, sides of a border.

    A visitor's form waits until they have signed in, and then nothing is wrong with it.
    """
    fields = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and sum(map(len, values)) <= LONGEST
    }
    request.session[_build_name(number, action)] = fields | {
        "message": str(error.message) if request.user.is_authenticated else "",
        "errors": {name: str(text) for name, text in _read_errors(error).items()},
        "sides": error.extra.get("sides", []),
    }


def _read_errors(error: DomainError) -> dict[str, object]:
    errors = error.extra.get("errors")
    return errors if isinstance(errors, dict) else {}


def take_form(request: HttpRequest, number: int, action: str) -> dict[str, object]:
    """What was kept, once; an empty dictionary where nothing was."""
    kept: dict[str, object] = request.session.pop(_build_name(number, action), {})
    return kept


def forget_form(request: HttpRequest, number: int, action: str) -> None:
    request.session.pop(_build_name(number, action), None)
