"""The REST API: descriptions of layers, one feature at a time for editors, search, location."""
