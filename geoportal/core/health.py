"""Probes: `/livez` says that the process answers, `/readyz` that what it needs is in order."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

LONGEST_WAIT = timedelta(minutes=5)
# What packages above watch over: says "ok", or what is wrong.
Probe = Callable[[], str]
_probes: dict[str, Probe] = {}


def add_probe(name: str, probe: Probe) -> None:
    """Called by `ready` of an application."""
    _probes[name] = probe


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
            late = DBTaskResult.objects.ready().filter(
                enqueued_at__lt=timezone.now() - LONGEST_WAIT
            )
            checks["jobs"] = "waiting too long" if late.exists() else "ok"
            checks |= {name: probe() for name, probe in _probes.items()}
    except DatabaseError:
        checks["database"] = "no answer"
    fine = set(checks.values()) == {"ok"}
    body = {"status": "ok" if fine else "not ready", "checks": checks}
    return JsonResponse(body, status=200 if fine else 503)
