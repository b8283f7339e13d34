"""The spatial join for files that are not in the database: points with territories, by geopandas.

The rule is that of `layers.territories`: covered, borders included; of several the smallest key.
"""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import shapely

CRS = "EPSG:4326"


def join_points(
    points: Sequence[shapely.Point], areas: Mapping[str, shapely.Geometry]
) -> list[str | None]:
    """For each point the key of its territory, or `None`; both in EPSG:4326, lon/lat."""
    left = gpd.GeoDataFrame(geometry=list(points), crs=CRS)
    keys = sorted(areas)
    right = gpd.GeoDataFrame({"key": keys}, geometry=[areas[key] for key in keys], crs=CRS)
    joined = gpd.sjoin(left, right, how="inner", predicate="covered_by")
    smallest = joined.groupby(level=0)["index_right"].min()
    return [keys[smallest[number]] if number in smallest else None for number in left.index]
