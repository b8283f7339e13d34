"""Addresses as sources: what stands there, its datasets, one of them as ordinary files."""
