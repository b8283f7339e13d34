"""OGC API – Tiles, part 1 (OGC 20-057), over the tiles of `/tiles/`, in WebMercatorQuad."""
