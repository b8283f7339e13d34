"""How tiles are drawn: the style document, what it falls back to, its letters and its pictures."""
