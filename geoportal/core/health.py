"""Probes: `/livez` says that the process answers, `/readyz` that what it needs is in order."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from geoportal.core.jobs import LONGEST_JOB

LONGEST_WAIT = timedelta(minutes=5)
# What packages above watch over: says "ok", or what is wrong.
Probe = Callable[[], str]
_probes: dict[str, Probe] = {}


def add_probe(name: str, probe: Probe) -> None:
    """Called by `ready` of an application."""
    _probes[name] = probe


def find_late_queues() -> list[str]:
    """Queues whose worker does not come. In the one of long jobs a job may wait for another, as
    long as that one may take."""
    now = timezone.now()
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONGEST_WAIT)
    found = set(late.order_by().values_list("queue_name", flat=True).distinct())
    working = DBTaskResult.objects.running().filter(
        queue_name=settings.BULK_QUEUE, started_at__gt=now - LONGEST_JOB
    )
    if settings.BULK_QUEUE in found and working.exists():
        found.discard(settings.BULK_QUEUE)
    return sorted(found)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, migrations are applied and nothing is left waiting."""
    checks: dict[str, str] = {}
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["database"] = "ok"
        checks["migrations"] = f"{len(pending)} pending" if pending else "ok"
        if not pending:
            checks["jobs"] = "waiting too long" if find_late_queues() else "ok"
            checks |= {name: probe() for name, probe in _probes.items()}
    except (DatabaseError, InterfaceError):
        checks["database"] = "no answer"
    fine = set(checks.values()) == {"ok"}
    body = {"status": "ok" if fine else "not ready", "checks": checks}
    return JsonResponse(body, status=200 if fine else 503)
