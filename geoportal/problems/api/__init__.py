"""REST of the form of a report, for scripts of the pages and for other clients."""
