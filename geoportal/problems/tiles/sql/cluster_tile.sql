-- A vector tile (MVT 2.1) of problems, layer `problems`: one point for each cell of the tile that
-- holds any, with how many there are by state; the key, the title, the category and its icon where
-- there is one; the box in degrees where there are several. `late`: how many are overdue.
-- In: problems (a bound SELECT of id, state, map_x, map_y, is_late of those in the tile), left_x,
-- top_y (of the tile, in steps of the map's grid), tile_shift, cell_shift (the side of a tile and
-- of a cell is 2^shift steps), inset (what a cluster keeps from the edges of its cell, in steps),
-- apart (each problem by itself), extent (px).
-- Cells are runs of whole numbers, so a problem is in one cell of one tile; there is no buffer.
-- Index: problems_on_map, alone where nothing else is filtered by.
-- `OFFSET 0` keeps the planner from making the numbers again for each count: they are read from
-- the index once.
WITH celled AS (
    SELECT
        min(near.id) AS number,
        count(*) AS total,
        count(*) FILTER (WHERE near.state = 'open') AS open,
        count(*) FILTER (WHERE near.state = 'accepted') AS accepted,
        count(*) FILTER (WHERE near.state = 'closed') AS closed,
        count(*) FILTER (WHERE near.state = 'archived') AS archived,
        count(*) FILTER (WHERE near.is_late) AS late,
        near.map_x >> %(cell_shift)s AS cell_x,
        near.map_y >> %(cell_shift)s AS cell_y,
        avg(near.map_x) AS middle_x,
        avg(near.map_y) AS middle_y,
        min(near.map_x) AS least_x,
        max(near.map_x) AS most_x,
        min(near.map_y) AS least_y,
        max(near.map_y) AS most_y
    FROM (SELECT * FROM %(problems)s AS problem OFFSET 0) AS near
    GROUP BY cell_x, cell_y, CASE WHEN %(apart)s THEN near.id END
),

-- Places in steps from the tile's north-west corner; a cluster keeps from the edges of its cell.
placed AS (
    SELECT
        celled.*,
        CASE WHEN celled.total = 1 THEN celled.middle_x ELSE greatest(
            (celled.cell_x << %(cell_shift)s) + %(inset)s,
            least(((celled.cell_x + 1) << %(cell_shift)s) - %(inset)s, celled.middle_x)
        ) END - %(left_x)s AS right_by,
        CASE WHEN celled.total = 1 THEN celled.middle_y ELSE greatest(
            (celled.cell_y << %(cell_shift)s) + %(inset)s,
            least(((celled.cell_y + 1) << %(cell_shift)s) - %(inset)s, celled.middle_y)
        ) END - %(top_y)s AS down_by
    FROM celled
)

SELECT ST_AsMVT(feature, 'problems', %(extent)s, 'geom', 'id')
FROM (
    SELECT
        ST_Point(
            floor(placed.right_by * %(extent)s / (1 << %(tile_shift)s)),
            floor(placed.down_by * %(extent)s / (1 << %(tile_shift)s))
        ) AS geom,
        one.id,
        one.id::text AS _key,
        one.id AS number,
        one.title,
        one.state AS status,
        category.code AS category,
        coalesce(nullif(category.icon, ''), nullif(parent.icon, '')) AS icon,
        placed.total,
        placed.open,
        placed.accepted,
        placed.closed,
        placed.archived,
        placed.late,
        CASE WHEN placed.total > 1 THEN problems_map_lon(placed.least_x) END AS west,
        CASE WHEN placed.total > 1 THEN problems_map_lat(placed.most_y + 1) END AS south,
        CASE WHEN placed.total > 1 THEN problems_map_lon(placed.most_x + 1) END AS east,
        CASE WHEN placed.total > 1 THEN problems_map_lat(placed.least_y) END AS north
    FROM placed
    LEFT JOIN LATERAL (
        SELECT problem.id, problem.title, problem.state, problem.category_id
        FROM problems_public AS problem
        WHERE placed.total = 1 AND problem.id = placed.number
        LIMIT 1
    ) AS one ON true
    LEFT JOIN problems_category AS category ON category.id = one.category_id
    LEFT JOIN problems_category AS parent ON parent.id = category.parent_id
) AS feature
