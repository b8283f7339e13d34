"""What the portal counts of itself: numbers of all processes of a machine, read at `/metrics`."""
