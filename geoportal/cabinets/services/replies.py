"""Prepared words of an organisation: its officers and head add, change and remove them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor, can_work_for
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from geoportal.problems.models import Category, ResponseTemplate
from geoportal.problems.workflow import Action

REPLIES_MAX = 100
LONGEST_WORDS = 4000
REPLY_ACTIONS: tuple[Action, ...] = (
    Action.ACCEPT,
    Action.ASK,
    Action.FORWARD,
    Action.ANNOUNCE,
    Action.CLOSE,
    Action.NOTE,
)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """`action` empty: for all; `category` `None`: for all, else for it and those under it."""

    title: str
    words: str
    action: str = ""
    category: Category | None = None


def require_may_change(actor: Actor, organisation: Organisation) -> None:
    """Raises `NotAllowed` for viewers and for administrators who are no members."""
    if not can_work_for(actor, organisation.pk):
        raise NotAllowed(_("Officers and the head of the organisation do this."))


@transaction.atomic
def add_reply(*, actor: Actor, organisation: Organisation, reply: Reply) -> ResponseTemplate:
    """Raises `InvalidInput` with `errors` by field, `Conflict` when there are too many."""
    require_may_change(actor, organisation)
    check_reply(reply)
    if ResponseTemplate.objects.filter(organisation=organisation).count() >= REPLIES_MAX:
        raise Conflict(_("At most %(max)s templates.") % {"max": REPLIES_MAX})
    return ResponseTemplate.objects.create(organisation=organisation, **_read(reply))


@transaction.atomic
def change_reply(
    *, actor: Actor, organisation: Organisation, number: int, reply: Reply
) -> ResponseTemplate:
    """Raises `NotFound` for a template of another organisation or of everybody."""
    require_may_change(actor, organisation)
    check_reply(reply)
    standing = _get_own(organisation, number)
    for name, value in _read(reply).items():
        setattr(standing, name, value)
    standing.save()
    return standing


@transaction.atomic
def remove_reply(*, actor: Actor, organisation: Organisation, number: int) -> None:
    require_may_change(actor, organisation)
    _get_own(organisation, number).delete()


def check_reply(reply: Reply) -> None:
    errors = {}
    if not 1 <= len(reply.title.strip()) <= 120:
        errors["title"] = _("From 1 to 120 letters.")
    if not 1 <= len(reply.words.strip()) <= LONGEST_WORDS:
        errors["words"] = _("At most %(max)s letters.") % {"max": LONGEST_WORDS}
    if reply.action and reply.action not in REPLY_ACTIONS:
        errors["action"] = _("Choose from the list.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)


def _read(reply: Reply) -> dict[str, object]:
    return {
        "title": reply.title.strip(),
        "words": reply.words.strip(),
        "action": reply.action,
        "category": reply.category,
    }


def _get_own(organisation: Organisation, number: int) -> ResponseTemplate:
    found = ResponseTemplate.objects.filter(organisation=organisation, pk=number).first()
    if found is None:
        raise NotFound(_("There is no such template."))
    return found
