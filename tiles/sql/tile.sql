-- One layer of a vector tile (MVT 2.1): feature id, `_key`, public attributes.
-- In: layer (id), name (of the tile's layer), visibilities, z, x, y, extent (px), buffer (px).
-- The search box is grown by the buffer, so what is drawn over an edge is in both tiles.
-- Rows come by id, so the bytes of one version are always the same.
-- Index: layers_feature_geom_3857.
SELECT ST_AsMVT(row, %(name)s, %(extent)s, 'geom', 'id')
FROM (
    SELECT
        feature.id,
        ST_AsMVTGeom(
            feature.geom_3857, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), %(extent)s, %(buffer)s, true
        ) AS geom,
        feature.key AS _key,
        feature.properties
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND feature.visibility = ANY (%(visibilities)s)
        AND feature.geom_3857
        && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(buffer)s::float8 / %(extent)s)
    ORDER BY feature.id
) AS row
WHERE row.geom IS NOT NULL
