"""The style editor: a form that makes MapLibre styles, raw JSON for experts, what stood before."""
