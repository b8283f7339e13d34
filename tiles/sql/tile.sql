-- The features of a layer in a tile (MVT 2.1): feature id, `_key`, attributes; and where areas are
-- named, another layer of one point for each, in the tile in which it lies.
-- In: rows (a bound SELECT of id, key, shape, whole, attributes: rows_near.sql or rows_far.sql), name
-- (of the tile's layer), labels (its name), has_labels, z, x, y, extent (px), buffer (px), exact (columns of
-- numbers beside the document of attributes).
-- `ST_AsMVTGeom` takes of a collection what has the most dimensions; its lines and points come as
-- features of the same id. Rows come by id, so the bytes of one version are always the same.
-- Index: that of the rows.
WITH feature AS MATERIALIZED (
    SELECT * FROM (%(rows)s) AS row ORDER BY row.id
)

SELECT
    (
        SELECT ST_AsMVT(row, %(name)s, %(extent)s, '_geom', '_id')
        FROM (
            SELECT
                feature.id AS _id,
                ST_AsMVTGeom(
                    feature.shape, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), %(extent)s, %(buffer)s, true
                ) AS _geom,
                feature.key AS _key,
                feature.attributes AS _attributes
                %(exact)s
            FROM feature
            UNION ALL
            SELECT
                feature.id AS _id,
                ST_AsMVTGeom(
                    ST_CollectionExtract(feature.shape, part.kind),
                    ST_TileEnvelope(%(z)s, %(x)s, %(y)s), %(extent)s, %(buffer)s, true
                ),
                feature.key,
                feature.attributes
                %(exact)s
            FROM feature
            INNER JOIN generate_series(1, 2) AS part (kind)
                ON part.kind <= ST_Dimension(feature.shape)
            WHERE GeometryType(feature.shape) = 'GEOMETRYCOLLECTION'
        ) AS row
        WHERE row._geom IS NOT NULL
    )
    || CASE WHEN %(has_labels)s THEN (
        SELECT ST_AsMVT(row, %(labels)s, %(extent)s, '_geom', '_id')
        FROM (
            SELECT
                feature.id AS _id,
                ST_AsMVTGeom(
                    label.place, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), %(extent)s, %(buffer)s, true
                ) AS _geom,
                feature.key AS _key,
                feature.attributes AS _attributes
                %(exact)s
            FROM feature
            CROSS JOIN LATERAL (SELECT tiles_label_place(feature.whole) AS place OFFSET 0) AS label
            WHERE
                ST_Dimension(feature.whole) = 2
                AND tiles_step_x(label.place) >> (30 - %(z)s) = %(x)s
                AND tiles_step_y(label.place) >> (30 - %(z)s) = %(y)s
        ) AS row
    ) ELSE '' END
