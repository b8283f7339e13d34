-- Areas of a layer, whole, as WKB (3857), in the order of their ids.
-- In: layer (id), features (ids, or NULL for all).
-- Index: the primary key of the layer's partition.
SELECT id, ST_AsBinary(geom_3857)
FROM layers_feature
WHERE
    layer_id = %(layer)s
    AND (%(features)s::bigint[] IS NULL OR id = ANY (%(features)s::bigint[]))
    AND GeometryType(geom_3857) IN ('POLYGON', 'MULTIPOLYGON')
    AND NOT ST_IsEmpty(geom_3857)
ORDER BY id
