"""Uploads of a draft become attachments of the problem that it turned into."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput
from geoportal.problems.models import Attachment, Problem, StatusChange


def bind_attachments(
    problem: Problem,
    owner: User | None,
    ids: Sequence[int],
    draft_id: uuid.UUID | None,
    *,
    purpose: str = Attachment.Purpose.REPORT,
    change: StatusChange | None = None,
) -> None:
    """Give the draft's uploads to the problem, in this order; those bound to it already may be
    named again.

    Raises `InvalidInput` for an upload that is not the owner's, and for more than the limit.
    """
    if not ids:
        return
    wanted = set(ids)
    if len(wanted) > settings.PROBLEM_ATTACHMENTS_MAX:
        raise InvalidInput(
            _("At most %(max)s photos and videos.") % {"max": settings.PROBLEM_ATTACHMENTS_MAX},
            errors={"attachments": _("Remove some.")},
        )
    bound = set(problem.attachments.filter(pk__in=wanted).values_list("pk", flat=True))
    uploads = Attachment.objects.select_for_update().filter(
        pk__in=wanted - bound, owner=owner, draft_id=draft_id, problem__isnull=True
    )
    if len(uploads) != len(wanted - bound):
        raise InvalidInput(
            _("Some photos are gone; add them again. The text is kept."),
            errors={"attachments": _("Add them again.")},
        )
    for upload in uploads:
        upload.problem, upload.draft_id = problem, None
        upload.purpose, upload.change = purpose, change
        upload.position = list(ids).index(upload.pk)
    Attachment.objects.bulk_update(
        uploads, ["problem", "draft_id", "purpose", "change", "position"]
    )
