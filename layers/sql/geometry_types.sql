-- The geometry types of a layer with their dimension. In: layer (id), visibilities.
SELECT DISTINCT ST_Dimension(geom) AS dimension, GeometryType(geom) AS type
FROM layers_feature
WHERE layer_id = %(layer)s AND visibility = ANY (%(visibilities)s) AND geom IS NOT NULL
ORDER BY dimension, type
