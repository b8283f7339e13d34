"""`POST /problems/<number>/actions/<action>/files/`: an action with photos, without JavaScript."""

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from geoportal.core.errors import DomainError, NotFound
from geoportal.problems.access import list_problems_for
from geoportal.problems.forms.actions import list_actions, read_uuid
from geoportal.problems.forms.sending import require_upload_rate
from geoportal.problems.forms.views import act, refuse
from geoportal.problems.media.uploads import add_upload


@require_POST
def act_with_files(request: HttpRequest, number: int, action: str) -> HttpResponseBase:
    """Keep the files of the form (`files`) in the draft, then do what the plain form would.

    What was uploaded before a refusal is named in the kept form, so that nothing is sent twice.
    """
    named = list_actions().get(action)
    seen = list_problems_for(request.user).filter(pk=number).exists()
    if named is None or "attachments" not in named.reads or not seen:
        raise NotFound(_("There is no such action."))
    if not request.user.is_authenticated:
        return act(request, number, action)
    fields = request.POST.copy()
    try:
        draft_id = read_uuid(fields, "draft_id") or uuid.uuid4()
        fields["draft_id"] = str(draft_id)
        request.POST = fields  # type: ignore[assignment]
        for file in request.FILES.getlist("files"):
            require_upload_rate(request)
            upload = add_upload(actor=request.user, draft_id=draft_id, file=file)
            fields.appendlist("attachments", str(upload.attachment.pk))
    except DomainError as error:
        return refuse(request, number, action, error)
    return act(request, number, action)
