-- Generalised shapes of a layer as they stand: feature, band, how its borders were simplified, WKB (3857).
-- In: layer (id), features (ids, or NULL for all).
-- Index: the primary key of tiles_shape.
SELECT feature_id, band, borders, ST_AsBinary(geom_3857)
FROM tiles_shape
WHERE
    layer_id = %(layer)s
    AND (%(features)s::bigint[] IS NULL OR feature_id = ANY (%(features)s::bigint[]))
