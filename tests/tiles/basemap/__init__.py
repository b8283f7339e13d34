"""The base map of a town of its own."""
