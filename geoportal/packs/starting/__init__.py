"""A pack begun for a real community, from files that say where it is and what is in it."""
