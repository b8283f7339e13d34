"""What a list of problems needs beside the rows themselves."""

from django.db.models import Prefetch, QuerySet

from geoportal.problems.models import Attachment, Problem


def list_shown_attachments() -> QuerySet[Attachment]:
    """Photos and videos that everyone who sees the problem may see."""
    return Attachment.objects.filter(
        processing=Attachment.Processing.READY, is_hidden=False, problem__isnull=False
    )


def with_cards(problems: QuerySet[Problem]) -> QuerySet[Problem]:
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
