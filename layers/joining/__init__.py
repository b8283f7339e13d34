"""Which territory holds which place: areas are cut into cells once, and cells answer."""
