-- Which of the asked tiles of one zoom hold something of the layers, buffer included.
-- In: layers (ids), visibilities, z, xs and ys (one pair a tile), extent (px), buffer (px).
-- One look-up a tile, which ends at the first feature: a quad-tree is walked down by asking for the
-- children of what was occupied, so the cost goes by tiles that hold something, not by 4^z.
-- Index: layers_feature_geom_3857.
SELECT asked.x, asked.y
FROM unnest(%(xs)s::int [], %(ys)s::int []) AS asked (x, y)
CROSS JOIN LATERAL (
    SELECT ST_TileEnvelope(%(z)s, asked.x, asked.y, margin => %(buffer)s::float8 / %(extent)s) AS box
) AS tile
WHERE EXISTS (
    SELECT
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = ANY (%(layers)s)
        AND feature.visibility = ANY (%(visibilities)s)
        AND ST_Intersects(feature.geom_3857, tile.box)
)
