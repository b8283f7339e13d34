-- Forgets tiles that have changed since they were built, and the oldest beyond a number.
-- In: most (rows that are kept).
-- Index: none, there are few rows.
DELETE FROM tiles_heavytile AS heavy
WHERE
    NOT tiles_stands(heavy.names, heavy.versions, heavy.built_at, heavy.z, heavy.x, heavy.y)
    OR heavy.id IN (
        SELECT older.id FROM tiles_heavytile AS older ORDER BY older.built_at DESC OFFSET %(most)s
    )
