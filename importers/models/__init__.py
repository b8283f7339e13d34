"""Tables of imports: what was asked, answered, found and done."""

from importers.models.differences import Difference
from importers.models.groups import ImportGroup
from importers.models.imports import Import, ImportIssue, ImportStage, StateEdge
from importers.models.known_rows import KnownRows
from importers.models.recipes import Recipe
from importers.models.remote import ImportFetch, RemoteSource, Schedule, ScheduleRun

__all__ = [
    "Difference",
    "Import",
    "ImportFetch",
    "ImportGroup",
    "ImportIssue",
    "ImportStage",
    "KnownRows",
    "Recipe",
    "RemoteSource",
    "Schedule",
    "ScheduleRun",
    "StateEdge",
]
