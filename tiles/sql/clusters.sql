-- The cells of a tile from afar that hold more points than are drawn (MVT 2.1), a point for each:
-- `_count`, and by class `_count:<class>`. It stands in the middle of its points, but a quarter of
-- the cell from the edges, so clusters of neighbouring cells are half a cell apart.
-- In: layer (id), name (of the tile's layer), visibilities, z, x, y, extent (px), shown (points of a
-- cell that are drawn), cell_shift (the side of a cell is 2^shift steps).
-- Index: tiles_cell_of_layer.
SELECT ST_AsMVT(row, %(name)s, %(extent)s, 'geom')
FROM (
    SELECT
        ST_Point(
            floor((
                greatest(placed.west + placed.inset, least(placed.west + 3 * placed.inset, placed.x))
                - (%(x)s::bigint << (30 - %(z)s))
            ) * %(extent)s::float8 / (1::bigint << (30 - %(z)s))),
            floor((
                greatest(placed.north + placed.inset, least(placed.north + 3 * placed.inset, placed.y))
                - (%(y)s::bigint << (30 - %(z)s))
            ) * %(extent)s::float8 / (1::bigint << (30 - %(z)s)))
        ) AS geom,
        placed.n AS _count,
        placed.classes
    FROM (
        SELECT
            cell.*,
            1::bigint << (%(cell_shift)s - 2) AS inset,
            (cell.x >> %(cell_shift)s) << %(cell_shift)s AS west,
            (cell.y >> %(cell_shift)s) << %(cell_shift)s AS north
        FROM tiles_cells_in(%(layer)s, %(visibilities)s, %(z)s, %(x)s, %(y)s) AS cell
        WHERE cell.n > %(shown)s
    ) AS placed
    ORDER BY placed.code
) AS row
