-- Territories near a point that do not hold it, nearest first. In: lon, lat (degrees), within_m
-- (metres), layers (ids), holding ('slug:key' of those that hold it).
-- Index: layers_territorycell_pkey, in the plan that `layers_find_near` keeps.
SELECT near.layer, near.key, near.title, near.distance_m
FROM layers_find_near(
    %(layers)s::bigint[], %(within_m)s, ST_Point(%(lon)s, %(lat)s, 4326)
) AS near
WHERE near.layer || ':' || near.key <> ALL (%(holding)s::text[])
ORDER BY near.distance_m, near.position, near.layer, near.key COLLATE "C"
