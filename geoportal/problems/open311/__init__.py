"""Open311 GeoReport v2: reports of this portal for other systems, and theirs for this portal."""
