"""Reads uploads: each person knows of their own alone."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Gone, NotFound
from geoportal.uploads.models import Upload


def access_upload(actor: Actor, purpose: str, upload_id: uuid.UUID) -> Upload:
    """The actor's own; somebody else's is not found. Raises `Gone` for what does not wait now."""
    uploads = Upload.objects.filter(pk=upload_id, purpose=purpose)
    upload = uploads.filter(owner=actor).first() if isinstance(actor, User) else None
    if upload is None:
        raise NotFound(_("There is no such upload."))
    require_waiting(upload)
    return upload


def require_waiting(upload: Upload) -> None:
    """Raises `Gone` with the reason."""
    if upload.state == Upload.State.TAKEN:
        raise Gone(_("“%(file)s” has been taken over already.") % {"file": upload.name})
    if upload.state == Upload.State.REMOVED or upload.expires_at <= timezone.now():
        words = _("“%(file)s” waited too long and was removed. Send it once more.")
        raise Gone(words % {"file": upload.name})
