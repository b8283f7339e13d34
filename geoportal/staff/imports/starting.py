"""Files that have come become imports: parts that belong together one, every other its own."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import InvalidInput
from geoportal.staff.imports.gathering import gather
from geoportal.uploads.models import Upload
from geoportal.uploads.purposes import get_purpose
from geoportal.uploads.selectors import access_upload
from geoportal.uploads.services import keep_file
from importers.models import Import, ImportGroup
from importers.remote.address import name_file
from importers.stages.from_address import choose_several, receive_choice, receive_from_address
from importers.stages.groups import make_group
from importers.stages.services import PURPOSE, receive_import
from importers.states import Origin, State
from layers.models import Layer
from layers.slugs import propose_slug


@dataclass(frozen=True, kw_only=True)
class Aim:
    """Where files go: into `layer`, or each into a new one of `organisation`, which `slug` names
    where there is only one file."""

    layer: Layer | None = None
    slug: str = ""
    organisation: Organisation | None = None


def keep_files(actor: User, files: Sequence["UploadedFile[Any]"]) -> list[uuid.UUID]:
    """Files that a form has brought whole wait as those that came in pieces do."""
    purpose = get_purpose(PURPOSE)
    return [keep_file(actor=actor, purpose=purpose, file=file).pk for file in files]


def list_waiting(actor: User, ids: Sequence[uuid.UUID]) -> list[Upload]:
    """Those of the form that can still be used."""
    own = Upload.objects.filter(pk__in=ids, owner=actor, purpose=PURPOSE, state=Upload.State.HERE)
    return list(own.order_by("created_at"))


@transaction.atomic
def start_imports(*, actor: User, upload_ids: Sequence[uuid.UUID], aim: Aim) -> list[Import]:
    """All of them or none: then the files wait on.

    Raises `InvalidInput` for no file, and what `receive_import` raises.
    """
    if not upload_ids:
        raise InvalidInput(_("Choose a file first."))
    groups = gather([access_upload(actor, PURPOSE, upload_id) for upload_id in upload_ids])
    imports = [
        receive_import(
            actor=actor,
            uploads=[upload.pk for upload in group.uploads],
            slug=choose_slug(aim, group.name, alone=len(groups) == 1),
            creates=aim.layer is None,
            organisation=aim.organisation,
            origin=Origin.PAGE,
        )
        for group in groups
    ]
    if len(imports) > 1:
        make_group(imports)
    return imports


def start_from_address(*, actor: User, address: str, dataset: str, aim: Aim) -> Import:
    """Raises what `receive_from_address` raises."""
    name = name_file(address) or dataset or "layer"
    return receive_from_address(
        actor=actor,
        address=address,
        dataset=dataset,
        slug=choose_slug(aim, name, alone=True),
        creates=aim.layer is None,
        organisation=aim.organisation,
        origin=Origin.PAGE,
    )


def start_several(*, actor: User, address: str, datasets: Sequence[str], aim: Aim) -> list[Import]:
    """Datasets of one address, each an import of one group: all into the layer, or each into a
    new one. They go on by themselves to what would change. All of them or none.

    Without names: all that stand there. Raises as `choose_several` and `receive_choice`.
    """
    choices = choose_several(address, datasets)
    if len(choices) == 1:
        one = choices[0].dataset.name
        return [start_from_address(actor=actor, address=address, dataset=one, aim=aim)]
    with transaction.atomic():
        group = ImportGroup.objects.create(name=choices[0].found.title[:254])
        return [
            receive_choice(
                actor=actor,
                choice=choice,
                slug=choose_slug(aim, choice.dataset.title or choice.dataset.name, alone=False),
                creates=aim.layer is None,
                organisation=aim.organisation,
                goes_to=State.READY,
                origin=Origin.PAGE,
                part=choice.dataset.title or choice.dataset.name,
                group=group,
            )
            for choice in choices
        ]


def choose_slug(aim: Aim, name: str, *, alone: bool) -> str:
    if aim.layer is not None:
        return aim.layer.slug
    if alone and aim.slug:
        return aim.slug
    waiting = Import.objects.filter(creates=True, layer=None).values_list("slug", flat=True)
    taken = {*Layer.objects.values_list("slug", flat=True), *waiting}
    return propose_slug(PurePath(name).stem, taken)
