-- How many lines and areas a tile from afar has beyond those that it draws (rows_far.sql), of those that
-- the actor sees; who sees what is asked only where there are too many.
-- In: layer (id), visibilities, z, x, y, extent (px), buffer (px), band, smallest_m, most.
-- Index: tiles_shapes_of_band.
WITH shape AS MATERIALIZED (
    SELECT one.feature_id, one.size_m
    FROM tiles_shape AS one
    WHERE
        one.layer_id = %(layer)s
        AND one.band = %(band)s
        AND one.size_m >= %(smallest_m)s
        AND one.geom_3857
        && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(buffer)s::float8 / %(extent)s)
)

SELECT
    CASE WHEN (SELECT count(*) FROM shape) > %(most)s THEN (
        SELECT count(*)::integer
        FROM (
            SELECT shape.feature_id FROM shape ORDER BY shape.size_m DESC, shape.feature_id OFFSET %(most)s
        ) AS small
        INNER JOIN layers_feature AS whole
            ON whole.layer_id = %(layer)s AND whole.id = small.feature_id
        WHERE whole.visibility = ANY (%(visibilities)s)
    ) ELSE 0 END
