-- Puts shapes in place of those that stand; a NULL leaves the shape and says how its borders are.
-- In: layer (id), features, bands, borders, shapes (WKB in 3857), each of one length.
-- Index: the primary key of tiles_shape.
UPDATE tiles_shape AS shape
SET
    borders = made.borders,
    geom_3857 = coalesce(ST_GeomFromWKB(made.shape, 3857), shape.geom_3857)
FROM unnest(
    %(features)s::bigint[], %(bands)s::smallint[], %(borders)s::smallint[], %(shapes)s::bytea[]
) AS made (feature_id, band, borders, shape)
WHERE
    shape.layer_id = %(layer)s
    AND shape.feature_id = made.feature_id
    AND shape.band = made.band
