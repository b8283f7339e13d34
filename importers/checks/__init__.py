"""Checks of rows against one another, the community and its lists; each a module of its own."""
