-- The territories of one point, one a layer: the smallest key of those that cover it.
-- In: layers (ids), visibilities, lon, lat (degrees). Index: layers_territorycell_pkey, in the plan
-- that `layers_locate` keeps.
SELECT located.layer, located.key, located.title, located.border_distance_m
FROM layers_locate(
    %(layers)s::bigint[], %(visibilities)s::text[], ST_Point(%(lon)s, %(lat)s, 4326)
) AS located
