"""The schema of a layer: fields added, changed, re-ordered, retired and brought back."""
