-- All features of a layer for a table of text. In: layer (id), visibilities.
SELECT
    key,
    CASE WHEN GeometryType(geom) = 'POINT' THEN ST_X(geom) END AS lon,
    CASE WHEN GeometryType(geom) = 'POINT' THEN ST_Y(geom) END AS lat,
    CASE WHEN GeometryType(geom) <> 'POINT' THEN ST_AsText(geom) END AS wkt,
    properties::text AS document
FROM layers_feature
WHERE layer_id = %(layer)s AND visibility = ANY (%(visibilities)s)
ORDER BY id
