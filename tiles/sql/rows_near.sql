-- The features of a layer that a tile shows as they are: id, key, shape, whole, attributes and
-- exact numbers.
-- In: layer (id), visibilities, z, x, y, extent (px), buffer (px), smallest_m (what is smaller is left
-- out, in units of EPSG:3857; 0: nothing is), share (0 to 1, of the features that are kept),
-- attributes (columns over `feature`).
-- The search box is grown by the buffer, so what is drawn over an edge is in both tiles.
-- Index: layers_feature_geom_3857.
SELECT
    feature.id,
    feature.key,
    feature.geom_3857 AS shape,
    feature.geom_3857 AS whole,
    %(attributes)s
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = ANY (%(visibilities)s)
    AND feature.geom_3857
    && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(buffer)s::float8 / %(extent)s)
    AND (%(smallest_m)s = 0 OR coalesce(tiles_size_m(feature.geom_3857) >= %(smallest_m)s, true))
    AND (%(share)s >= 1 OR tiles_is_kept(feature.id, %(share)s))
