-- The features of a layer that a tile from afar draws, as rows_near.sql has them: points of cells
-- that hold few, and generalised lines and areas. A cell is 1/8 of the side of the tile and each
-- point is in one cell of one tile, so there is no buffer for points.
-- In: layer (id), visibilities, z, x, y, extent (px), buffer (px), shown (points of a cell that are
-- drawn), cell_shift (the side of a cell is 2^shift steps), share (0 to 1, of these points), band,
-- smallest_m, most (shapes, the largest first),
-- attributes.
-- Indexes: tiles_cell_of_layer, layers_feature_geom_3857, tiles_shapes_of_band.
SELECT
    feature.id,
    feature.key,
    feature.shape,
    feature.whole,
    %(attributes)s
FROM (
    SELECT
        point.id, point.key, point.geom_3857 AS shape, NULL::geometry AS whole, point.properties
    FROM tiles_cells_in(%(layer)s, %(visibilities)s, %(z)s, %(x)s, %(y)s) AS cell
    CROSS JOIN LATERAL (
        SELECT near.id, near.key, near.geom_3857, near.properties
        FROM layers_feature AS near
        WHERE
            near.layer_id = %(layer)s
            AND near.visibility = ANY (%(visibilities)s)
            AND near.geom_3857 && ST_Expand(
                tiles_cell_box(cell.x >> %(cell_shift)s, cell.y >> %(cell_shift)s, %(cell_shift)s),
                0.1
            )
            AND tiles_step_x(tiles_counted_place(near.geom_3857)) >> %(cell_shift)s
            = cell.x >> %(cell_shift)s
            AND tiles_step_y(tiles_counted_place(near.geom_3857)) >> %(cell_shift)s
            = cell.y >> %(cell_shift)s
            AND (%(share)s >= 1 OR tiles_is_kept(near.id, %(share)s))
        OFFSET 0
    ) AS point
    WHERE cell.n <= %(shown)s
    UNION ALL
    SELECT whole.id, whole.key, shape.geom_3857, whole.geom_3857, whole.properties
    FROM (
        SELECT one.feature_id, one.geom_3857
        FROM tiles_shape AS one
        WHERE
            one.layer_id = %(layer)s
            AND one.band = %(band)s
            AND one.size_m >= %(smallest_m)s
            AND one.geom_3857
            && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(buffer)s::float8 / %(extent)s)
        ORDER BY one.size_m DESC, one.feature_id
        LIMIT %(most)s
    ) AS shape
    INNER JOIN layers_feature AS whole
        ON whole.layer_id = %(layer)s AND whole.id = shape.feature_id
    WHERE whole.visibility = ANY (%(visibilities)s)
) AS feature
