"""What must fit together in a pack, and with what the database holds already."""
