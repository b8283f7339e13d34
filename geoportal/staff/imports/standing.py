"""Where an import stands, as pages show it: its steps, its progress, what it waits for."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from importers.models import Import, ImportStage
from importers.states import ENDED, WORKING, State

# Which step of the wizard a state belongs to, and the sign of its kind.
STEPS: tuple[tuple[str, str | Promise, tuple[State, ...]], ...] = (
    ("file", pgettext_lazy("step", "File"), (State.INSPECTING,)),
    ("questions", pgettext_lazy("step", "Questions"), (State.ASKING,)),
    ("check", pgettext_lazy("step", "Check"), (State.CHECKING,)),
    ("preview", pgettext_lazy("step", "Preview"), (State.READY,)),
    ("publish", pgettext_lazy("step", "Publication"), (State.PUBLISHING, State.PUBLISHED)),
)
ENOUGH_S = 3
ICONS = {
    State.INSPECTING: "loader",
    State.ASKING: "circle-question-mark",
    State.CHECKING: "loader",
    State.READY: "eye",
    State.PUBLISHING: "loader",
    State.PUBLISHED: "circle-check",
    State.FAILED: "circle-alert",
    State.CANCELLED: "ban",
}


@dataclass(frozen=True)
class Step:
    """`stands`: `done`, `now` or `later`."""

    name: str
    title: str | Promise
    stands: str


@dataclass(frozen=True)
class Standing:
    """`percent`: of the stage that runs, where the number of rows is known."""

    import_: Import
    icon: str
    working: bool
    ended: bool
    percent: int | None
    rows: int


def describe_standing(import_: Import) -> Standing:
    state = State(import_.state)
    total = import_.progress_total
    done = min(import_.progress_rows, total) if total else import_.progress_rows
    return Standing(
        import_=import_,
        icon=ICONS[state],
        working=state in WORKING,
        ended=state in ENDED,
        percent=round(100 * done / total) if state in WORKING and total else None,
        rows=import_.progress_rows,
    )


@dataclass(frozen=True)
class Pace:
    """Whole seconds that the stage is at work, and about how many more (0: nobody knows)."""

    seconds: int = 0
    left: int = 0

    @property
    def minutes_left(self) -> int:
        """Instead of many seconds; 0 for few."""
        return round(self.left / 60) if self.left >= 120 else 0


def describe_pace(import_: Import) -> Pace:
    """Of the stage that runs; what is left is told once enough was seen to guess it."""
    running = import_.stages.filter(state=ImportStage.Outcome.RUNNING).order_by("-started_at")
    stage = running.first()
    if stage is None:
        return Pace()
    seconds = max(0, round((timezone.now() - stage.started_at).total_seconds()))
    rows, total = import_.progress_rows, import_.progress_total or 0
    known = seconds >= ENOUGH_S and 0 < rows < total
    return Pace(seconds, round(seconds * (total - rows) / rows) if known else 0)


def list_steps(import_: Import) -> list[Step]:
    """Of an import that has failed or was cancelled nobody knows which step it was at: none is."""
    place = next(
        (n for n, (_name, _title, states) in enumerate(STEPS) if import_.state in states), None
    )
    if place is None:
        return [Step(name, title, "later") for name, title, _states in STEPS]
    finished = import_.state == State.PUBLISHED
    return [
        Step(
            name,
            title,
            "done" if n < place or finished else "now" if n == place else "later",
        )
        for n, (name, title, _states) in enumerate(STEPS)
    ]
