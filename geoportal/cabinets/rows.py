"""Problems as rows of a working list: the problem, its clock, its picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from geoportal.cabinets.remaining import Clock, Remaining
from geoportal.problems.models import Attachment, Problem


@dataclass(frozen=True)
class Row:
    """`pictures`: what the reporter sent and a moderator did not hide; all of it in moderation."""

    problem: Problem
    remaining: Remaining
    pictures: list[Attachment] = field(default_factory=list)


def with_pictures(problems: QuerySet[Problem], *, hidden: bool = False) -> QuerySet[Problem]:
    """Category, executor and pictures in a fixed number of queries."""
    pictures = Attachment.objects.filter(processing=Attachment.Processing.READY)
    if not hidden:
        pictures = pictures.filter(is_hidden=False)
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
