"""Template tags that pages about problems share."""
