-- What is remembered of tiles that stand as they were built.
-- In: slugs (layers, of which a tile holds one at least), open_slugs (all that it may hold).
-- Index: none, there are few rows.
SELECT
    heavy.z,
    heavy.x,
    heavy.y,
    heavy.names,
    heavy.seen,
    heavy.built_at,
    heavy.size_bytes,
    heavy.attributes_dropped,
    heavy.kept,
    heavy.left_out
FROM tiles_heavytile AS heavy
WHERE
    heavy.names && %(slugs)s::text []
    AND heavy.names <@ %(open_slugs)s::text []
    AND tiles_stands(heavy.names, heavy.versions, heavy.built_at, heavy.z, heavy.x, heavy.y)
