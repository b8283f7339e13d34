-- Where everything lies that an import would change: west, south, east, north. In: import (id).
SELECT ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent)
FROM (
    SELECT ST_Extent(box) AS extent FROM importers_difference WHERE of_id = %(import)s
) AS found
