-- All features of a layer for a file that GDAL writes. In: layer (id), visibilities,
-- dimension (0 points, 1 lines, 2 areas, NULL all), placeless (the dimension that rows without a
-- place go with), multi (single geometries become multi ones). With a dimension, collections are
-- taken apart: a row comes with every dimension that its collection holds.
SELECT
    key,
    CASE WHEN %(multi)s THEN ST_AsBinary(ST_Multi(part.geom)) ELSE ST_AsBinary(part.geom) END AS wkb,
    properties::text AS document
FROM layers_feature AS feature
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN
                %(dimension)s::int IS NULL
                OR GeometryType(feature.geom) IS DISTINCT FROM 'GEOMETRYCOLLECTION'
                THEN feature.geom
            WHEN NOT ST_IsEmpty(feature.geom)
                THEN ST_CollectionExtract(feature.geom, %(dimension)s::int + 1)
        END AS geom
) AS part
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = ANY (%(visibilities)s)
    AND (
        %(dimension)s::int IS NULL
        OR (
            coalesce(ST_Dimension(part.geom), %(placeless)s::int) = %(dimension)s::int
            AND NOT (
                GeometryType(feature.geom) IS NOT DISTINCT FROM 'GEOMETRYCOLLECTION'
                AND coalesce(ST_IsEmpty(part.geom), FALSE)
            )
        )
    )
ORDER BY feature.id
