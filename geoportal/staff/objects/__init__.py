"""The objects of a layer as a table and as forms: look for, add, change, delete, undo."""
