"""Pages of the section «Проблеми»: the list, one problem, one's own, statistics."""
