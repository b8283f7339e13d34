"""The life of an import: one table of states and the edges between them.

PostgreSQL keeps the same table (`importers_stateedge`, written from here after each migration) and
refuses every other change of a state.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an import stands: with a job (three of them), with a person, or at an end."""

    INSPECTING = "inspecting", pgettext_lazy("import", "The file is being read")
    ASKING = "asking", pgettext_lazy("import", "Waits for answers")
    CHECKING = "checking", pgettext_lazy("import", "Rows are being checked")
    READY = "ready", pgettext_lazy("import", "Ready to be published")
    PUBLISHING = "publishing", pgettext_lazy("import", "Being published")
    PUBLISHED = "published", pgettext_lazy("import", "Published")
    FAILED = "failed", pgettext_lazy("import", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("import", "Cancelled")


class Stage(models.TextChoices):
    """The steps of an import, in their order; each leaves a row with its result."""

    INSPECT = "inspect", _("What the file is")
    QUESTIONS = "questions", _("Questions")
    CHECK = "check", _("Check of the rows")
    PREVIEW = "preview", _("What would change")
    PUBLISH = "publish", _("Publication")


class Origin(models.TextChoices):
    """Which of its faces an import came by."""

    SHELL = "shell", pgettext_lazy("import", "Command")
    PAGE = "page", pgettext_lazy("import", "Page")
    API = "api", pgettext_lazy("import", "Program")
    SCHEDULE = "schedule", pgettext_lazy("import", "Schedule")


WORKING = (State.INSPECTING, State.CHECKING, State.PUBLISHING)
WAITING = (State.ASKING, State.READY, State.FAILED)
ENDED = (State.PUBLISHED, State.CANCELLED)
# Where rows lie in tables of the import's own.
STAGED = (State.CHECKING, State.READY, State.PUBLISHING)

EDGES: Mapping[State, tuple[State, ...]] = {
    State.INSPECTING: (State.ASKING, State.FAILED, State.CANCELLED),
    State.ASKING: (State.INSPECTING, State.CHECKING, State.CANCELLED),
    State.CHECKING: (State.READY, State.ASKING, State.FAILED, State.CANCELLED),
    State.READY: (
        State.INSPECTING,
        State.ASKING,
        State.CHECKING,
        State.PUBLISHING,
        State.CANCELLED,
    ),
    # Somebody else changed the layer: rows are compared again.
    State.PUBLISHING: (
        State.PUBLISHED,
        State.CHECKING,
        State.READY,
        State.FAILED,
        State.CANCELLED,
    ),
    State.FAILED: (State.INSPECTING, State.CANCELLED),
    State.PUBLISHED: (),
    State.CANCELLED: (),
}
