-- The dimensions of what collections of a layer hold. In: layer (id), visibilities.
SELECT DISTINCT part.dimension
FROM layers_feature
CROSS JOIN generate_series(0, 2) AS part (dimension)
WHERE
    layer_id = %(layer)s
    AND visibility = ANY (%(visibilities)s)
    AND GeometryType(geom) = 'GEOMETRYCOLLECTION'
    AND NOT ST_IsEmpty(ST_CollectionExtract(geom, part.dimension + 1))
ORDER BY part.dimension
