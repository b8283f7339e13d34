"""What a list of problems needs beside the rows themselves."""

from django.db.models import Prefetch, Q, QuerySet

from geoportal.problems.lists.filters import Row
from geoportal.problems.models import Attachment
from geoportal.problems.workflow import PUBLISHED


def list_shown_attachments() -> QuerySet[Attachment]:
    """Photos and videos that everyone who sees the problem may see: those of the report, and of
    steps between its publication and the archive; what passed before, or in a note, is private.
    """
    public_step = Q(
        change__is_internal=False,
        change__from_state__in=PUBLISHED,
        change__to_state__in=PUBLISHED,
    )
    return Attachment.objects.filter(
        Q(change__isnull=True) | public_step,
        processing=Attachment.Processing.READY,
        is_hidden=False,
        problem__isnull=False,
    )


def with_cards(problems: QuerySet[Row]) -> QuerySet[Row]:
    """The same problems with category, organisation and photos: one query more, however many.

    `shown_pictures`: photos and videos of the report that are not hidden.
    """
    pictures = (
        list_shown_attachments()
        .filter(purpose=Attachment.Purpose.REPORT)
        .only("problem_id", "kind", "processing", "width", "height")
        .order_by("position", "pk")
    )
    return problems.select_related("category__parent", "organisation").prefetch_related(
        Prefetch("attachments", queryset=pictures, to_attr="shown_pictures")
    )
