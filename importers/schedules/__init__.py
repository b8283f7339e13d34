"""Remote sources that are imported again and again, by the clock."""
