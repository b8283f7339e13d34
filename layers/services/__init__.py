"""Every write to layers goes through here; each is a changeset or prepares one."""

from layers.services.bulk import change_many
from layers.services.changesets import apply_changeset
from layers.services.edits import Addition, Applied, Change, Edits, Removal, apply_edits
from layers.services.features import add_feature, delete_feature, edit_feature
from layers.services.layers import LayerUpdate, create_layer, update_layer
from layers.services.lifecycle import archive_layer, delete_layer, restore_layer
from layers.services.photos import add_photos, erase_photo
from layers.services.rollback import (
    RollbackPreview,
    RollbackResult,
    preview_rollback,
    rollback_changeset,
)
from layers.services.schema import change_schema, preview_schema
from layers.services.schema_return import RetiredField, bring_field_back, list_retired_fields
from layers.services.styles import LayerLook, change_look, restore_look

__all__ = [
    "Addition",
    "Applied",
    "Change",
    "Edits",
    "LayerLook",
    "LayerUpdate",
    "Removal",
    "RetiredField",
    "RollbackPreview",
    "RollbackResult",
    "add_feature",
    "add_photos",
    "apply_changeset",
    "apply_edits",
    "archive_layer",
    "bring_field_back",
    "change_look",
    "change_many",
    "change_schema",
    "create_layer",
    "delete_feature",
    "delete_layer",
    "edit_feature",
    "erase_photo",
    "list_retired_fields",
    "preview_rollback",
    "preview_schema",
    "restore_layer",
    "restore_look",
    "rollback_changeset",
    "update_layer",
]
