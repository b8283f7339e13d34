-- How many features of a layer are seen, and their extent in degrees. In: layer, visibilities.
WITH seen AS (
    SELECT count(*) AS features, ST_Extent(geom) AS box
    FROM layers_feature
    WHERE layer_id = %(layer)s AND visibility = ANY (%(visibilities)s)
)

SELECT features, ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM seen
