"""Measurements of the service; ratios in one run, never asserted in tests."""
