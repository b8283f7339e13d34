-- The territory of each of many points. In: territories (layer id), lons, lats (degrees).
-- Index: layers_feature_geom_3857.
WITH place AS (
    SELECT number, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom
    FROM unnest(%(lons)s::float8[], %(lats)s::float8[]) WITH ORDINALITY AS given (lon, lat, number)
)

SELECT place.number, min(territory.key COLLATE "C") AS key
FROM place
INNER JOIN layers_feature AS territory
    ON territory.layer_id = %(territories)s
        AND territory.geom_3857 && ST_Expand(ST_Transform(place.geom, 3857), 0.001)
        AND layers_covers(territory.geom, place.geom)
GROUP BY place.number
