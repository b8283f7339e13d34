"""Which words of a history a moderator hid: the rows stay, others read that they are hidden.

Hiding and showing are steps of the same history (`details.change` names the row), the last counts.
"""

from collections.abc import Iterable

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action

HIDING = (Action.HIDE_WORDS, Action.SHOW_WORDS)


def name_hidden() -> str:
    """What stands in the place of hidden words."""
    return _("The text was hidden by a moderator")


def list_hidden(history: Iterable[StatusChange]) -> set[int]:
    """Ids of the rows whose words are hidden, of a whole history from its beginning."""
    hidden: set[int] = set()
    for change in history:
        if change.action == Action.HIDE_WORDS:
            hidden.add(change.details["change"])
        elif change.action == Action.SHOW_WORDS:
            hidden.discard(change.details["change"])
    return hidden


def is_hidden(change: StatusChange) -> bool:
    last = StatusChange.objects.filter(
        problem=change.problem_id, action__in=HIDING, details__change=change.pk
    ).order_by("-pk")
    return last.values_list("action", flat=True).first() == Action.HIDE_WORDS


def read_words(change: StatusChange) -> str:
    """The words as anybody may be told them, for letters."""
    return name_hidden() if change.words and is_hidden(change) else change.words


def find_shown_words(changes: QuerySet[StatusChange]) -> Subquery:
    """Of the first of these rows, what everyone may read. Index: problems_history_of_problem."""
    hiding = (
        StatusChange.objects.filter(problem=OuterRef("problem"), action__in=HIDING)
        .annotate(changed=Cast(KT("details__change"), BigIntegerField()))
        .filter(changed=OuterRef("pk"))
        .order_by("-pk")
    )
    shown = changes.annotate(
        last_hiding=Subquery(hiding.values("action")[:1]),
        shown_words=Case(
            When(last_hiding=Action.HIDE_WORDS, then=Value(name_hidden())),
            default=F("words"),
            output_field=TextField(),
        ),
    )
    return Subquery(shown.values("shown_words")[:1])
