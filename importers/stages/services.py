"""Writes imports: a file is received, answered about, checked, published, or let go."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import can_edit_for
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed
from geoportal.uploads.services import take_over
from importers.brakes.consent import require_consent
from importers.errors import LayerChanged, OpenQuestions
from importers.mapping.planning import require_slug
from importers.models import Import
from importers.stages.agreeing import agree, build_consent, list_brakes
from importers.stages.answers import CONSENTS, check_answers, is_reading
from importers.stages.files import choose_main, make_folder, remove_folder
from importers.stages.jobs import let_go, preview_anew, run_import
from importers.stages.journal import forget_stages, get_result, move
from importers.stages.publishing import (
    require_preview,
    require_publisher,
    require_same_layer,
)
from importers.stages.questions import list_unanswered
from importers.stages.together import goes_on
from importers.states import ENDED, WORKING, Origin, Stage, State
from layers.access import access_layer, require_can_edit_layer
from layers.models import Layer

PURPOSE = "imports"


def receive_import(
    *,
    actor: User,
    uploads: Sequence[UUID],
    slug: str,
    creates: bool = False,
    organisation: Organisation | None = None,
    answers: Mapping[str, Any] | None = None,
    comment: str = "",
    goes_to: str = State.ASKING,
    origin: str = Origin.API,
) -> Import:
    """Take files that have been uploaded whole (one, or the parts of one), and begin to read.

    Raises `NotFound` for a layer one does not see, `NotAllowed` for one that one may not change,
    `Conflict` for a new one whose slug is taken, and as `take_over`.
    """
    layer = find_layer(actor, slug, organisation, creates=creates)
    if not uploads:
        raise InvalidInput(_("Send a file."))
    given = check_answers(answers or {})
    with transaction.atomic():
        import_ = Import.objects.create(
            author=actor,
            organisation=layer.organisation if layer else organisation,
            origin=origin,
            language=(get_language() or "uk")[:8],
            name="",
            slug=slug,
            creates=creates,
            layer=layer,
            answers=given,
            comment=comment,
            goes_to=goes_to,
        )
        taken = take_files(
            import_,
            lambda folder: take_over(
                actor=actor, purpose=PURPOSE, upload_ids=uploads, folder=folder
            ),
        )
        main = choose_main(taken)
        import_.file = import_.name = main.name
        import_.size = sum(path.stat().st_size for path in taken)
        import_.save(update_fields=["file", "name", "size"])
        start(import_)
    return import_


def take_files(import_: Import, take: Callable[[Path], list[Path]]) -> list[Path]:
    """Into the folder of the import, which goes again where that fails."""
    kept = False
    try:
        taken = take(make_folder(import_.pk))
        kept = True
    finally:
        if not kept:
            remove_folder(import_.pk)
    return taken


def find_layer(
    actor: User, slug: str, organisation: Organisation | None, *, creates: bool
) -> Layer | None:
    """The layer that stands, or `None` for one that the actor may make."""
    if not creates:
        layer = access_layer(actor, slug)
        require_can_edit_layer(actor, layer)
        return layer
    require_slug(slug)
    if not can_edit_for(actor, organisation.pk if organisation else None):
        raise NotAllowed(_("Name an organisation that you work for: it publishes the new layer."))
    if Layer.objects.filter(slug=slug).exists():
        raise Conflict(_("There is a layer “%(slug)s” already.") % {"slug": slug})
    return None


def start(import_: Import) -> None:
    """The job goes on from the state that the import is in once this is certain."""
    transaction.on_commit(lambda: run_import.enqueue(import_.pk))


@transaction.atomic
def answer_import(
    *, import_: Import, answers: Mapping[str, Any], comment: str | None = None
) -> Import:
    """Answers beside those there are; `None` takes one back. What depends on them is done again.

    Raises `InvalidInput` with `errors` by code; `Conflict` where nobody waits for answers.
    """
    standing = lock(import_)
    said = {code: value for code, value in answers.items() if value is not None}
    check_answers(said)
    shown = CONSENTS if standing.state == State.READY else frozenset()
    kept = {code: value for code, value in standing.answers.items() if code not in answers}
    standing.answers = kept | {code: said[code] for code in said.keys() - shown}
    if comment is not None:
        standing.comment = comment
    standing.save(update_fields=["answers", "comment"])
    if standing.state in WORKING or standing.state in ENDED:
        raise Conflict(
            _("The import cannot go on so: it is “%(state)s”.")
            % {"state": standing.get_state_display()}
        )
    if consents := {code: answers[code] for code in answers if code in shown}:
        agree(standing, consents)
    unread = standing.state == State.FAILED or (
        standing.state == State.ASKING and "refusal" in get_result(standing, Stage.INSPECT)
    )
    if unread or any(is_reading(code) for code in answers):
        forget_stages(standing, *Stage)
        move(standing, State.INSPECTING, error="", attempts=0)
        start(standing)
    elif standing.state == State.READY and not CONSENTS.issuperset(answers):
        forget_stages(standing, Stage.CHECK, Stage.PREVIEW)
        move(standing, State.CHECKING, error="", attempts=0)
        start(standing)
    return refresh(import_)


@transaction.atomic
def check_import(*, import_: Import) -> Import:
    """From the answers to the check of the rows. Raises `OpenQuestions`."""
    standing = lock(import_)
    kept: Any = get_result(standing, Stage.QUESTIONS).get("questions", [])
    if unanswered := list_unanswered(kept, standing.answers):
        raise OpenQuestions(
            _("Answer first: %(codes)s.")
            % {"codes": ", ".join(str(one["code"]) for one in unanswered)},
            questions=[str(one["code"]) for one in unanswered],
        )
    move(standing, State.CHECKING, error="", attempts=0)
    start(standing)
    return refresh(import_)


def publish_import(
    *,
    import_: Import,
    actor: User,
    seen: str,
    agrees: Mapping[str, Any] | None = None,
    comment: str | None = None,
    promised: str = "",
) -> Import:
    """The difference that was shown becomes a changeset, by a job.

    `seen`: the name of the preview that the actor looked at; `agrees`: what of its brakes is meant
    (`yes`, `yes_remove`). Raises `Conflict` for an
    import that is not ready, `NotAllowed`, `VersionMismatch` for another preview, `OpenQuestions`
    for brakes that nobody has answered for, and `LayerChanged`, after which the difference is made
    anew. The comment is kept also then. `promised`: the digest of that difference, where others of
    the group are published into the layer by the same word: their changes are no refusal.
    """
    said = check_answers(agrees or {})
    refusal: OpenQuestions | LayerChanged | None = None
    with transaction.atomic():
        standing = lock(import_)
        require_ready(standing)
        require_publisher(standing, actor)
        require_preview(standing, seen)
        if comment is not None:
            standing.comment = comment
        if agrees is not None:
            agree(standing, said)
        standing.save(update_fields=["comment"])
        standing.publisher, standing.promised = actor, promised
        try:
            require_consent(list_brakes(standing), build_consent(standing))
            require_same_layer(standing, hold=False)
        except OpenQuestions as error:
            refusal = error
        except LayerChanged as error:
            refusal = None if goes_on(standing, error) else error
            preview_anew(standing, error)
            start(standing)
        else:
            going = {"publisher": actor, "promised": promised}
            move(standing, State.PUBLISHING, error="", attempts=0, **going)
            start(standing)
    if refusal is not None:
        raise refusal
    return refresh(import_)


def require_ready(standing: Import) -> None:
    """Raises `Conflict`."""
    if standing.state != State.READY:
        raise Conflict(
            _("The import cannot go on so: it is “%(state)s”.")
            % {"state": standing.get_state_display()}
        )


def cancel_import(*, import_: Import) -> Import:
    """At once where it waits for a person; else the job stops within seconds."""
    with transaction.atomic():
        standing = lock(import_)
        if standing.state in ENDED:
            raise Conflict(
                _("The import cannot go on so: it is “%(state)s”.")
                % {"state": standing.get_state_display()}
            )
        Import.objects.filter(pk=standing.pk).update(cancel_asked=True)
        if standing.state not in WORKING:
            let_go(standing)
        else:
            start(standing)
    return refresh(import_)


def lock(import_: Import) -> Import:
    return Import.objects.select_for_update().get(pk=import_.pk)


def refresh(import_: Import) -> Import:
    import_.refresh_from_db()
    return import_
