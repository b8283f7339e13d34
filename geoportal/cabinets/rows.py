"""Problems as rows of a working list: the problem, its clock, its picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from geoportal.cabinets.remaining import Clock, Remaining
from geoportal.problems.lists.cards import list_shown_attachments
from geoportal.problems.models import Attachment, Problem


@dataclass(frozen=True)
class Row:
    """`pictures`: what everyone sees of the report; in moderation all that came with it."""

    problem: Problem
    remaining: Remaining
    pictures: list[Attachment] = field(default_factory=list)

    @property
    def has_unfinished(self) -> bool:
        """A video is not ready: nobody has seen it."""
        return any(each.processing == Attachment.Processing.WAITING for each in self.pictures)


def with_pictures(problems: QuerySet[Problem], *, everything: bool = False) -> QuerySet[Problem]:
    """Category, executor and pictures in a fixed number of queries.

    `everything`: hidden, later and unfinished ones as well, for who chooses among them.
    """
    if everything:
        pictures = Attachment.objects.exclude(processing=Attachment.Processing.FAILED)
    else:
        pictures = list_shown_attachments().filter(purpose=Attachment.Purpose.REPORT)
    return problems.select_related("category__parent", "organisation").prefetch_related(
        Prefetch("attachments", queryset=pictures, to_attr="pictures")
    )


def build_rows(problems: Iterable[Problem], clock: Clock | None = None) -> list[Row]:
    """Problems that `with_pictures` read."""
    clock = clock or Clock(timezone.now())
    return [
        Row(problem, clock.read(problem), list(getattr(problem, "pictures", ())))
        for problem in problems
    ]
