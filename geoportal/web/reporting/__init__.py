"""The form of a report as pages: what it shows, and what comes back from it."""
