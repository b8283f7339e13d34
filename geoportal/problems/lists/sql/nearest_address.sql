-- The title of the public feature nearest to a place, and metres to it.
-- In: layer (id), title (name of its title field), place (4326), within_m (metres).
-- Index: layers_feature_geom_3857 of the partition, by distance; metres of 3857 are longer than
-- true ones by the cosine of the latitude, so the box is grown by it.
SELECT
    feature.properties ->> %(title)s AS address,
    ST_Distance(feature.geom::geography, %(place)s::geometry::geography) AS distance_m
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = 'public'
    AND feature.properties ->> %(title)s > ''
    AND feature.geom_3857 && ST_Expand(
        ST_Transform(%(place)s::geometry, 3857),
        %(within_m)s / cos(radians(ST_Y(%(place)s::geometry)))
    )
ORDER BY feature.geom_3857 <-> ST_Transform(%(place)s::geometry, 3857)
LIMIT 1
