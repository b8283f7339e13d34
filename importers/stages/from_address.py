"""An import begins with an address instead of a file: what stands there is looked at at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import InvalidInput
from importers.models import Import, ImportFetch, ImportGroup, RemoteSource
from importers.remote.address import read_address
from importers.remote.client import Client
from importers.remote.discovery import choose_dataset, discover
from importers.remote.kind import Found, RemoteDataset
from importers.stages.answers import check_answers
from importers.stages.services import find_layer, start
from importers.states import Origin, State

# A person waits for it.
LOOK_S = 25.0
# Each is fetched, read and shown by itself.
DATASETS_MAX = 50


@dataclass(frozen=True)
class RemoteChoice:
    """A dataset at an address, as somebody has chosen it."""

    address: str
    found: Found
    dataset: RemoteDataset


def look_at(address: str) -> Found:
    """Within the time that a page may take. Raises `UnusableAddress`, `RemoteFailure`."""
    return discover(Client(LOOK_S), read_address(address))


def choose_remote(address: str, dataset: str) -> RemoteChoice:
    """Raises also `DatasetUnchosen`, with what there is to choose."""
    address = read_address(address)
    found = look_at(address)
    return RemoteChoice(address, found, choose_dataset(found, dataset))


def choose_several(address: str, datasets: Sequence[str]) -> list[RemoteChoice]:
    """The address is asked once. Raises as `choose_remote`, and `InvalidInput` for too many.

    Without names: all there are.
    """
    address = read_address(address)
    found = look_at(address)
    names = list(dict.fromkeys(datasets)) or [one.name for one in found.datasets]
    if len(names) > DATASETS_MAX:
        words = _("At most %(max)s datasets are imported at once; choose some of them.")
        raise InvalidInput(words % {"max": DATASETS_MAX})
    return [RemoteChoice(address, found, choose_dataset(found, name)) for name in names]


def make_source(choice: RemoteChoice) -> RemoteSource:
    return RemoteSource.objects.create(
        address=choice.address,
        kind=choice.found.kind,
        dataset=choice.dataset.name,
        title=choice.dataset.title,
        licence=choice.dataset.licence[:200],
    )


def receive_from_address(
    *,
    actor: User,
    address: str,
    dataset: str = "",
    slug: str,
    creates: bool = False,
    organisation: Organisation | None = None,
    answers: Mapping[str, Any] | None = None,
    comment: str = "",
    goes_to: str = State.ASKING,
    origin: str = Origin.API,
) -> Import:
    """As `receive_import`; its job fetches the dataset first.

    Raises also `UnusableAddress`, `RemoteFailure` and, where several stand there and none is
    chosen, `DatasetUnchosen`.
    """
    find_layer(actor, slug, organisation, creates=creates)  # before a stranger is asked
    check_answers(answers or {})
    return receive_choice(
        choice=choose_remote(address, dataset),
        actor=actor,
        slug=slug,
        creates=creates,
        organisation=organisation,
        answers=answers,
        comment=comment,
        goes_to=goes_to,
        origin=origin,
    )


def receive_choice(
    *,
    actor: User,
    choice: RemoteChoice,
    slug: str,
    creates: bool = False,
    organisation: Organisation | None = None,
    answers: Mapping[str, Any] | None = None,
    comment: str = "",
    goes_to: str = State.ASKING,
    origin: str = Origin.API,
    part: str = "",
    group: ImportGroup | None = None,
) -> Import:
    """As `receive_import`, of a dataset that was looked at. `part`, `group`: of one of several."""
    layer = find_layer(actor, slug, organisation, creates=creates)
    given = check_answers(answers or {})
    with transaction.atomic():
        import_ = Import.objects.create(
            author=actor,
            organisation=layer.organisation if layer else organisation,
            origin=origin,
            language=(get_language() or "uk")[:8],
            name=choice.dataset.title[:254],
            slug=slug,
            creates=creates,
            layer=layer,
            answers=given,
            comment=comment,
            goes_to=goes_to,
            part=part[:254],
            group=group,
        )
        ImportFetch.objects.create(of=import_, source=make_source(choice))
        start(import_)
    return import_
