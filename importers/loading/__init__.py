"""Rows of a file into a layer: encoded for COPY, compared with what stands, applied."""
