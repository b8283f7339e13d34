-- The touches of a tile become one row: the same sum, so the same version; the latest
-- transaction, so that whoever has seen it has seen them all.
-- Numbers that this cluster has not given yet came with a copy of another one and mean nothing here.
-- Index: none, it reads them all: once folded, they are as many as there are tiles that changed.
WITH several AS (
    SELECT layer_id, z, x, y FROM tiles_touch GROUP BY layer_id, z, x, y HAVING count(*) > 1
),

gone AS (
    DELETE FROM tiles_touch AS touch
    USING several
    WHERE
        touch.layer_id = several.layer_id
        AND touch.z = several.z
        AND touch.x = several.x
        AND touch.y = several.y
    RETURNING touch.*
)

INSERT INTO tiles_touch (layer_id, z, x, y, n, touched_at, xact)
SELECT layer_id, z, x, y, sum(n), max(touched_at),
    coalesce(max(xact) FILTER (WHERE xact < pg_snapshot_xmax(pg_current_snapshot())::text::bigint), 0)
FROM gone
GROUP BY layer_id, z, x, y
