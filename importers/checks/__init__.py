"""Checks of a file as a whole."""
