"""A base map of the town's own: one PMTiles file, served by ranges and drawn in our colours."""
