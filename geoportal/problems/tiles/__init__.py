"""Public problems on a map: tiles of counts and points, what is in view, the card of one."""
