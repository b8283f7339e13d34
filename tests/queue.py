"""The queue of the tests: jobs are done at once, in the process of the test."""

from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

from geoportal.notifications.tasks import tell_event

AT_ONCE = {"default": {"BACKEND": "tests.queue.Queue", "QUEUES": []}}
# Jobs wait, as when the worker is away.
NO_WORKER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


class Queue(ImmediateBackend):
    """Whom a change concerns is found out after the commit: a worker sees no row before.

    Letters of accounts need no more than is written, so tests read them without a commit.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        if task.func is not tell_event.func:
            return super().enqueue(task, args, kwargs)
        transaction.on_commit(lambda: ImmediateBackend.enqueue(self, task, args, kwargs))
        return None
