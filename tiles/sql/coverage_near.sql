-- Ids of the areas whose boxes meet those of these areas, themselves among them.
-- In: layer (id), features (ids).
-- Index: layers_feature_geom_3857.
SELECT DISTINCT near.id
FROM layers_feature AS one
INNER JOIN layers_feature AS near
    ON near.layer_id = %(layer)s AND near.geom_3857 && one.geom_3857
WHERE
    one.layer_id = %(layer)s
    AND one.id = ANY (%(features)s::bigint[])
    AND ST_Dimension(near.geom_3857) = 2
