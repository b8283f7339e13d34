-- Territories near a point that do not hold it, nearest first. In: place (4326), within_m (metres),
-- layers (ids, so that only their partitions are planned and read), holding ('slug:key' of those
-- that hold it). Index: layers_feature_geom_3857 of each partition; the box of 3857 is grown by
-- the stretch of Web Mercator at that latitude.
SELECT slug, key, title, distance_m
FROM (
    SELECT
        layer.slug,
        layer.position,
        territory.key,
        coalesce(territory.properties ->> nullif(layer.title_field, ''), territory.key) AS title,
        layers_border_distance_m(territory.geom, %(place)s::geometry) AS distance_m
    FROM layers_layer AS layer
    INNER JOIN layers_feature AS territory ON territory.layer_id = layer.id
    WHERE
        layer.id = ANY (%(layers)s::bigint[])
        AND territory.layer_id = ANY (%(layers)s::bigint[])
        AND layer.slug || ':' || territory.key <> ALL (%(holding)s::text[])
        AND territory.geom_3857 && ST_Expand(
            ST_Transform(%(place)s::geometry, 3857),
            %(within_m)s / cos(radians(ST_Y(%(place)s::geometry))) * 1.01
        )
) AS near
WHERE distance_m <= %(within_m)s
ORDER BY distance_m, position, slug, key COLLATE "C"
