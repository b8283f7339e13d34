"""Simple pictures of what residents report, drawn instead of photographed."""
