"""Photos and videos over HTTP: of a problem to whoever may see it, of a draft to its owner."""

from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import NotFound
from geoportal.core.http.ranges import serve_file
from geoportal.problems.access import access_problem
from geoportal.problems.history.timeline import Reader, read_as
from geoportal.problems.media.uploads import access_upload
from geoportal.problems.models import Attachment, Problem

PARTS = ("file", "thumbnail")
# Asked for anew each time: a moderator may hide it at any moment.
SHARED, PERSONAL = "public, no-cache", "private, no-cache"


@require_safe
def problem_media(
    request: HttpRequest, number: int, attachment_id: int, part: str
) -> HttpResponseBase:
    """`/problems/<number>/media/<id>/file` or `thumbnail`, in byte ranges where asked."""
    problem = access_problem(request.user, number)
    attachment = access_media(request.user, problem, attachment_id)
    shared = problem.is_shown and not attachment.is_hidden and not _is_private(attachment)
    return serve_attachment(request, attachment, part, SHARED if shared else PERSONAL)


@require_safe
def upload_thumbnail(request: HttpRequest, upload_id: int) -> HttpResponseBase:
    """What the owner of a draft sees of an upload."""
    return serve_attachment(request, access_upload(request.user, upload_id), "thumbnail", PERSONAL)


def access_media(actor: Actor, problem: Problem, attachment_id: int) -> Attachment:
    """A photo or video of a problem that the actor may see; a hidden one only to moderators and
    to the author (and, before a moderator has looked at it, to those who work on the problem), that
    of a step of the history only to those who may read the step.
    """
    found = problem.attachments.select_related("change").filter(pk=attachment_id).first()
    hidden = (
        found is not None and found.is_hidden and not read_as(actor, problem).may_see_media(found)
    )
    private = found is not None and _is_private(found) and not _may_read(actor, problem, found)
    if found is None or hidden or private:
        raise NotFound(_("There is no such photo or video."))
    return found


def _is_private(attachment: Attachment) -> bool:
    """Of a step that not everyone reads: a note, or an answer to a moderator's question."""
    return attachment.change is not None and not Reader().may_see(attachment.change)


def _may_read(actor: Actor, problem: Problem, attachment: Attachment) -> bool:
    change = attachment.change
    return change is None or read_as(actor, problem).may_see(change)


def serve_attachment(
    request: HttpRequest, attachment: Attachment, part: str, cache_control: str
) -> HttpResponseBase:
    """Files never change under their names, so the name is the strong entity tag."""
    stored = attachment.thumbnail if part == "thumbnail" else attachment.file
    if part not in PARTS or attachment.processing != Attachment.Processing.READY or not stored:
        raise NotFound(_("There is no such photo or video."))
    path = Path(stored.path)
    if not path.is_file():
        raise NotFound(_("There is no such photo or video."))
    is_small = part == "thumbnail"
    response = serve_file(
        request,
        path,
        "image/jpeg" if is_small else attachment.content_type,
        etag=f'"{path.stem}"',
        cache_control=cache_control,
        filename=f"{attachment.problem_id or 'draft'}-{attachment.pk}{path.suffix}",
    )
    response.headers["Vary"] = "Cookie"
    return response
