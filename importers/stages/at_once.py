"""All stages in one go, as the command does it, with the same rows left afterwards."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.core.errors import DomainError
from importers.issues import IssueLog
from importers.loading.kept_issues import KeptIssues
from importers.models import Import
from importers.pipeline import import_file
from importers.reports.report import build_report
from importers.request import ImportRequest, ImportResult
from importers.stages.journal import WorkLock, finish_stage, move
from importers.states import Origin, Stage, State
from importers.understanding import OnProgress
from layers.models import Layer

# The way that rows go when nobody is asked between.
WAY = (State.ASKING, State.CHECKING, State.READY, State.PUBLISHING)


def import_at_once(request: ImportRequest, on_progress: OnProgress) -> ImportResult:
    """As `import_file`, and leaves an import with its stages and remarks, but for a trial run.

    Raises what `import_file` raises; then the import has failed and says why.
    """
    if request.dry_run:
        return import_file(request, on_progress)
    with transaction.atomic():
        import_ = begin(request)
        lock = WorkLock(import_.pk)
        lock.take()  # before anybody sees the row and takes it for one that was left
    ended = False
    try:
        with KeptIssues(import_.pk) as log:
            result = import_file(
                request,
                on_progress,
                log=log,
                on_loaded=lambda result, log: record(import_, result, log),
            )
        ended = True
    except DomainError as error:
        move(import_, State.FAILED, error=str(error.message))
        ended = True
        raise
    finally:
        if not ended:
            move(import_, State.FAILED, error=_("Interrupted; nothing was changed."))
        lock.release()
    return result


def begin(request: ImportRequest) -> Import:
    size = request.path.stat().st_size if request.path.is_file() else 0
    return Import.objects.create(
        author=request.actor,
        organisation=request.new_layer.organisation if request.new_layer else None,
        origin=Origin.SHELL,
        language=(get_language() or "uk")[:8],
        name=request.source_name[-254:],
        size=size,
        slug=request.layer[:63],
        creates=request.new_layer is not None,
        layer=Layer.objects.filter(slug=request.layer).first(),
        goes_to=State.PUBLISHED,
        comment=request.comment,
        part=request.part[:254],
        group=request.group,
        answers={"dataset": request.reading.source_layer} if request.reading.source_layer else {},
    )


def record(import_: Import, result: ImportResult, log: IssueLog) -> None:
    """In the transaction of the changeset: what the stages found."""
    report: dict[str, Any] = dict(build_report(result))
    with connection.cursor() as cursor:
        if isinstance(log, KeptIssues):
            log.copy(cursor)
    said = {name: report[name] for name in ("format", "rows", "crs", "encoding")}
    counts = {name: report[name] for name in ("added", "changed", "removed", "unchanged")}
    del report["issues"]
    finish_stage(import_, Stage.INSPECT, said)
    finish_stage(import_, Stage.QUESTIONS, {"questions": []})
    finish_stage(import_, Stage.CHECK, report | {"brakes": []})
    finish_stage(import_, Stage.PREVIEW, counts | {"brakes": []})
    finish_stage(import_, Stage.PUBLISH, counts | {"changeset": result.changeset})
    for state in WAY:
        move(import_, state, base_schema="-")
    layer = Layer.objects.get(slug=result.layer)
    move(import_, State.PUBLISHED, changeset_id=result.changeset, layer=layer)
