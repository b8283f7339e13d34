"""Photos and videos of reports: kept for the owner of a draft, shown with the problem."""
