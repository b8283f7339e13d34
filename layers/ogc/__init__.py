"""OGC API – Features, part 1 (OGC 17-069r4): landing, conformance, collections, items."""
