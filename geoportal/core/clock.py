"""What time alone brings about: applications name their jobs, `watch_deadlines` does them."""

from collections.abc import Callable, Mapping

# Does what is due and returns how much that was; takes seconds, not minutes.
Job = Callable[[], int]
_jobs: dict[str, Job] = {}


def run_by_clock(name: str, job: Job) -> None:
    """Called by `ready` of an application; the job runs once a minute in one or more processes."""
    _jobs[name] = job


def list_clock_jobs() -> Mapping[str, Job]:
    return dict(_jobs)
