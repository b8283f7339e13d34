-- The differences of a cell become one row, or none where nothing is left.
-- Index: none, it reads them all: once folded, there are as many as cells that hold something.
WITH several AS (
    SELECT layer_id, level, code, visibility, class
    FROM tiles_cell
    GROUP BY layer_id, level, code, visibility, class
    HAVING count(*) > 1
),

gone AS (
    DELETE FROM tiles_cell AS cell
    USING several
    WHERE
        cell.layer_id = several.layer_id
        AND cell.level = several.level
        AND cell.code = several.code
        AND cell.visibility = several.visibility
        AND cell.class = several.class
    RETURNING cell.*
)

INSERT INTO tiles_cell (layer_id, level, code, visibility, class, n, sum_x, sum_y)
SELECT layer_id, level, code, visibility, class, sum(n), sum(sum_x), sum(sum_y)
FROM gone
GROUP BY layer_id, level, code, visibility, class
HAVING sum(n) <> 0 OR sum(sum_x) <> 0 OR sum(sum_y) <> 0
