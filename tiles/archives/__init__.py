"""Layers as PMTiles: written by the tile SQL, kept as files, served by byte ranges."""
