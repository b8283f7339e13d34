"""Everything the page of the form shows and its scripts start from."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django.conf import settings
from django.utils.crypto import salted_hmac

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor, is_confirmed, is_moderator
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.problems.api.describe import UploadDocument, describe_upload
from geoportal.problems.forms.filled_forms import FilledForm
from geoportal.problems.models import Attachment
from geoportal.problems.services.reporting import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    SHORTEST_TITLE,
)
from geoportal.web.catalogue import join_extents
from geoportal.web.reporting.category_tree import list_groups
from layers.access import list_layers_for, list_visibilities
from layers.models import Layer
from layers.reading.summary import get_summary

SCRIPT = "web/js/report/main.mjs"
MEGABYTE = 1024**2


class Limits(TypedDict):
    """Sizes in bytes, lengths in letters."""

    files: int
    photo_bytes: int
    video_bytes: int
    title_min: int
    title_max: int
    description_max: int


class Person(TypedDict):
    """Who fills the form in; `name` as it would be shown."""

    signed_in: bool
    confirmed: bool
    moderator: bool
    name: str


class ReportConfig(MapConfig):
    """`focus`: where the map begins, west, south, east, north in degrees."""

    limits: Limits
    person: Person
    uploads: list[UploadDocument]
    focus: list[float] | None


def describe_person(actor: Actor) -> Person:
    return {
        "signed_in": actor.is_authenticated,
        "confirmed": is_confirmed(actor),
        "moderator": is_moderator(actor),
        "name": actor.get_full_name() if isinstance(actor, User) else "",
    }


def name_draft_owner(actor: Actor) -> str:
    """Whose drafts the browser keeps: the same for one person, telling nothing of him."""
    if not isinstance(actor, User):
        return ""
    keyed = salted_hmac("geoportal.web.draft_owner", str(actor.pk), algorithm="sha256")
    return keyed.hexdigest()[:24]


def get_limits() -> Limits:
    return {
        "files": settings.PROBLEM_ATTACHMENTS_MAX,
        "photo_bytes": settings.PHOTO_BYTES_MAX,
        "video_bytes": settings.VIDEO_BYTES_MAX,
        "title_min": SHORTEST_TITLE,
        "title_max": LONGEST_TITLE,
        "description_max": LONGEST_DESCRIPTION,
    }


def build_config(actor: Actor, uploads: Sequence[Attachment]) -> ReportConfig:
    layers = list(list_layers_for(actor))
    return {
        **build_map_config(find_bounds(actor, layers), SCRIPT),
        "focus": find_focus(actor, layers),
        "limits": get_limits(),
        "person": describe_person(actor),
        "uploads": [describe_upload(each) for each in uploads],
    }


def find_bounds(actor: Actor, layers: Sequence[Layer]) -> list[float] | None:
    """Around the community, by its boundary where there is one."""
    boundary = [layer for layer in layers if layer.slug == settings.BOUNDARY_LAYER]
    return join_extents(
        [get_summary(layer, list_visibilities(actor, layer)) for layer in boundary or layers]
    )


def find_focus(actor: Actor, layers: Sequence[Layer]) -> list[float] | None:
    """Where people live closest together: the smallest extent of what the map opens with."""
    opened = [layer for layer in layers if layer.shown_by_default and not layer.is_basemap]
    extents = [get_summary(layer, list_visibilities(actor, layer)).extent for layer in opened]
    spread = [box for box in extents if box and box[0] < box[2] and box[1] < box[3]]
    smallest = min(spread, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)
    return list(smallest) if smallest else find_bounds(actor, layers)


def build_context(
    actor: Actor,
    form: FilledForm,
    errors: Mapping[str, object],
    uploads: Sequence[Attachment],
) -> dict[str, object]:
    """For `web/report/new.html`."""
    refused = errors.get("answers")
    groups = list_groups(form, refused if isinstance(refused, dict) else {}, errors)
    return {
        "form": form,
        "errors": errors,
        "groups": groups,
        "uploads": uploads,
        "draft_owner": name_draft_owner(actor),
        "config": build_config(actor, uploads),
        "moderator": is_moderator(actor),
        "photo_mb": settings.PHOTO_BYTES_MAX // MEGABYTE,
        "video_mb": settings.VIDEO_BYTES_MAX // MEGABYTE,
    }
