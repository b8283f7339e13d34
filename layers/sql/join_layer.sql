-- The territory of each feature of a layer. In: points, territories (layer ids).
-- Index: layers_feature_geom_3857 of the points' partition, probed once for each territory.
SELECT point.key, min(territory.key COLLATE "C") AS territory
FROM layers_feature AS territory
INNER JOIN layers_feature AS point
    ON point.layer_id = %(points)s
        AND point.geom_3857 && ST_Expand(territory.geom_3857, 0.001)
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN GeometryType(point.geom) = 'POINT' THEN point.geom
        ELSE ST_PointOnSurface(point.geom)
    END AS geom
) AS place
WHERE territory.layer_id = %(territories)s AND layers_covers(territory.geom, place.geom)
GROUP BY point.key
