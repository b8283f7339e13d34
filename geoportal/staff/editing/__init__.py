"""The editor on the map: its page, and what it asks shapely to do with shapes."""
