-- How many features a request matches, counted up to a bound. In: as items.sql, and bound.
SELECT count(*) FROM (
    SELECT 1
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND feature.visibility = ANY (%(visibilities)s)
        AND (
            %(region)s::geometry IS NULL
            OR (
                (feature.geom_3857 && %(first_box)s::geometry
                    OR feature.geom_3857 && %(second_box)s::geometry)
                AND ST_Intersects(feature.geom, %(region)s::geometry)
            )
        )
        AND (%(equals)s::jsonb IS NULL OR feature.properties @> %(equals)s::jsonb)
    LIMIT %(bound)s
) AS matched
