"""Whole layers as files: GeoJSON and CSV as they are read, GeoPackage and Shapefile built."""
