"""The portal as a pack: what `apply_pack` would read, written from the database."""
