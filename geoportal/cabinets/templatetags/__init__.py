"""Tags of the working places."""
