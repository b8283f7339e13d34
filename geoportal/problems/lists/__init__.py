"""Many problems at once: filtered, paged, counted, drawn as charts."""
