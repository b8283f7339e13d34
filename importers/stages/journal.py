"""Moves an import along its edges and writes down what each stage found."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.core.database.session_lock import SessionLock
from geoportal.core.errors import Conflict
from importers.models import Import, ImportStage
from importers.request import Progress
from importers.states import EDGES, Stage, State

WRITTEN_EVERY_S = 1.0


class Cancelled(Exception):
    """Somebody wants this import to end; what was begun is undone."""


def move(import_: Import, to: State, **values: object) -> None:
    """Along an edge, from where the row stands now. Raises `Conflict` where there is none."""
    sources = [source for source, targets in EDGES.items() if to in targets]
    changed = Import.objects.filter(pk=import_.pk, state__in=sources).update(state=to, **values)
    import_.refresh_from_db()
    if not changed:
        raise Conflict(
            _("The import cannot go on so: it is “%(state)s”.")
            % {"state": import_.get_state_display()}
        )


def begin_stage(import_: Import, name: Stage) -> None:
    ImportStage.objects.update_or_create(
        of=import_,
        name=name,
        defaults={
            "state": ImportStage.Outcome.RUNNING,
            "result": {},
            "started_at": timezone.now(),
            "finished_at": None,
        },
    )
    Import.objects.filter(pk=import_.pk).update(progress_rows=0, progress_total=None)


def finish_stage(import_: Import, name: Stage, result: Mapping[str, object]) -> None:
    now = timezone.now()
    ImportStage.objects.update_or_create(
        of=import_,
        name=name,
        defaults={
            "state": ImportStage.Outcome.DONE,
            "result": dict(result),
            "finished_at": now,
        },
        create_defaults={
            "state": ImportStage.Outcome.DONE,
            "result": dict(result),
            "started_at": now,
            "finished_at": now,
        },
    )


def fail_stages(import_: Import) -> None:
    """Stages that run have come to nothing."""
    running = ImportStage.objects.filter(of=import_, state=ImportStage.Outcome.RUNNING)
    running.update(state=ImportStage.Outcome.FAILED, finished_at=timezone.now())


def forget_stages(import_: Import, *names: Stage) -> None:
    """Results that hold no more."""
    ImportStage.objects.filter(of=import_, name__in=names).delete()


def find_stage(import_: Import, name: Stage) -> ImportStage | None:
    """Without a query where the stages of several imports were read at once."""
    if "stages" in getattr(import_, "_prefetched_objects_cache", {}):
        return next((stage for stage in import_.stages.all() if stage.name == name), None)
    return ImportStage.objects.filter(of=import_, name=name).first()


def get_result(import_: Import, name: Stage) -> dict[str, object]:
    """What the stage found; empty where it has not ended."""
    stage = find_stage(import_, name)
    done = stage is not None and stage.state == ImportStage.Outcome.DONE
    return dict(stage.result) if stage is not None and done else {}


@dataclass
class Tracker:
    """Writes progress now and then, and stops the work where somebody wants that.

    It is called in the thread that reads the file, which has a connection of its own: what it
    writes is seen while the transaction of the work goes on.
    """

    import_id: int
    _last: float = field(default_factory=time.monotonic)

    def show(self, progress: Progress) -> None:
        """Raises `Cancelled`."""
        now = time.monotonic()
        if now - self._last < WRITTEN_EVERY_S:
            return
        self._last = now
        row = Import.objects.filter(pk=self.import_id)
        row.update(progress_rows=progress.rows, progress_total=progress.total)
        self.require_wanted()

    def require_wanted(self) -> None:
        if Import.objects.filter(pk=self.import_id, cancel_asked=True).exists():
            raise Cancelled


class WorkLock(SessionLock):
    """Held while a process works on the import."""

    SPACE = 0x696D7074
