"""Tables of imports: what was asked, answered, found and done."""

from importers.models.imports import Import, ImportIssue, ImportStage, StateEdge
from importers.models.recipes import Recipe

__all__ = ["Import", "ImportIssue", "ImportStage", "Recipe", "StateEdge"]
