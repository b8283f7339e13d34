"""One file becomes several imports, one for each of its datasets that somebody has chosen."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import Conflict, DomainError, InvalidInput
from importers.models import Import, ImportFetch, ImportGroup
from importers.stages.files import get_folder, make_folder, remove_folder
from importers.stages.journal import forget_stages, move
from importers.stages.parts import list_datasets, list_taken
from importers.stages.services import find_layer, lock, start
from importers.states import WAITING, Stage, State
from layers.models import Layer

# What is said of one part and not of its neighbours.
OF_A_PART = frozenset(
    {"dataset", "title", "key", "mapping", "title_field", "public_fields", "yes", "yes_remove"}
)


@dataclass(frozen=True, kw_only=True)
class PartAim:
    """Where a dataset goes: into the layer `slug`, which `creates` says to make as `title`."""

    dataset: str
    slug: str
    creates: bool = False
    title: str = ""


def divide_import(*, actor: User, import_: Import, aims: Sequence[PartAim]) -> list[Import]:
    """The import goes on with the first of them, the others are imports beside it, of one group.

    All read one file: each has a name for it of its own, and its bytes stand once. Several go on
    by themselves to what would change, where nobody has to answer. Raises `InvalidInput` with
    `errors` by dataset, and `Conflict` where nobody waits for an answer.
    """
    made: list[int] = []
    done = False
    try:
        with transaction.atomic():
            standing = lock(import_)
            require_waiting(standing)
            layers = check_aims(actor, standing, aims)
            imports = [standing]
            for _aim in aims[1:]:
                beside = copy_import(standing)
                made.append(beside.pk)
                share_files(standing, beside)
                imports.append(beside)
            group = standing.group
            if group is None and len(aims) > 1:
                group = ImportGroup.objects.create(name=standing.name)
            titles = {one["name"]: str(one["title"]) for one in list_datasets(standing)}
            for one, aim, layer in zip(imports, aims, layers, strict=True):
                direct(one, aim, layer, group, titles[aim.dataset], alone=len(aims) == 1)
            done = True
    finally:
        if not done:
            for number in made:
                remove_folder(number)
    return imports


def require_waiting(import_: Import) -> None:
    if import_.state not in WAITING or not import_.file:
        raise Conflict(
            _("The import cannot go on so: it is “%(state)s”.")
            % {"state": import_.get_state_display()}
        )


def check_aims(actor: User, import_: Import, aims: Sequence[PartAim]) -> list[Layer | None]:
    """The layers that stand, in the order of the aims. Raises `InvalidInput`."""
    if not aims:
        raise InvalidInput(_("Choose at least one part of the file."))
    known = {one["name"] for one in list_datasets(import_)}
    taken = list_taken(import_)
    seen: set[str] = set()
    made: set[str] = set()
    errors: dict[str, list[str]] = {}
    layers: list[Layer | None] = []
    for aim in aims:
        try:
            if aim.dataset not in known or aim.dataset in taken or aim.dataset in seen:
                raise InvalidInput(_("The file has no such part that could be chosen."))
            if aim.creates and aim.slug in made:
                raise InvalidInput(_("Two parts cannot make one layer; name another."))
            layers.append(find_layer(actor, aim.slug, import_.organisation, creates=aim.creates))
        except DomainError as refusal:
            errors[aim.dataset] = [str(refusal.message)]
        seen.add(aim.dataset)
        made |= {aim.slug} if aim.creates else set()
    if errors:
        raise InvalidInput(_("Some parts cannot go where you said."), errors=errors)
    return layers


def copy_import(import_: Import) -> Import:
    """A row beside it, of the same file, from the same address and in the same name."""
    beside = Import.objects.create(
        author=import_.author,
        organisation=import_.organisation,
        origin=import_.origin,
        language=import_.language,
        file=import_.file,
        name=import_.name,
        size=import_.size,
        comment=import_.comment,
        answers=drop_own(import_.answers),
    )
    fetch = ImportFetch.objects.filter(of=import_).first()
    if fetch is not None:
        fetch.pk, fetch.of, fetch._state.adding = None, beside, True
        fetch.save()
    return beside


def drop_own(answers: dict[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in answers.items() if code not in OF_A_PART}


def share_files(import_: Import, beside: Import) -> None:
    """Hard links: the bytes go with the last of the imports."""
    target = make_folder(beside.pk)
    for path in sorted(get_folder(import_.pk).iterdir()):
        if path.is_file() and not path.name.startswith("."):
            link_or_copy(path, target / path.name)


def link_or_copy(path: Path, target: Path) -> None:
    """A file system may have no links."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def direct(
    import_: Import,
    aim: PartAim,
    layer: Layer | None,
    group: ImportGroup | None,
    title: str,
    *,
    alone: bool,
) -> None:
    """Begin to read this dataset for this layer."""
    said: dict[str, Any] = {"dataset": aim.dataset}
    if aim.creates and aim.title:
        said["title"] = aim.title
    import_.answers = drop_own(import_.answers) | said
    import_.slug, import_.creates, import_.layer = aim.slug, aim.creates, layer
    import_.organisation = find_publisher(import_, layer)
    import_.group, import_.part = group, title[:254]
    if not alone and import_.goes_to == State.ASKING:
        import_.goes_to = State.READY
    import_.recipe, import_.agreed = None, {}
    import_.save()
    forget_stages(import_, *Stage)
    if import_.state != State.INSPECTING:
        move(import_, State.INSPECTING, error="", attempts=0)
    start(import_)


def find_publisher(import_: Import, layer: Layer | None) -> Organisation | None:
    return layer.organisation if layer else import_.organisation
