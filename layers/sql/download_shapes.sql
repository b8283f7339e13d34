-- All features of a layer for a file that GDAL writes. In: layer (id), visibilities,
-- dimension (0 points, 1 lines, 2 areas, NULL all), placeless (the dimension that rows without a
-- place go with), multi (single geometries become multi ones).
SELECT
    key,
    CASE WHEN %(multi)s THEN ST_AsBinary(ST_Multi(geom)) ELSE ST_AsBinary(geom) END AS wkb,
    properties::text AS document
FROM layers_feature
WHERE
    layer_id = %(layer)s
    AND visibility = ANY (%(visibilities)s)
    AND (
        %(dimension)s::int IS NULL
        OR coalesce(ST_Dimension(geom), %(placeless)s::int) = %(dimension)s::int
    )
ORDER BY id
