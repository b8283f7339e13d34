"""Uploads of a draft become attachments of the problem that it turned into, and may leave it."""

import uuid
from collections.abc import Collection, Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput
from geoportal.media.files import delete_files
from geoportal.problems.models import Attachment, Problem, StatusChange

LATER_PURPOSES = (Attachment.Purpose.ANSWER, Attachment.Purpose.REOPENING)
BOUND_FIELDS = (
    *("problem", "draft_id", "purpose", "change", "position"),
    *("is_hidden", "needs_check"),
)


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
    # What its author adds to a published problem is shown when a moderator has looked at it.
    unchecked = problem.is_published and purpose in LATER_PURPOSES
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
        upload.is_hidden = upload.needs_check = unchecked
    Attachment.objects.bulk_update(uploads, BOUND_FIELDS)


def hide_unfinished(problem: Problem) -> None:
    """At publication: a video that is still being prepared was not there for the moderator."""
    waiting = problem.attachments.filter(processing=Attachment.Processing.WAITING)
    waiting.update(is_hidden=True, needs_check=True)


def list_removable(problem: Problem, owner: User) -> QuerySet[Attachment]:
    """What the owner sent with the report itself, not with a later step of its history."""
    return problem.attachments.filter(owner=owner, purpose=Attachment.Purpose.REPORT)


def remove_attachments(problem: Problem, owner: User, ids: Collection[int]) -> None:
    """Take photos and videos out of a report that is not published, files and all.

    Raises `InvalidInput` for one that is not the owner's, or not of the report itself.
    """
    going = list_removable(problem, owner).filter(pk__in=ids)
    if delete_with_files(going) != len(set(ids)):
        raise InvalidInput(
            _("Some of these photos cannot be removed; look at the report again."),
            errors={"removed": _("Only photos and videos that you sent with the report.")},
        )


@transaction.atomic
def delete_with_files(going: QuerySet[Attachment]) -> int:
    """Rows now, files when that is certain; how many rows."""
    rows = list(going.select_for_update())
    names = [name for row in rows for name in (row.file.name, row.thumbnail.name) if name]
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(partial(delete_files, names))
    return len(rows)
