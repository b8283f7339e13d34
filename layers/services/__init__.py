"""Every write to layers goes through here; each is a changeset or prepares one."""

from layers.services.changesets import apply_changeset
from layers.services.features import add_feature, delete_feature, edit_feature
from layers.services.layers import change_schema, create_layer
from layers.services.rollback import RollbackResult, rollback_changeset

__all__ = [
    "RollbackResult",
    "add_feature",
    "apply_changeset",
    "change_schema",
    "create_layer",
    "delete_feature",
    "edit_feature",
    "rollback_changeset",
]
