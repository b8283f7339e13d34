-- The territories of one point, one a layer: the smallest key of those that cover it.
-- In: layers (ids), visibilities, place (4326). Index: layers_feature_geom_3857 of each partition;
-- the box is grown by 1 mm so that rounding in 3857 hides nothing.
SELECT DISTINCT ON (layer.position, layer.slug)
    layer.slug,
    territory.key,
    coalesce(territory.properties ->> nullif(layer.title_field, ''), territory.key) AS title,
    layers_border_distance_m(territory.geom, %(place)s::geometry) AS border_distance_m
FROM layers_layer AS layer
INNER JOIN layers_feature AS territory ON territory.layer_id = layer.id
WHERE
    layer.id = ANY (%(layers)s::bigint[])
    AND territory.layer_id = ANY (%(layers)s::bigint[])
    AND territory.visibility = ANY (%(visibilities)s)
    AND territory.geom_3857 && ST_Expand(ST_Transform(%(place)s::geometry, 3857), 0.001)
    AND layers_covers(territory.geom, %(place)s::geometry)
ORDER BY layer.position, layer.slug, territory.key COLLATE "C"
