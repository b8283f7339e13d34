-- The shapes that features have by themselves: feature, band, WKB (3857).
-- In: layer (id), features (ids).
-- Index: the primary key of the layer's partition.
SELECT feature.id, made.band, ST_AsBinary(made.geom)
FROM layers_feature AS feature
CROSS JOIN LATERAL tiles_generalise(feature.geom_3857) AS made
WHERE feature.layer_id = %(layer)s AND feature.id = ANY (%(features)s::bigint[])
