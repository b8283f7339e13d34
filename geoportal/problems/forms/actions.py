"""What can be asked of a problem by name, and how the fields of a form become its service's words.

One table for the public page, the moderators' queue and the cabinets, and one door: `Asked` looks
through words that everyone will read, whoever sends them.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import InvalidInput, NotFound
from geoportal.problems import services
from geoportal.problems.models import Category, Problem
from geoportal.problems.personal_data.flagged import FLAGS_CONFIRMED
from geoportal.problems.personal_data.plain_text import drop_unwritable
from geoportal.problems.personal_data.public_words import require_considered

Fields = QueryDict
Reader = Callable[[Fields, str], Any]


def read_text(fields: Fields, name: str) -> str:
    return drop_unwritable(fields.get(name, "")).strip()


def read_truth(fields: Fields, name: str) -> bool:
    return fields.get(name, "") in ("1", "true", "on", "yes")


def read_number(fields: Fields, name: str) -> int:
    """Raises `InvalidInput` where there is no whole number."""
    value = read_integer(fields, name)
    if value is None:
        raise _build_refusal(name, _("A number is missing."))
    return value


def read_integer(fields: Fields, name: str) -> int | None:
    """The whole number, or `None` for an empty field."""
    text = read_text(fields, name).replace("№", "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise _build_refusal(name, _("Write a whole number."))
    return int(text)


def read_degrees(fields: Fields, name: str) -> float:
    """Raises `InvalidInput` for what is not degrees."""
    try:
        degrees = float(read_text(fields, name))
    except ValueError:
        degrees = float("nan")
    if not -180 <= degrees <= 180:
        raise _build_refusal(name, _("Show the place on the map."))
    return degrees


def read_date(fields: Fields, name: str) -> date:
    try:
        return date.fromisoformat(read_text(fields, name))
    except ValueError:
        raise _build_refusal(name, _("Choose a date.")) from None


def read_uuid(fields: Fields, name: str) -> uuid.UUID | None:
    text = read_text(fields, name)
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise _build_refusal(name, _("This draft has a wrong number.")) from None


def read_ids(fields: Fields, name: str) -> list[int]:
    texts = [text for text in fields.getlist(name) if text.strip()]
    if any(not (text.isascii() and text.isdigit() and len(text) < 16) for text in texts):
        raise _build_refusal(name, _("Add the photos again."))
    return [int(text) for text in texts]


def read_organisation(fields: Fields, name: str) -> Organisation:
    slug = read_text(fields, name)
    if not slug:
        raise _build_refusal(name, _("Choose an organisation."))
    organisation = Organisation.objects.filter(slug=slug, is_active=True).first()
    if organisation is None:
        raise NotFound(_("There is no organisation “%(slug)s”.") % {"slug": slug})
    return organisation


def read_organisation_if_named(fields: Fields, name: str) -> Organisation | None:
    return read_organisation(fields, name) if read_text(fields, name) else None


def read_category(fields: Fields, name: str) -> Category:
    category = Category.objects.filter(code=read_text(fields, name)).first()
    if category is None:
        raise _build_refusal(name, _("Choose a category from the list."))
    return category


def read_sides(fields: Fields, name: str) -> dict[str, str] | None:
    """Territories chosen near a border, each as `layer:key`; a form has a field for each layer."""
    named = [each for each in fields if each == name or each.startswith(f"{name}-")]
    texts = [text for each in named for text in fields.getlist(each)]
    sides = [text.partition(":") for text in texts if text]
    return {layer: key for layer, _colon, key in sides} or None


def _build_refusal(name: str, message: str) -> InvalidInput:
    return InvalidInput(message, errors={name: message})


@dataclass(frozen=True)
class Named:
    """A service, its fields and how each is read; `done` is said when it worked, and
    `done_confidential` instead where nothing was published.
    """

    run: Callable[..., object]
    reads: Mapping[str, Reader]
    done: str
    done_confidential: str = ""


@dataclass(frozen=True)
class Asked:
    """An action as a form asks for it, its fields read: the only way to do one by its name."""

    name: str
    named: Named
    fields: Fields
    values: Mapping[str, Any]

    @classmethod
    def read(cls, name: str, fields: Fields) -> Self:
        """Raises `NotFound` for a name that is none, `InvalidInput` with `errors` by field."""
        named = list_actions().get(name)
        if named is None:
            raise NotFound(_("There is no such action."))
        return cls(
            name, named, fields, {field: read(fields, field) for field, read in named.reads.items()}
        )

    def do(self, actor: User, problem: Problem) -> str:
        """What to say when it is done.

        Raises `PersonalDataFound` for public words with personal data that nobody has confirmed,
        and what the service raises.
        """
        require_considered(actor, problem, self.name, self.fields)
        self.named.run(actor=actor, number=problem.pk, **self.values)
        confidential = self.named.done_confidential if problem.is_confidential else ""
        return confidential or self.named.done


WORDS: dict[str, Reader] = {"words": read_text}
WHO: dict[str, Reader] = {"organisation": read_organisation}
MEDIA: dict[str, Reader] = {"attachments": read_ids, "draft_id": read_uuid}
VERSION: dict[str, Reader] = {"expected_version": read_integer}
BORDER: dict[str, Reader] = {"border_confirmed": read_truth, "chosen": read_sides}
FLAGS: dict[str, Reader] = {FLAGS_CONFIRMED: read_truth}
REASON: dict[str, Reader] = {"reason": read_text, "words": read_text}


def list_actions() -> dict[str, Named]:
    """Every action by its name in the URL; built for each request, so `done` is translated."""
    return {
        "publish": Named(
            services.publish_problem,
            WORDS | VERSION | BORDER | FLAGS,
            _("The problem is published."),
            _("The report is passed on to those who answer for it."),
        ),
        "reject": Named(
            services.reject_problem,
            REASON | VERSION,
            _("Not published; the author is told why."),
            _("Not passed on; the author is told why."),
        ),
        "retract": Named(
            services.retract_problem, REASON, _("Taken from publication."), _("Taken back.")
        ),
        "restore": Named(services.restore_problem, WORDS, _("On moderation again.")),
        "resubmit": Named(services.resubmit_report, WORDS, _("Sent to the moderators again.")),
        "edit": Named(
            services.edit_problem,
            WORDS | VERSION | FLAGS | {"title": read_text, "description": read_text},
            _("The text is changed."),
        ),
        "move": Named(
            services.move_problem,
            WORDS
            | VERSION
            | BORDER
            | FLAGS
            | {"lon": read_degrees, "lat": read_degrees, "address": _read_address},
            _("The place is changed."),
        ),
        "recategorise": Named(
            services.recategorise_problem,
            WORDS | VERSION | BORDER | FLAGS | {"category": read_category},
            _("The category is changed."),
        ),
        "hide_media": Named(_hide_media, WORDS | {"attachment": read_number}, _("Hidden.")),
        "show_media": Named(_show_media, WORDS | {"attachment": read_number}, _("Shown.")),
        "hide_words": Named(_hide_words, WORDS | {"change": read_number}, _("Hidden.")),
        "show_words": Named(_show_words, WORDS | {"change": read_number}, _("Shown.")),
        "withdraw": Named(
            services.withdraw_problem, REASON, _("Removed from public view; it can be returned.")
        ),
        "bring_back": Named(
            services.bring_back_problem, WORDS | FLAGS, _("Returned to public view.")
        ),
        "assign": Named(
            services.assign_organisation,
            WHO | WORDS | {"role": _read_role},
            _("The organisation has the problem."),
        ),
        "merge": Named(
            services.merge_problem, WORDS | {"into": read_number}, _("The problems are joined.")
        ),
        "ask_reporter": Named(services.ask_reporter, WORDS, _("The author is asked.")),
        "accept": Named(
            services.accept_problem, WHO | WORDS | {"purpose": read_text}, _("Accepted.")
        ),
        "ask": Named(services.ask_author, WHO | WORDS, _("The author is asked.")),
        "forward": Named(
            services.forward_problem, WHO | WORDS | {"to": read_organisation}, _("Forwarded.")
        ),
        "announce": Named(
            services.announce_date,
            WHO | WORDS | {"planned_on": read_date},
            _("The date is announced."),
        ),
        "close": Named(
            services.close_problem,
            WHO | WORDS | MEDIA | {"resolution": read_text},
            _("The problem is closed."),
        ),
        "note": Named(
            services.add_note,
            WORDS | {"organisation": read_organisation_if_named},
            _("The note is kept."),
        ),
        "answer": Named(services.answer_question, WORDS | MEDIA, _("The answer is sent.")),
        "rate": Named(
            services.rate_result,
            WORDS | {"rating": read_integer, "is_confirmed": read_truth},
            _("Thank you for the rating."),
        ),
        "reopen": Named(services.reopen_problem, WORDS | MEDIA, _("The problem is open again.")),
        "join": Named(services.join_problem, {}, _("You joined; you will be told of changes.")),
        "follow": Named(services.follow_problem, {}, _("You will be told of changes.")),
        "unfollow": Named(services.unfollow_problem, {}, _("No more letters about it.")),
    }


def _read_address(fields: Fields, name: str) -> str | None:
    return read_text(fields, name) if name in fields else None


def _read_role(fields: Fields, name: str) -> str:
    return read_text(fields, name) or "executor"


def _hide_media(**values: Any) -> object:
    return services.set_media_hidden(is_hidden=True, **values)


def _show_media(**values: Any) -> object:
    return services.set_media_hidden(is_hidden=False, **values)


def _hide_words(**values: Any) -> object:
    return services.set_words_hidden(is_hidden=True, **values)


def _show_words(**values: Any) -> object:
    return services.set_words_hidden(is_hidden=False, **values)
